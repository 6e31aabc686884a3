import type { Readable } from 'node:stream';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { BlobPool, type Hold } from './blob-pool.ts';
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

export interface StoreOptions extends FetchOptions {
  readonly onSmallDisk: () => void;
  readonly freeSpace?: FreeSpace;
  /** What the image holds of the pool: given up where the disk is too small for it. */
  readonly hold?: Hold | undefined;
}

/** Fetches the whole image when it fits, which reads each source blob once; else only what every platform needs, and says so by calling `onSmallDisk`. Throws DISK_FULL when not even the largest platform fits. */
export async function fetchStore(graph: ImageGraph, source: StoreSource, options: StoreOptions): Promise<ImageStore> {
  const { layout } = source;
  await Promise.all(graph.manifests.map(({ digest, bytes }) => layout.writeBytes(digest, bytes)));
  if (await hasSpace(layout.directory, totalBytes(graph), options.freeSpace)) {
    await fetchBlobs(graph.blobs, source, options);
    return { layout, hold: (_image, use) => use(), open: (blob) => layout.open(blob.digest) };
  }
  const largest = Math.max(0, ...graph.images.map((image) => sizeOf(layersOf(image))));
  await requireSpace(layout.directory, largest, 'The largest platform of the image', options.freeSpace);
  options.onSmallDisk();
  return keepConfigs(graph, source, options);
}

/** An image of which no layer is scanned: nothing of it on disk but manifests and configs, its layers read from the source when they are opened. A platform that is held all the same is fetched for as long. */
export async function openStream(
  graph: ImageGraph,
  source: StoreSource,
  options: Pick<StoreOptions, 'signal' | 'pool' | 'hold'>,
): Promise<ImageStore> {
  await Promise.all(graph.manifests.map(({ digest, bytes }) => source.layout.writeBytes(digest, bytes)));
  return keepConfigs(graph, source, { ...options, onBytes: () => undefined });
}

/** Only the configs stay; what else the image held on disk is let go of. */
async function keepConfigs(
  graph: ImageGraph,
  source: StoreSource,
  options: FetchOptions & Pick<StoreOptions, 'hold'>,
): Promise<ImageStore> {
  const configs = unique(
    graph.images.flatMap(({ content: { manifest } }) => (manifest.kind === 'manifest' ? [manifest.config] : [])),
  );
  options.pool?.hold(configs, source.layout);
  await options.hold?.release();
  await fetchBlobs(configs, source, options);
  return openByPlatform(new Set(configs.map(({ digest }) => digest)), source, options);
}

function openByPlatform(kept: ReadonlySet<Digest>, source: StoreSource, options: FetchOptions): ImageStore {
  const { client, repository, layout } = source;
  // Without one, nobody else is in the layout.
  const pool = options.pool ?? new BlobPool();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    layout,
    hold: (image, use) => {
      const mine = turn.then(async () => {
        const layers = unique(layersOf(image)).filter(({ digest }) => !kept.has(digest));
        const held = pool.hold(layers, layout);
        try {
          await fetchBlobs(layers, source, { ...options, pool });
          return await use();
        } finally {
          await held.release();
        }
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
    open: (blob) => (kept.has(blob.digest) ? layout.open(blob.digest) : client.streamBlob(repository, blob)),
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
