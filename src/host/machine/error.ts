import { DomainError } from '../../base/error.ts';

/** The runner or GitHub did not give what a run needs. */
export class HostError extends DomainError<
  'BASE_COMMIT' | 'PULL_REQUEST' | 'EXEC_FAILED' | 'FILE_UNREADABLE' | 'IDENTITY_TOKEN'
> {}
