import { DomainError } from '../base/error.ts';

/** A scan that could not be made: never a verdict, and never a pass. */
export class ScannerError extends DomainError<
  | 'DATABASE_UNAVAILABLE'
  | 'DATABASE_INVALID'
  | 'SCANNER_FAILED'
  | 'REPORT_INVALID'
  | 'IMAGE_UNREADABLE'
  | 'SBOM_UNREADABLE'
> {}
