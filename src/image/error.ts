import { DomainError } from '../base/error.ts';

/** Text or bytes that are not what the OCI specifications say they must be. */
export class ImageError extends DomainError<
  'INVALID_DIGEST' | 'INVALID_REFERENCE' | 'INVALID_MANIFEST' | 'UNSUPPORTED_MANIFEST'
> {}
