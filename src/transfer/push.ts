import { mapConcurrently } from '../base/concurrency.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { OnBytes } from './fetch.ts';
import type { ImageGraph } from './graph.ts';
import type { ImageStore } from './store.ts';

/** What a push did with the blobs of a graph; numbers of blobs. */
export interface PushCounts {
  readonly uploaded: number;
  readonly mounted: number;
  readonly present: number;
}

const CONCURRENT_BLOBS = 4;

/** Puts a graph into a repository by digest: blobs, then children, then the root. No tag is written. */
export async function pushGraph(
  graph: ImageGraph,
  store: ImageStore,
  client: RegistryClient,
  repository: Repository,
  options: { readonly mountFrom: Repository | undefined; readonly onBytes: OnBytes },
): Promise<PushCounts> {
  const counts = { uploaded: 0, mounted: 0, present: 0 };
  const total = graph.blobs.reduce((sum, blob) => sum + blob.size, 0);
  let done = 0;
  const largestFirst = graph.blobs.toSorted((a, b) => b.size - a.size);
  await mapConcurrently(largestFirst, CONCURRENT_BLOBS, async (blob) => {
    counts[await client.pushBlob(repository, blob, () => store.open(blob), options)]++;
    done += blob.size;
    options.onBytes(done, total);
  });
  for (const manifest of graph.manifests) await client.putManifest(repository, manifest.digest, manifest);
  return counts;
}
