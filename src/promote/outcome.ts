import type { Digest } from '../image/digest.ts';
import type { ScannedPlatform, Severity } from '../image/finding.ts';
import type { DigestReference, Reference, TagReference } from '../image/reference.ts';
import type { Refusal } from '../policy/refusal.ts';
import type { ScanVerdict } from '../policy/scan-gate.ts';
import type { ReferrerForm } from '../transfer/legacy-tags.ts';

/** How a promotion ended. A refusal is a result like the others; only `failed` means that it could not be decided. */
export type PromoteResult = 'promoted' | 'unchanged' | 'planned' | 'refused' | 'failed';

/** One thing that had to hold, and whether it did. `reported` counted without refusing; `off` was not asked for. */
export interface Gate {
  readonly name: string;
  readonly verdict: 'passed' | 'refused' | 'reported' | 'off';
  /** What the verdict rests on, in a sentence. */
  readonly evidence: string;
}

/** What became of one target. */
export interface TargetOutcome {
  readonly target: TagReference;
  readonly result: PromoteResult;
  /** The refusal or failure code, when there is one. */
  readonly code?: string;
}

/** What is known when a promotion ends, whichever way: everything that was learned until then. */
export interface Outcome {
  readonly result: PromoteResult;
  readonly source: Reference;
  /** Undefined only when the source could not be resolved. */
  readonly pinned: DigestReference | undefined;
  readonly targets: readonly TargetOutcome[];
  readonly environment: string | undefined;
  readonly gates: readonly Gate[];
  readonly refusals: readonly Refusal[];
  readonly scan: ScanSummary | undefined;
  readonly evidence: readonly AttachedEvidence[];
  /** What came along with the image, for each repository where it was looked for. */
  readonly referrers: readonly CarriedReferrers[];
  readonly notes: readonly string[];
  readonly plan: { readonly path: string; readonly digest: Digest } | undefined;
  /** Of the run, in seconds. */
  readonly seconds: number;
  /** True when anything but cancelled upload sessions was written to a target. */
  readonly targetTouched: boolean;
  readonly publicKey: string | undefined;
  /** What a promotion with these inputs leaves signed at the target. */
  readonly signs: { readonly signature: boolean; readonly record: boolean };
  readonly transparencyLog: boolean;
  readonly error: unknown;
}

/** What the scan saw. */
export interface ScanSummary {
  readonly platforms: readonly ScannedPlatform[];
  readonly verdict: ScanVerdict;
  /** All findings, whether they refuse or not. */
  readonly counts: Readonly<Record<Severity, number>>;
  readonly scanner: string;
  readonly database: { readonly source: string; readonly digest: Digest; readonly updatedAt: Date };
  readonly reportPath: string;
  readonly sarifPath: string;
}

/** What was attached to the image at the source, and how much of it a target shows. */
export interface CarriedReferrers {
  readonly repository: string;
  readonly counts: readonly ReferrerCount[];
}

/** How many of one form there are, of the image itself or of what it is made of. */
export interface ReferrerCount {
  readonly of: 'image' | 'platforms';
  readonly form: ReferrerForm;
  readonly source: number;
  /** As the target showed it when it was asked afterwards. */
  readonly target: number;
}

/** A signed statement that is now attached to the digest at a target. */
export interface AttachedEvidence {
  readonly repository: string;
  readonly predicateType: string;
  readonly digest: Digest;
  /** Where its statement was kept; only records are. */
  readonly recordPath?: string;
}
