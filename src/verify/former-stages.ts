import { mapConcurrently } from '../base/concurrency.ts';
import { type BundleJudge, createBundleJudge } from '../chain/bundle-verdicts.ts';
import type { PromotionRecord } from '../chain/record.ts';
import { createTaskLimit } from '../chain/task-limit.ts';
import { type Digest, isDigest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import { describeIdentity } from '../image/trust-anchor.ts';
import type { TrustList } from '../policy/trust.ts';
import { isLikelyBy } from '../signer/likely-signer.ts';
import type { Verifier } from '../signer/verifier.ts';
import type { Stage } from './chain.ts';
import { toRecordFacts } from './record-facts.ts';
import { listStageClaims, type StageClaim } from './stage-claims.ts';

/** A chain is a handful of stages; what is longer was not made by promotions. */
const MAX_DEPTH = 8;
const MAX_STAGES = 32;
/** Records verified for one image: each is a process or more, and anybody who can attach something to a source can make any number of them. */
const MAX_VERIFIED = 128;
const CONCURRENT_VERIFICATIONS = 4;

/** What judging an embedded record needs. */
export interface StageContext {
  readonly verifier: Verifier;
  /** Who may have promoted to a repository; each list must be satisfied. */
  readonly trust: (repository: Repository) => readonly TrustList[];
}

/** The stages before a promotion. */
export interface FormerStages {
  /** What is verified comes first, the last stage before the one that led to it; then what is not. */
  readonly stages: readonly Stage[];
  /** How many more are carried that are not told. */
  readonly untold: number;
}

/** The former stages that a verified record carries. Each is verified on its own, by who may promote to its repository: that the outer record is signed says only that its promotion saw them. */
export async function readFormerStages(
  record: PromotionRecord,
  { verifier, trust }: StageContext,
): Promise<FormerStages> {
  const judge = createBundleJudge(verifier, createTaskLimit(CONCURRENT_VERIFICATIONS));
  const verified: Stage[] = [];
  const others: Stage[] = [];
  let outers: readonly PromotionRecord[] = [record];
  let room = MAX_VERIFIED;
  for (let depth = 0; depth < MAX_DEPTH && outers.length > 0; depth++) {
    const below: PromotionRecord[] = [];
    for (const outer of outers) {
      const claims = (await listStageClaims(outer)).map((claim) => addTrust(claim, trust(claim.repository)));
      const sorted = claims.toSorted((a, b) => Number(b.isLikely) - Number(a.isLikely));
      // The other half is for the stages before.
      const wanted = sorted.filter(({ flaw }) => flaw === undefined).slice(0, Math.ceil(room / 2));
      room -= wanted.length;
      const judged = new Map(
        await mapConcurrently(wanted, 2 * CONCURRENT_VERIFICATIONS, async (claim) => {
          return [claim, await judgeClaim(claim, outer.source.digest, judge)] as const;
        }),
      );
      for (const claim of sorted) {
        const { repository, record, flaw = UNSEEN } = claim;
        const verdict = judged.get(claim) ?? { verified: false, reason: flaw };
        const stage = { repository, ...toRecordFacts(record), targets: record.targets, ...verdict };
        if (!stage.verified) others.push(stage);
        else {
          verified.push(stage);
          below.push(record);
        }
      }
    }
    outers = below;
  }
  const stages = [...verified, ...others];
  return { stages: stages.slice(0, MAX_STAGES), untold: Math.max(0, stages.length - MAX_STAGES) };
}

const UNSEEN = 'it is one of too many that are carried to verify each';

interface TrustedClaim extends StageClaim {
  readonly trust: readonly TrustList[];
  /** Looked at first, so that what strangers attached does not take its room. */
  readonly isLikely: boolean;
}

function addTrust(claim: StageClaim, trust: readonly TrustList[]): TrustedClaim {
  const { identity } = claim.bundle;
  const isLikely = trust.every(({ anchors }) => anchors.some((anchor) => isLikelyBy(identity, anchor)));
  return { ...claim, trust, isLikely };
}

async function judgeClaim(
  { bundle, trust }: TrustedClaim,
  digest: string,
  judge: BundleJudge,
): Promise<Pick<Stage, 'verified' | 'signer' | 'reason'>> {
  if (trust.length === 0 || !isDigest(digest)) {
    return { verified: false, reason: 'nobody is named here who may promote to it' };
  }
  const signers: string[] = [];
  for (const { policy, anchors, lapsed } of trust) {
    const outcome = await judgeOne(bundle, digest, anchors, judge);
    if ('reason' in outcome) {
      const reason = [`by ${policy}, its signer does not count`, ...lapsed, outcome.reason].join('; ');
      return { verified: false, reason };
    }
    signers.push(outcome.anchor.name);
  }
  const [name = 'a key'] = signers;
  return { verified: true, signer: bundle.identity.kind === 'key' ? name : describeIdentity(bundle.identity) };
}

async function judgeOne(
  bundle: StageClaim['bundle'],
  digest: Digest,
  anchors: TrustList['anchors'],
  judge: BundleJudge,
) {
  const [result] = await judge(digest, [bundle], anchors);
  return result?.outcome ?? { reason: 'it was not looked at' };
}
