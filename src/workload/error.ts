import { DomainError } from '../base/error.ts';

/** An edit that cannot be made; nothing was changed, unless NOT_WRITTEN says so. */
export class WorkloadError extends DomainError<'NOT_EDITABLE' | 'EDITS_MEET' | 'FILE_CHANGED' | 'NOT_WRITTEN'> {}
