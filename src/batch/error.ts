import { DomainError } from '../base/error.ts';

/** What became of a promotion of a batch that was not even begun. */
export class BatchError extends DomainError<'NOT_BEGUN'> {}
