import { TransferError } from './error.ts';

/** No space on the device, the quota of a user used up, a file longer than the system or its limits allow; and our own word for them. */
const CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG', 'DISK_FULL'];

export const DISK_FULL_HINT = 'Point work-dir at a larger disk, or free some space.';

/** True when something could not be written for want of space, however deep in the causes of an error that is. */
export function isDiskFull(error: unknown, depth = 6): boolean {
  if (typeof error !== 'object' || error === null || depth === 0) return false;
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return CODES.includes(code) || isDiskFull(cause, depth - 1);
}

/** The error to end with for want of space: itself where it says so already. */
export function toDiskFull(message: string, cause: unknown): TransferError {
  if (cause instanceof TransferError && cause.code === 'DISK_FULL') return cause;
  return new TransferError('DISK_FULL', message, { cause, hint: DISK_FULL_HINT });
}
