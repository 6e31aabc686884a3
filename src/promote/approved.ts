import type { PromotionRecord } from '../chain/record.ts';
import type { TagReference } from '../image/reference.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import type { Referrer } from '../transfer/listed-referrer.ts';
import type { SourceReferrers } from '../transfer/referrers.ts';
import type { ImageStore } from '../transfer/store.ts';
import type { SignedEvidence } from './evidence.ts';
import type { Plan } from './plan.ts';
import type { Signer } from './signer.ts';

/** Everything that passed the gates, on disk and in memory, ready to be written. */
export interface Approved {
  readonly plan: Plan;
  readonly graph: ImageGraph;
  readonly store: ImageStore;
  readonly referrers: SourceReferrers;
  readonly signer: Signer | undefined;
  readonly resultDirectory: string;
  /** The record for the targets of one repository. */
  readonly makeRecord: (targets: readonly TagReference[], signer: Signer) => PromotionRecord;
}

/** What a repository holds beside the image and what came with it. */
export interface Filled {
  readonly evidence: readonly SignedEvidence[];
  /** Those that only the fallback tag lists, where another writer may take them out again. */
  readonly unlisted: readonly Referrer[];
}
