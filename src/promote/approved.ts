import type { LegacySignature } from '../chain/legacy-signature.ts';
import type { PromotionRecord } from '../chain/record.ts';
import type { Statement } from '../chain/statement.ts';
import type { VsaPredicate } from '../chain/vsa.ts';
import type { Repository, TagReference } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import type { Plan } from '../plan/plan-schema.ts';
import type { Signer } from '../steps/signer.ts';
import type { BlobPool } from '../transfer/blob-pool.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import type { Referrer } from '../transfer/listed-referrer.ts';
import type { SourceReferrers } from '../transfer/referrers.ts';
import type { ImageStore } from '../transfer/store.ts';
import type { SignedEvidence } from './evidence.ts';
import type { Uploads } from './upload.ts';
import type { WantedEvidence } from './wanted-evidence.ts';

/** What is said about the image once every gate has passed, for each target repository anew: the subject of every statement names it. */
export interface Statements {
  /** The record for the targets of one repository. */
  readonly makeRecord: (targets: readonly TagReference[], signer: Signer) => PromotionRecord;
  /** The SLSA verification summary for one repository. */
  readonly makeVsa: (repository: Repository, signer: Signer) => Statement<VsaPredicate>;
  /** The scan as cosign's vulnerability attestation; undefined when nothing was scanned, or the scan did not pass. */
  readonly makeVuln: ((repository: Repository) => Statement) | undefined;
}

/** Everything that passed the gates, on disk and in memory, ready to be written. */
export interface Approved extends Statements {
  readonly plan: Plan;
  readonly graph: ImageGraph;
  readonly store: ImageStore;
  readonly referrers: SourceReferrers;
  readonly signer: Signer | undefined;
  readonly resultDirectory: string;
  /** What this run put where already; absent for one that shares nothing. */
  readonly pool?: BlobPool;
  /** Blobs of the image that are on their way, by the repository they go to. */
  readonly uploads?: Uploads;
}

/** What a repository holds beside the image and what came with it. */
export interface Filled {
  /** All that has to be there, whether this run wrote it or an earlier one; undefined when nothing is signed. */
  readonly wanted: WantedEvidence | undefined;
  /** Bundles that this run signed. */
  readonly evidence: readonly SignedEvidence[];
  /** Signatures in cosign's older form that this run made. */
  readonly legacy: readonly LegacySignature[];
  /** Whom a stranger has to trust to verify it; undefined when nothing was signed. */
  readonly anchor: TrustAnchor | undefined;
  /** Those that only the fallback tag lists, where another writer may take them out again. */
  readonly unlisted: readonly Referrer[];
}
