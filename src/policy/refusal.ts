import type { Finding } from '../image/finding.ts';

/** Why a promotion was refused; public names, listed under `refusals` in the README. */
export type RefusalCode =
  | 'TAG_EXISTS'
  | 'TAG_MOVED'
  | 'VULNERABLE'
  | 'SCAN_INCOMPLETE'
  | 'SCAN_DB_STALE'
  | 'SOURCE_UNSIGNED'
  | 'ATTESTATION_MISSING'
  | 'ATTESTATION_STALE'
  | 'ATTESTATION_INVALID'
  | 'CHECK_NOT_PASSED'
  | 'REGISTRY_NOT_ALLOWED'
  | 'TAG_NOT_ALLOWED'
  | 'ENVIRONMENT_MISMATCH'
  | 'PLAN_STALE';

/** A finding that blocks, and the platforms of the image that have it. */
export interface BlockingFinding extends Finding {
  readonly platforms: readonly string[];
}

/** A verdict against a promotion: a value, never thrown. It goes as it is into the `refusals` output. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** What the user can change. */
  readonly hint?: string;
  /** The target it is about, as `registry/repo:tag`; absent when it holds for every target. */
  readonly target?: string;
  /** The platform it is about. */
  readonly platform?: string;
  /** The policies whose rule this is; absent when it is a default of this tool. */
  readonly policies?: readonly string[];
  /** With VULNERABLE: what blocks. */
  readonly findings?: readonly BlockingFinding[];
}
