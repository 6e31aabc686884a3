import { DomainError } from '../base/error.ts';

/** An image that could not be read or written as a whole. */
export class TransferError extends DomainError<'DISK_FULL' | 'SIZE_MISMATCH' | 'TOO_LARGE' | 'MISSING_CONTENT'> {}
