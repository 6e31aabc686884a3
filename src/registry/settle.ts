import { RegistryError } from './error.ts';
import type { Transport } from './transport/http.ts';

/** In milliseconds: other writers should need no longer from reading a tag to writing it. */
const SETTLE_MS = 200;

/** How much slower than our own read and PUT those of another writer may be, and still be seen. */
const SLOWNESS = 3;

/** No wait is spread over more than this many settling times. */
const MAX_SPREAD = 8;

/**
 * Waits after the write of a tag that others write, too, before it is read back. A writer that had read the tag before
 * our write has written by then, so that we see whether it took ours away; one that reads it later sees ours and keeps it.
 * The wait grows with `writes`, at random, so that writers who met do not meet again. `from` is when we began to read.
 */
export async function settle(transport: Transport, from: number, writes: number): Promise<void> {
  const { retry, signal } = transport;
  const settled = Math.max(SETTLE_MS, SLOWNESS * (retry.now() - from));
  try {
    await retry.sleep(Math.min(settled * (1 + Math.min(writes, MAX_SPREAD) * retry.random()), retry.maxDelay), signal);
  } catch (cause) {
    throw new RegistryError('CANCELLED', 'the wait for other writers of a tag was cancelled', { cause });
  }
}
