import type { Readable } from 'node:stream';
import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import type { BlobPool } from './blob-pool.ts';
import type { OnBytes } from './fetch.ts';
import type { ImageGraph } from './graph.ts';
import type { ImageStore } from './store.ts';

/** What a push did with the blobs of a graph; numbers of blobs. */
export interface PushCounts {
  readonly uploaded: number;
  readonly mounted: number;
  readonly present: number;
}

export interface PushGraphOptions {
  readonly mountFrom: Repository | undefined;
  readonly onBytes: OnBytes;
  /** Shared by the images of a run. */
  readonly pool?: BlobPool | undefined;
}

/** Blobs that are looked for, mounted or uploaded at once. */
const CONCURRENT_BLOBS = 8;
const CONCURRENT_MANIFESTS = 6;

/** Puts a graph into a repository by digest: blobs, then children, then the root. No tag is written. */
export async function pushGraph(
  graph: ImageGraph,
  store: ImageStore,
  client: RegistryClient,
  repository: Repository,
  options: PushGraphOptions,
): Promise<PushCounts> {
  const counts = await pushBlobs(graph, store, client, repository, options);
  await pushManifests(graph, client, repository, options.pool);
  return counts;
}

/** Its blobs alone, which nothing refers to yet. */
export async function pushBlobs(
  graph: ImageGraph,
  store: ImageStore,
  client: RegistryClient,
  repository: Repository,
  options: PushGraphOptions,
): Promise<PushCounts> {
  const counts = { uploaded: 0, mounted: 0, present: 0 };
  const total = graph.blobs.reduce((sum, blob) => sum + blob.size, 0);
  let done = 0;
  const largestFirst = graph.blobs.toSorted((a, b) => b.size - a.size);
  await mapConcurrently(largestFirst, CONCURRENT_BLOBS, async (blob) => {
    const open = (): Readable => store.open(blob);
    const push = options.pool?.push(client, repository, blob, open, options);
    counts[await (push ?? client.pushBlob(repository, blob, open, options))]++;
    done += blob.size;
    options.onBytes(done, total);
  });
  return counts;
}

/** Its manifests, once their blobs are there: children before what lists them, the others side by side. What the pool knows of the repository is forgotten when one is refused: what it names may be gone. */
export async function pushManifests(
  graph: ImageGraph,
  client: RegistryClient,
  repository: Repository,
  pool?: BlobPool,
): Promise<void> {
  try {
    for (const level of sortLevels(graph.manifests)) {
      await mapConcurrently(level, CONCURRENT_MANIFESTS, (manifest) =>
        client.putManifest(repository, manifest.digest, manifest),
      );
    }
  } catch (error) {
    pool?.forget(repository);
    throw error;
  }
}

/** Manifests, children first, by how far they are from a leaf. */
function sortLevels(manifests: readonly ManifestContent[]): readonly (readonly ManifestContent[])[] {
  const heights = new Map<Digest, number>();
  for (const { digest, manifest } of manifests) {
    const children = manifest.kind === 'index' ? manifest.children : [];
    heights.set(digest, Math.max(0, ...children.map((child) => 1 + (heights.get(child.digest) ?? 0))));
  }
  const levels = Map.groupBy(manifests, ({ digest }) => heights.get(digest) ?? 0);
  return [...levels].toSorted(([a], [b]) => a - b).map(([, level]) => level);
}
