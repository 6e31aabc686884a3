import { addAbortSignal } from 'node:stream';
import { mapConcurrently } from '../base/concurrency.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { BlobPool } from './blob-pool.ts';
import type { Layout } from './layout.ts';

/** Told as blobs go by: how many bytes of how many are done. */
export type OnBytes = (done: number, total: number) => void;

/** Downloads at once. */
const CONCURRENT_BLOBS = 6;

export interface FetchOptions {
  readonly onBytes: OnBytes;
  readonly signal: AbortSignal;
  /** Shared by the images of a run. */
  readonly pool?: BlobPool | undefined;
}

/** Brings blobs into the layout, each read once from the source, largest first. Foreign layers too come from the registry, never from their `urls`. */
export async function fetchBlobs(
  blobs: readonly Descriptor[],
  { client, repository, layout }: { client: RegistryClient; repository: Repository; layout: Layout },
  { onBytes, signal, pool }: FetchOptions,
): Promise<void> {
  const total = blobs.reduce((sum, blob) => sum + blob.size, 0);
  let done = 0;
  const largestFirst = blobs.toSorted((a, b) => b.size - a.size);
  const count = (bytes: number): void => {
    done += bytes;
    onBytes(done, total);
  };
  await mapConcurrently(largestFirst, CONCURRENT_BLOBS, async (blob) => {
    let own = 0;
    const load = async (): Promise<void> => {
      signal.throwIfAborted();
      const stream = addAbortSignal(signal, await client.openBlob(repository, blob));
      await layout.write(blob.digest, stream, (bytes) => {
        own += bytes;
        count(bytes);
      });
    };
    await (pool === undefined ? load() : pool.fetch(blob, load));
    // What another image of the run brought.
    if (own === 0) count(blob.size);
  });
}
