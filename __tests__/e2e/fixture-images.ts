import { type AdvisoryPlatform, pickPackage } from '../../lab/database/advisories.ts';
import { buildIndex, type IndexOptions } from '../../lab/image/build-index.ts';
import { type BuiltImage, ContentSet, type Descriptor } from '../../lab/image/descriptor.ts';
import { buildImage, type ImageOptions } from '../../lab/image/image.ts';

const SYSTEM = 'debian 12' satisfies AdvisoryPlatform['name'];

/** A Debian image whose one package has a critical vulnerability, or its fix. */
export function makeImage(state: 'fixed' | 'vulnerable', options: ImageOptions = {}): BuiltImage {
  return buildImage({ distribution: SYSTEM, packages: [pickPackage('libcritical', SYSTEM, state)], ...options });
}

/** An index for amd64 (always clean) and arm64. */
export function makeIndex(arm64: 'fixed' | 'vulnerable', options: IndexOptions = {}): BuiltImage {
  const format = options.format ?? 'oci';
  return buildIndex(
    [
      makeImage('fixed', { format, platform: { os: 'linux', architecture: 'amd64' } }),
      makeImage(arm64, { format, platform: { os: 'linux', architecture: 'arm64' } }),
    ],
    options,
  );
}

/** An image whose layers end in the middle; registries take it, no reader can. */
export function cutLayers(image: BuiltImage): BuiltImage {
  const set = new ContentSet();
  const manifest = JSON.parse(readText(image, image.root.digest)) as {
    mediaType: string;
    config: Descriptor;
    layers: Descriptor[];
  };
  set.addBlob(readText(image, manifest.config.digest), manifest.config.mediaType);
  const layers = manifest.layers.map(({ digest, mediaType }) => {
    const bytes = image.contents.get(digest)?.bytes ?? Buffer.alloc(0);
    return set.addBlob(bytes.subarray(0, bytes.length / 2), mediaType);
  });
  const root = set.addManifest({ ...manifest, layers });
  return { root: { ...image.root, ...root }, contents: set.contents };
}

function readText({ contents }: BuiltImage, digest: string): string {
  return contents.get(digest)?.bytes.toString() ?? '';
}
