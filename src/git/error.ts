import { DomainError } from '../base/error.ts';

/** A repository that could not be read, changed or reached; what was committed before stays committed. */
export class GitError extends DomainError<
  | 'GIT_FAILED'
  | 'NO_REPOSITORY'
  | 'UNCOMMITTED_CHANGES'
  | 'NO_BRANCH'
  | 'BRANCH_TAKEN'
  | 'PUSH_REJECTED'
  | 'PUSH_NOT_ALLOWED'
  | 'FETCH_FAILED'
> {}
