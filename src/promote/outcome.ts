import type { Digest } from '../image/digest.ts';
import type { DigestReference, Reference, TagReference } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import type { Gate } from '../policy/gate.ts';
import type { Refusal } from '../policy/refusal.ts';
import type { ScanSummary } from '../steps/scan-summary.ts';
import type { ReferrerForm } from '../transfer/legacy-tags.ts';
import type { ReliedEvidence } from './source-evidence.ts';

/** How a promotion ended. A refusal is a result like the others; only `failed` means that it could not be decided. */
export type PromoteResult = 'promoted' | 'unchanged' | 'planned' | 'refused' | 'failed';

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
  /** What the promotion rests on: signed by others, and verified at the source. */
  readonly relied: readonly ReliedEvidence[];
  readonly evidence: readonly AttachedEvidence[];
  readonly kept: readonly KeptEvidence[];
  /** What came along with the image, for each repository where it was looked for. */
  readonly referrers: readonly CarriedReferrers[];
  readonly notes: readonly string[];
  /** What is as it should be, and good to know all the same. */
  readonly remarks?: readonly string[];
  readonly plan:
    | {
        readonly path: string;
        readonly digest: Digest;
        /** What each channel that moves leaves behind, by `registry/repo:tag`. */
        readonly moves?: Readonly<Record<string, Digest>>;
      }
    | undefined;
  /** Of the whole image; absent while it was not read. */
  readonly bytes?: number;
  /** Where the image comes from; absent while the image was not read. */
  readonly origin?: ImageOrigin;
  /** Of the run, in seconds. */
  readonly seconds: number;
  /** True when anything but cancelled upload sessions was written to a target. */
  readonly targetTouched: boolean;
  readonly publicKey: string | undefined;
  /** Under which trust a stranger verifies what this promotion signs; undefined while that is not known. */
  readonly anchor: TrustAnchor | undefined;
  /** What a promotion with these inputs leaves signed at the target: `record` stands for the record, its verification summary and the scan. */
  readonly signs: {
    readonly signature: boolean;
    readonly record: boolean;
    readonly format: 'bundle' | 'legacy' | 'both';
  };
  readonly transparencyLog: boolean;
  /** The text of a trusted root of one's own, with which what is signed is verified. */
  readonly trustedRoot: string | undefined;
  readonly error: unknown;
}

/** Which commit an image was built from, and who let it pass before. */
export interface ImageOrigin {
  readonly revision: { readonly commit: string; readonly from: 'provenance' | 'record' | 'label' } | undefined;
  /** By the verified records that the promotion rests on. */
  readonly former: readonly FormerPromotion[];
}

/** What a verified record says of its promotion, and who signed it. */
export interface FormerPromotion {
  readonly signer: string;
  readonly environment: string | undefined;
  readonly actor: string | undefined;
  readonly finishedAt: Date | undefined;
  /** Its address, else its number. */
  readonly run: string | undefined;
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
  /** The manifest it is attached with; of a signature in cosign's older form, the manifest that it signs. */
  readonly digest: Digest;
  /** Where its statement was kept; only records are. */
  readonly recordPath?: string;
}

/** A signed statement that an earlier run left at a target, which this one verified and did not write again. */
export interface KeptEvidence {
  readonly repository: string;
  readonly predicateType: string;
}
