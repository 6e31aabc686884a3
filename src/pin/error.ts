import { DomainError } from '../base/error.ts';

/** What was asked for could not be written as it was asked for. */
export class PinError extends DomainError<'NOT_EDITABLE' | 'EDIT_LOST' | 'PATCH_NOT_WRITTEN'> {}
