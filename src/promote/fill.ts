import { runTogether } from '../base/concurrency.ts';
import { LEGACY_SIGNATURE_TYPE } from '../chain/legacy-signature.ts';
import type { Repository, TagReference } from '../image/reference.ts';
import { listReferrers } from '../registry/referrers.ts';
import { formatCount } from '../report/format.ts';
import { holdLog } from '../steps/held-log.ts';
import { Notary } from '../steps/notary.ts';
import { listUnlisted } from '../transfer/list-unlisted.ts';
import type { Referrer } from '../transfer/listed-referrer.ts';
import type { Approved, Filled } from './approved.ts';
import { countCarried, describeCarried, isIncomplete } from './carried.ts';
import { attachEvidence, copyGraph, copyLegacyTags, copyReferrers, sendAhead, withoutLoss } from './copy.ts';
import type { EvidenceRequest, SignedSet } from './evidence.ts';
import type { Journal } from './journal.ts';
import type { CarriedReferrers, KeptEvidence } from './outcome.ts';
import { actionOf } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import { verifyWhole } from './refill.ts';
import type { PromoteRequest } from './request.ts';
import { listStatements, listWanted, type WantedEvidence } from './wanted-evidence.ts';

/** Brings bytes, referrers and evidence into one repository by digest, and has cosign verify them there. No tag of the image is written. What is to be said about the image is signed while its bytes are on their way. */
export async function fillRepository(
  repository: Repository,
  targets: readonly TagReference[],
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<Filled> {
  const { signer } = approved;
  const isUnchanged = targets.every((target) => actionOf(approved.plan, target) === 'keep');
  const wanted = signer && (await listWanted(repository, targets, approved, request, signer));
  const place: FillPlace = { repository, isUnchanged, approved, request, ports, journal };
  const present = findPresent(place);
  const held = holdLog(ports.log);
  const signing = createSigning(place, wanted, { ...ports, log: held });
  const [copied, signed] = await runTogether(ports.signal, (signal) => {
    const copying = ports.log.group(`Copy to ${repository}`, () => copy(place, present, signal));
    const first = present.then(signing);
    const told = copying.then(async ({ isOrphaned }) => {
      if (wanted === undefined) return first;
      return ports.log.group(`Sign and attest for ${repository}`, async () => {
        held.release();
        return (await present) === 'nothing' && isOrphaned ? first.then(() => signing('image')) : first;
      });
    });
    const ahead = first.then(({ evidence }) =>
      sendAhead(
        repository,
        evidence.map(({ referrer }) => referrer),
        approved,
        request,
        ports,
      ),
    );
    return [copying, told, first, ahead];
  }).finally(() => held.release());
  journal.anchor = signed.anchor ?? journal.anchor;
  return ports.log.group(`Attach evidence and verify ${repository}`, async () => {
    if (signed.evidence.length + signed.legacy.length > 0) journal.targetTouched = true;
    const attach = () => attachEvidence(repository, signed, approved, ports);
    const unlisted = [...copied.unlisted, ...(await withoutLoss(repository, approved.pool, ports, attach))];
    await listUnlisted(unlisted, ports.target, repository, ports.log);
    const filled = { wanted, ...signed, unlisted };
    noteEvidence(repository, filled, ports, journal);
    const [, carried] = await runTogether(ports.signal, () => [
      verifyWhole(repository, filled, approved, request, ports),
      countAll(place),
    ]);
    // What is less may have been collected under the verification, which brings it back.
    noteCarried(place, isIncomplete(carried) ? await countAll(place) : carried);
    return filled;
  });
}

/** One repository that is being filled. */
interface FillPlace {
  readonly repository: Repository;
  /** True when all its tags are there already. */
  readonly isUnchanged: boolean;
  readonly approved: Approved;
  readonly request: PromoteRequest;
  readonly ports: PromotePorts;
  readonly journal: Journal;
}

/** What came of bringing the image and what is attached to it. */
interface Copied {
  /** Those that are still to be listed under the fallback tag. */
  readonly unlisted: readonly Referrer[];
  /** True when something else was attached to the image: a registry can lose an image and keep that. */
  readonly isOrphaned: boolean;
}

async function copy(
  { repository, isUnchanged, approved, request, ports, journal }: FillPlace,
  present: Promise<EvidenceRequest['present']>,
  signal: AbortSignal,
): Promise<Copied> {
  const { referrers } = approved;
  if (!isUnchanged || referrers.referrers.length + referrers.legacy.length > 0) journal.targetTouched = true;
  if (isUnchanged) ports.log.info('The image is there already.');
  else {
    const ahead = sendAhead(repository, referrers.referrers, approved, request, ports);
    await withoutLoss(repository, approved.pool, ports, (round) =>
      copyGraph(repository, approved, request, ports, { round, signal, isLookedAt: present }),
    );
    await ahead;
  }
  const [isOrphaned, , unlisted] = await runTogether(signal, () => [
    findOrphans(repository, present, approved, ports),
    copyLegacyTags(repository, approved, request, ports),
    withoutLoss(repository, approved.pool, ports, () => copyReferrers(repository, approved, request, ports)),
  ]);
  return { unlisted, isOrphaned };
}

/** Signs what is missing, told by what there is; what was signed is not signed again. */
function createSigning(
  { repository, approved, request, journal }: FillPlace,
  wanted: WantedEvidence | undefined,
  ports: PromotePorts,
): (present: EvidenceRequest['present']) => Promise<SignedSet> {
  const { signer, graph, store, resultDirectory } = approved;
  if (signer === undefined || wanted === undefined) return async () => NOTHING;
  const notary = new Notary(signer, request.policy.signature.transparencyLog, journal.anchor);
  const evidence = { repository, root: graph.root, wanted, layout: store.layout, resultDirectory };
  return async (present) => {
    const { signEvidence } = await import('./evidence.ts');
    return signEvidence({ ...evidence, present }, signer, notary, ports);
  };
}

const NOTHING: SignedSet = { evidence: [], legacy: [], anchor: undefined };

/** What an earlier run may have left there: where the image is not, there is hardly anything attached to it. */
async function findPresent({
  repository,
  isUnchanged,
  approved: { graph, signer },
  ports: { target },
}: FillPlace): Promise<EvidenceRequest['present']> {
  if (signer === undefined) return 'nothing';
  if (isUnchanged) return 'tagged';
  return (await target.headManifest(repository, graph.root.digest, 'push', 'absent')) === undefined
    ? 'nothing'
    : 'image';
}

/** The registry is asked once it has the image: before the first push many deny that there is such a repository. */
async function findOrphans(
  repository: Repository,
  present: Promise<EvidenceRequest['present']>,
  { graph, signer, referrers }: Approved,
  { target }: PromotePorts,
): Promise<boolean> {
  if (signer === undefined || (await present) !== 'nothing') return false;
  const { descriptors } = await listReferrers(target, repository, graph.root.digest);
  const own = new Set(referrers.referrers.map(({ content }) => content.digest));
  return descriptors.some(({ digest }) => !own.has(digest));
}

/** What is signed there now, written by this run or left by an earlier one. */
function noteEvidence(
  repository: Repository,
  { wanted, evidence, legacy }: Pick<Filled, 'wanted' | 'evidence' | 'legacy'>,
  { log }: PromotePorts,
  journal: Journal,
): void {
  for (const { predicateType, recordPath, referrer } of evidence) {
    log.info(`Attached ${predicateType} as ${referrer.content.digest}`);
    const { digest } = referrer.content;
    journal.evidence.push({ repository, predicateType, digest, ...(recordPath === undefined ? {} : { recordPath }) });
  }
  for (const { subject, layers } of legacy) {
    log.info(`Added ${formatCount(layers.length, 'signature')} to the .sig of ${subject}`);
    journal.evidence.push({ repository, predicateType: LEGACY_SIGNATURE_TYPE, digest: subject });
  }
  if (wanted !== undefined) journal.kept.push(...listKept(repository, wanted, { evidence, legacy }));
}

/** What was wanted, and did not have to be written. */
function listKept(
  repository: Repository,
  wanted: WantedEvidence,
  { evidence, legacy }: Pick<Filled, 'evidence' | 'legacy'>,
): KeptEvidence[] {
  const written = new Map(Map.groupBy(evidence, (each) => each.predicateType));
  const kept = [...Map.groupBy(listStatements(wanted), (each) => each.predicateType)].filter(
    ([type, statements]) => statements.length > (written.get(type)?.length ?? 0),
  );
  const types = kept.map(([predicateType]) => predicateType);
  const isLegacyKept = wanted.legacySubjects.length > legacy.length;
  return [...types, ...(isLegacyKept ? [LEGACY_SIGNATURE_TYPE] : [])].map((predicateType) => ({
    repository,
    predicateType,
  }));
}

/** What came along, by looking at the target: not what was meant to be written. */
function countAll({ repository, approved, ports }: FillPlace): Promise<CarriedReferrers> {
  return countCarried(approved.referrers, approved.graph.root.digest, ports.target, repository);
}

function noteCarried({ repository, ports, journal }: FillPlace, carried: CarriedReferrers): void {
  if (carried.counts.length === 0) return;
  journal.referrers.push(carried);
  ports.log.info(`Carried over to ${repository}: ${describeCarried(carried)}`);
  if (isIncomplete(carried)) {
    journal.notes.push(
      `Not everything that is attached to the source came along to ${repository}: ${describeCarried(carried)}. The log says why.`,
    );
  }
}
