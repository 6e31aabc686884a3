import type { Repository, TagReference } from '../image/reference.ts';
import type { Approved, Filled } from './approved.ts';
import { countCarried, describeCarried, isIncomplete } from './carried.ts';
import { attachEvidence, copyGraph, copyLegacyTags, copyReferrers, listUnlisted, withoutLoss } from './copy.ts';
import { type SignedEvidence, signEvidence } from './evidence.ts';
import type { Journal } from './journal.ts';
import { actionOf } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import { verifyWhole } from './refill.ts';
import type { PromoteRequest } from './request.ts';

/** Brings bytes, referrers and evidence into one repository by digest, and has cosign verify them there. No tag of the image is written. */
export async function fillRepository(
  repository: Repository,
  targets: readonly TagReference[],
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<Filled> {
  const { graph, store, signer, referrers } = approved;
  const { layout } = store;
  const isUnchanged = targets.every((target) => actionOf(approved.plan, target) === 'keep');
  const hasReferrers = referrers.referrers.length + referrers.legacy.length > 0;
  const copied = await ports.log.group(`Copy to ${repository}`, async () => {
    if (!isUnchanged || hasReferrers) journal.targetTouched = true;
    if (!isUnchanged) await withoutLoss(repository, ports, () => copyGraph(repository, approved, request, ports));
    else ports.log.info('The image is there already.');
    await copyLegacyTags(repository, approved, request, ports);
    return withoutLoss(repository, ports, () => copyReferrers(repository, approved, request, ports));
  });
  const evidence =
    signer === undefined
      ? []
      : await ports.log.group(`Sign and attest for ${repository}`, async () => {
          const record = approved.makeRecord(targets, signer);
          const { root } = graph;
          const { resultDirectory } = approved;
          const wanted = { repository, targets, root, record, layout, resultDirectory, isUnchanged };
          return signEvidence(wanted, request, signer, ports);
        });
  return ports.log.group(`Attach evidence and verify ${repository}`, async () => {
    if (evidence.length > 0) journal.targetTouched = true;
    const unlisted = [
      ...copied,
      ...(await withoutLoss(repository, ports, () => attachEvidence(repository, evidence, approved, ports))),
    ];
    await listUnlisted(unlisted, repository, ports);
    noteEvidence(repository, evidence, ports, journal);
    const filled = { evidence, unlisted };
    await verifyWhole(repository, filled, approved, request, ports);
    await noteCarried(repository, approved, ports, journal);
    return filled;
  });
}

function noteEvidence(
  repository: Repository,
  evidence: readonly SignedEvidence[],
  { log }: PromotePorts,
  journal: Journal,
): void {
  for (const { predicateType, recordPath, referrer } of evidence) {
    log.info(`Attached ${predicateType} as ${referrer.content.digest}`);
    journal.evidence.push({
      repository,
      predicateType,
      digest: referrer.content.digest,
      ...(recordPath === undefined ? {} : { recordPath }),
    });
  }
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
