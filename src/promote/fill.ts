import { LEGACY_SIGNATURE_TYPE } from '../chain/legacy-signature.ts';
import type { Repository, TagReference } from '../image/reference.ts';
import { listReferrers } from '../registry/referrers.ts';
import { formatCount } from '../report/format.ts';
import { listUnlisted } from '../transfer/list-unlisted.ts';
import type { Approved, Filled } from './approved.ts';
import { countCarried, describeCarried, isIncomplete } from './carried.ts';
import { attachEvidence, copyGraph, copyLegacyTags, copyReferrers, withoutLoss } from './copy.ts';
import { type EvidenceRequest, type SignedSet, signEvidence } from './evidence.ts';
import type { Journal } from './journal.ts';
import type { KeptEvidence } from './outcome.ts';
import { actionOf } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import { verifyWhole } from './refill.ts';
import type { PromoteRequest } from './request.ts';
import { listStatements, listWanted, type WantedEvidence } from './wanted-evidence.ts';

/** Brings bytes, referrers and evidence into one repository by digest, and has cosign verify them there. No tag of the image is written. */
export async function fillRepository(
  repository: Repository,
  targets: readonly TagReference[],
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<Filled> {
  const { signer, referrers } = approved;
  const isUnchanged = targets.every((target) => actionOf(approved.plan, target) === 'keep');
  let present = await findPresent(repository, isUnchanged, approved, ports);
  const hasReferrers = referrers.referrers.length + referrers.legacy.length > 0;
  const copied = await ports.log.group(`Copy to ${repository}`, async () => {
    if (!isUnchanged || hasReferrers) journal.targetTouched = true;
    if (!isUnchanged) await withoutLoss(repository, ports, () => copyGraph(repository, approved, request, ports));
    else ports.log.info('The image is there already.');
    present = await findOrphans(repository, present, approved, ports);
    await copyLegacyTags(repository, approved, request, ports);
    return withoutLoss(repository, ports, () => copyReferrers(repository, approved, request, ports));
  });
  const wanted = signer && listWanted(repository, targets, approved, request, signer);
  const signed =
    signer === undefined || wanted === undefined
      ? NOTHING
      : await ports.log.group(`Sign and attest for ${repository}`, () =>
          signEvidence(toEvidenceRequest(repository, wanted, present, approved, request, journal), signer, ports),
        );
  journal.anchor = signed.anchor ?? journal.anchor;
  return ports.log.group(`Attach evidence and verify ${repository}`, async () => {
    if (signed.evidence.length + signed.legacy.length > 0) journal.targetTouched = true;
    const attach = () => attachEvidence(repository, signed, approved, ports);
    const unlisted = [...copied, ...(await withoutLoss(repository, ports, attach))];
    await listUnlisted(unlisted, ports.target, repository);
    const filled = { wanted, ...signed, unlisted };
    noteEvidence(repository, filled, ports, journal);
    await verifyWhole(repository, filled, approved, request, ports);
    await noteCarried(repository, approved, ports, journal);
    return filled;
  });
}

const NOTHING: SignedSet = { evidence: [], legacy: [], anchor: undefined };

/** What an earlier run may have left there: where the image is not, there is hardly anything attached to it. */
async function findPresent(
  repository: Repository,
  isUnchanged: boolean,
  { graph, signer }: Approved,
  { target }: PromotePorts,
): Promise<EvidenceRequest['present']> {
  if (signer === undefined) return 'nothing';
  if (isUnchanged) return 'tagged';
  return (await target.headManifest(repository, graph.root.digest, 'push')) === undefined ? 'nothing' : 'image';
}

/** A registry can lose an image and keep what is attached to it. It is asked once it has the image: before the first push many deny that there is such a repository. */
async function findOrphans(
  repository: Repository,
  present: EvidenceRequest['present'],
  { graph, signer }: Approved,
  { target }: PromotePorts,
): Promise<EvidenceRequest['present']> {
  if (signer === undefined || present !== 'nothing') return present;
  const { descriptors } = await listReferrers(target, repository, graph.root.digest);
  return descriptors.length === 0 ? 'nothing' : 'image';
}

function toEvidenceRequest(
  repository: Repository,
  wanted: WantedEvidence,
  present: EvidenceRequest['present'],
  { graph, store, resultDirectory }: Approved,
  { policy }: PromoteRequest,
  { anchor }: Journal,
): EvidenceRequest {
  const { transparencyLog } = policy.signature;
  return {
    repository,
    root: graph.root,
    wanted,
    layout: store.layout,
    resultDirectory,
    transparencyLog,
    present,
    anchor,
  };
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

/** Tells what came along, by looking at the target: not what was meant to be written. */
async function noteCarried(
  repository: Repository,
  { referrers, graph }: Approved,
  { target, log }: PromotePorts,
  journal: Journal,
): Promise<void> {
  const carried = await countCarried(referrers, graph.root.digest, target, repository);
  if (carried.counts.length === 0) return;
  journal.referrers.push(carried);
  log.info(`Carried over to ${repository}: ${describeCarried(carried)}`);
  if (isIncomplete(carried)) {
    journal.notes.push(
      `Not everything that is attached to the source came along to ${repository}: ${describeCarried(carried)}. The log says why.`,
    );
  }
}
