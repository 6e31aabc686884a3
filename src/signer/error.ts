import { DomainError } from '../base/error.ts';

/** A signature that could not be made, or of which could not be said whether it verifies. */
export class SignerError extends DomainError<
  | 'KEY_UNUSABLE'
  | 'TOKEN_UNUSABLE'
  | 'TRUST_UNUSABLE'
  | 'SIGNING_FAILED'
  | 'VERIFICATION_FAILED'
  | 'VERIFICATION_UNDECIDED'
  | 'BUNDLE_UNREADABLE'
> {}
