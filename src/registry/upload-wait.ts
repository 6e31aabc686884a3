import type { Repository } from '../image/reference.ts';
import { RegistryError } from './error.ts';
import type { Transport } from './transport/http.ts';
import { chooseDelay, isAskedTooMuch, isRetryableFault, isRetryableStatus } from './transport/retry.ts';

/** What registries say about a session they no longer know; starting over is all that helps. */
const LOST_SESSION: readonly string[] = ['BLOB_UPLOAD_UNKNOWN', 'BLOB_UPLOAD_INVALID'];

/** True when an answer did not come because the connection broke. */
export function isBroken(fault: unknown): fault is RegistryError {
  return (
    fault instanceof RegistryError &&
    fault.status === undefined &&
    fault.code === 'UNAVAILABLE' &&
    isRetryableFault(fault.cause)
  );
}

/** True when an upload may succeed in another session: this one broke, or was lost, or got out of step. */
export function isWorthStartingOver(fault: unknown): fault is RegistryError {
  if (!(fault instanceof RegistryError)) return false;
  const { status, method, diagnostics } = fault;
  if (status === undefined) return isBroken(fault);
  if (isRetryableStatus(status) || diagnostics.some(({ code }) => LOST_SESSION.includes(code))) return true;
  // A 404 without a word may come from another machine behind the same name, which never knew the session.
  const isOfSession = method === 'PATCH' || method === 'PUT';
  return isOfSession && (status === 416 || (status === 404 && diagnostics.length === 0));
}

/** Waits before what follows setback `count`; throws the fault itself when enough was tried, or more time is asked for than is given. What Retry-After asks for within that is waited for by whatever is sent next: each host's pace is kept for all requests together. */
export async function waitAfter(
  { retry, signal }: Transport,
  repository: Repository,
  count: number,
  fault: RegistryError,
): Promise<void> {
  if (count >= retry.attempts || signal.aborted || isAskedTooMuch(retry, fault.retryAfter)) throw fault;
  try {
    // What the registry asked for is kept by the limit on its host.
    await retry.sleep(chooseDelay(retry, count + 1, undefined), signal);
  } catch (cause) {
    throw new RegistryError('CANCELLED', `the upload to ${repository} was cancelled`, { cause });
  }
}
