import { DomainError } from '../base/error.ts';

/** A signature that could not be made or checked. */
export class SignerError extends DomainError<'KEY_UNUSABLE' | 'SIGNING_FAILED' | 'VERIFICATION_FAILED'> {}
