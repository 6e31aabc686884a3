import { addAbortSignal } from 'node:stream';
import { mapConcurrently } from '../base/concurrency.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { Layout } from './layout.ts';

/** Told as blobs go by: how many bytes of how many are done. */
export type OnBytes = (done: number, total: number) => void;

const CONCURRENT_BLOBS = 4;

export interface FetchOptions {
  readonly onBytes: OnBytes;
  readonly signal: AbortSignal;
}

/** Brings blobs into the layout, each read once from the source, largest first. Foreign layers too come from the registry, never from their `urls`. */
export async function fetchBlobs(
  blobs: readonly Descriptor[],
  { client, repository, layout }: { client: RegistryClient; repository: Repository; layout: Layout },
  options: FetchOptions,
): Promise<void> {
  const total = blobs.reduce((sum, blob) => sum + blob.size, 0);
  let done = 0;
  const largestFirst = blobs.toSorted((a, b) => b.size - a.size);
  await mapConcurrently(largestFirst, CONCURRENT_BLOBS, async (blob) => {
    options.signal.throwIfAborted();
    const stream = addAbortSignal(options.signal, await client.openBlob(repository, blob));
    stream.on('data', (chunk: Uint8Array) => {
      done += chunk.length;
      options.onBytes(done, total);
    });
    await layout.write(blob.digest, stream);
  });
}
