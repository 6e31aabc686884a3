import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import { fetchBlobs } from './fetch.ts';
import { type ImageGraph, type PlatformImage, totalBytes } from './graph.ts';
import { hasSpace } from './layout.ts';
import { fetchStore, type ImageStore, openStream, type StoreOptions, type StoreSource } from './store.ts';

/** An image that is being fetched. */
export interface GrowingStore {
  /** Holds a platform as soon as its own blobs are there, and hands out what of a blob is there already. */
  readonly store: ImageStore;
  /** Ends when everything is there; fails when anything is not to be had. */
  readonly whole: Promise<void>;
}

const CONCURRENT_BLOBS = 6;

/** As fetchStore, but returns as soon as it is known where the bytes go. Platform after platform, so that the first can be scanned while the next comes; of each, the largest blob first. */
export async function growStore(graph: ImageGraph, source: StoreSource, options: StoreOptions): Promise<GrowingStore> {
  const { layout } = source;
  if (!(await hasSpace(layout.directory, totalBytes(graph), options.freeSpace))) {
    return { store: await fetchStore(graph, source, options), whole: Promise.resolve() };
  }
  await Promise.all(graph.manifests.map(({ digest, bytes }) => layout.writeBytes(digest, bytes)));
  const blobs = orderBlobs(graph);
  const arrivals = new Map(blobs.map(({ digest }) => [digest, Promise.withResolvers<void>()] as const));
  for (const { promise } of arrivals.values()) promise.catch(() => undefined);
  const there = new Set<Digest>();
  const onBytes = sumBytes(blobs, options.onBytes);
  const whole = mapConcurrently(blobs, CONCURRENT_BLOBS, async (blob) => {
    await fetchBlobs([blob], source, { ...options, onBytes: onBytes(blob) });
    there.add(blob.digest);
    arrivals.get(blob.digest)?.resolve();
  }).then(
    () => undefined,
    (error: unknown) => {
      for (const { reject } of arrivals.values()) reject(error);
      throw error;
    },
  );
  whole.catch(() => undefined);
  const store: ImageStore = {
    layout,
    hold: async (image, use) => {
      await Promise.all(blobsOf(image).map(({ digest }) => arrivals.get(digest)?.promise));
      return use();
    },
    open: ({ digest }) => (there.has(digest) ? layout.open(digest) : layout.follow(digest, options.signal)),
  };
  return { store, whole };
}

/** As openStream, but returns at once: what is not on disk yet is waited for by whoever opens it. */
export function growStream(
  graph: ImageGraph,
  source: StoreSource,
  options: Pick<StoreOptions, 'signal' | 'pool' | 'hold'>,
): GrowingStore {
  const { client, repository, layout } = source;
  const opening = openStream(graph, source, options);
  opening.catch(() => undefined);
  const configs = new Set(graph.images.flatMap((image) => blobsOf(image).slice(0, 1)).map(({ digest }) => digest));
  const store: ImageStore = {
    layout,
    hold: async (image, use) => (await opening).hold(image, use),
    open: (blob) =>
      configs.has(blob.digest) ? layout.follow(blob.digest, options.signal) : client.streamBlob(repository, blob),
  };
  return { store, whole: opening.then(() => undefined) };
}

function orderBlobs(graph: ImageGraph): readonly Descriptor[] {
  const largestFirst = (blobs: readonly Descriptor[]): Descriptor[] => blobs.toSorted((a, b) => b.size - a.size);
  const ordered = [...graph.images.flatMap((image) => largestFirst(blobsOf(image))), ...largestFirst(graph.blobs)];
  const known = new Map(graph.blobs.map((blob) => [blob.digest, blob]));
  return [...new Set(ordered.map(({ digest }) => digest))].flatMap((digest) => known.get(digest) ?? []);
}

function blobsOf({ content: { manifest } }: PlatformImage): readonly Descriptor[] {
  return manifest.kind === 'manifest' ? [manifest.config, ...manifest.layers] : [];
}

/** One sum over blobs that are each fetched by themselves. */
function sumBytes(blobs: readonly Descriptor[], onBytes: StoreOptions['onBytes']) {
  const total = blobs.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  return (_blob: Descriptor): StoreOptions['onBytes'] => {
    let own = 0;
    return (bytes) => {
      done += bytes - own;
      own = bytes;
      onBytes(done, total);
    };
  };
}
