import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { type Digest, parseDigest } from '../../src/image/digest.ts';
import { parseManifest } from '../../src/image/manifest.ts';
import type { ManifestContent } from '../../src/registry/manifest.ts';
import { type ImageGraph, loadGraph } from '../../src/transfer/graph.ts';
import { createLayout } from '../../src/transfer/layout.ts';
import type { ImageStore } from '../../src/transfer/store.ts';

/** An image as it is after it was fetched: its graph, and all of its bytes in a layout in a folder of `directory`. */
export async function loadImage(
  image: BuiltImage,
  directory: string,
): Promise<{ readonly graph: ImageGraph; readonly store: ImageStore }> {
  const layout = await createLayout(await mkdtemp(join(directory, 'layout-')));
  const read = (digest: Digest): ManifestContent => {
    const { bytes = Buffer.alloc(0), mediaType = '' } = image.contents.get(digest) ?? {};
    return { digest, mediaType, bytes, manifest: parseManifest(bytes, mediaType) };
  };
  for (const [digest, { bytes }] of image.contents) await layout.writeBytes(parseDigest(digest), bytes);
  return {
    graph: await loadGraph(read(parseDigest(image.root.digest)), async (digest) => read(digest)),
    store: { layout, hold: (_image, use) => use(), open: ({ digest }) => layout.open(digest) },
  };
}
