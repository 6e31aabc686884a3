import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { type FetchOptions, fetchBlobs } from './fetch.ts';
import { type ImageGraph, type PlatformImage, totalBytes } from './graph.ts';
import { type FreeSpace, hasSpace, type Layout, requireSpace } from './layout.ts';

/** The bytes of an image: all on disk, or, where the disk is too small for that, one platform at a time. */
export interface ImageStore {
  readonly layout: Layout;
  /** Runs `use` while every blob of one image is in the layout. */
  hold<T>(image: PlatformImage, use: () => Promise<T>): Promise<T>;
  /** The bytes of any blob, from the layout, else from the source once more, verified while they stream. */
  open(blob: Descriptor): Readable;
}

/** Where the bytes come from. */
export interface StoreSource {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly layout: Layout;
}

/** Fetches the whole image when it fits, which reads each source blob once; else only what every platform needs, and says so by calling `onSmallDisk`. Throws DISK_FULL when not even the largest platform fits. */
export async function fetchStore(
  graph: ImageGraph,
  source: StoreSource,
  options: FetchOptions & { readonly onSmallDisk: () => void; readonly freeSpace?: FreeSpace },
): Promise<ImageStore> {
  const { layout } = source;
  for (const manifest of graph.manifests) await layout.writeBytes(manifest.digest, manifest.bytes);
  if (await hasSpace(layout.directory, totalBytes(graph), options.freeSpace)) {
    await fetchBlobs(graph.blobs, source, options);
    return { layout, hold: (_image, use) => use(), open: (blob) => layout.open(blob.digest) };
  }
  const largest = Math.max(0, ...graph.images.map((image) => sizeOf(layersOf(image))));
  await requireSpace(layout.directory, largest, 'The largest platform of the image', options.freeSpace);
  options.onSmallDisk();
  const configs = graph.images.flatMap(({ content }) =>
    content.manifest.kind === 'manifest' ? [content.manifest.config] : [],
  );
  await fetchBlobs(unique(configs), source, options);
  return openByPlatform(new Set(configs.map(({ digest }) => digest)), source, options);
}

function openByPlatform(kept: ReadonlySet<Digest>, source: StoreSource, options: FetchOptions): ImageStore {
  const { client, repository, layout } = source;
  let turn: Promise<unknown> = Promise.resolve();
  return {
    layout,
    hold: (image, use) => {
      const mine = turn.then(async () => {
        const layers = unique(layersOf(image)).filter(({ digest }) => !kept.has(digest));
        try {
          await fetchBlobs(layers, source, options);
          return await use();
        } finally {
          for (const { digest } of layers) await rm(layout.path(digest), { force: true });
        }
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
    open: (blob) => {
      if (kept.has(blob.digest)) return layout.open(blob.digest);
      const read = async function* () {
        yield* await client.openBlob(repository, blob);
      };
      return Readable.from(read(), { objectMode: false });
    },
  };
}

function layersOf({ content: { manifest } }: PlatformImage): readonly Descriptor[] {
  return manifest.kind === 'manifest' ? manifest.layers : [];
}

function unique(blobs: readonly Descriptor[]): Descriptor[] {
  return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
}

function sizeOf(blobs: readonly Descriptor[]): number {
  return unique(blobs).reduce((sum, { size }) => sum + size, 0);
}
