import { DomainError } from '../base/error.ts';

/** A tool that could not be had in a form this project is willing to run. */
export class ToolError extends DomainError<
  | 'BAD_ARCHIVE'
  | 'CHECKSUM_MISMATCH'
  | 'DOWNLOAD_FAILED'
  | 'NOT_EXECUTABLE'
  | 'UNKNOWN_VERSION'
  | 'UNSUPPORTED_PLATFORM'
> {}
