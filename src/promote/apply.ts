import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../base/error.ts';
import type { PromotionRecord } from '../chain/record.ts';
import { requireVerifiedEvidence } from '../chain/verify-target.ts';
import { formatReference, type Repository, registryOf, type TagReference } from '../image/reference.ts';
import { updateFallbackIndex } from '../registry/referrers.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import { pushGraph } from '../transfer/push.ts';
import { pushReferrers, type Referrer } from '../transfer/referrers.ts';
import type { ImageStore } from '../transfer/store.ts';
import { listSignatures, type SignedEvidence, signEvidence } from './evidence.ts';
import type { Journal } from './journal.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import { reportProgress } from './progress.ts';
import type { PromoteRequest } from './request.ts';
import type { Signer } from './signer.ts';
import { writeTag } from './tag.ts';

/** Some tags of a promotion were written and another was not. */
export class PromotionError extends DomainError<'PARTIAL'> {}

/** Everything that passed the gates, on disk and in memory, ready to be written. */
export interface Approved {
  readonly plan: Plan;
  readonly graph: ImageGraph;
  readonly store: ImageStore;
  readonly referrers: readonly Referrer[];
  readonly signer: Signer | undefined;
  readonly resultDirectory: string;
  /** The record for the targets of one repository. */
  readonly makeRecord: (targets: readonly TagReference[], signer: Signer) => PromotionRecord;
}

/** Writes what was approved: every repository holds all bytes and evidence, verified from outside, before the first tag. */
export async function apply(
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<Outcome> {
  const repositories = Map.groupBy(request.targets, (target) => target.repository);
  const written: { readonly repository: Repository; readonly evidence: readonly SignedEvidence[] }[] = [];
  for (const [repository, targets] of repositories) {
    const evidence = await fillRepository(repository, targets, approved, request, ports, journal);
    written.push({ repository, evidence });
  }
  return ports.log.group('Tag', async () => {
    for (const { repository, evidence } of written) await refill(repository, evidence, approved, request, ports);
    return writeTags(approved, request, ports, journal);
  });
}

async function fillRepository(
  repository: Repository,
  targets: readonly TagReference[],
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<readonly SignedEvidence[]> {
  const { graph, store, signer } = approved;
  const { layout } = store;
  const isUnchanged = targets.every((target) => actionOf(target, approved.plan) === 'keep');
  const unlisted = await ports.log.group(`Copy to ${repository}`, async () => {
    if (!isUnchanged || approved.referrers.length > 0) journal.targetTouched = true;
    if (!isUnchanged) await copyGraph(repository, approved, request, ports);
    else ports.log.info('The image is there already.');
    return pushReferrers(approved.referrers, layout, ports.target, repository);
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
  await ports.log.group(`Attach evidence and verify ${repository}`, async () => {
    const own = evidence.map(({ referrer }) => referrer);
    if (own.length > 0) journal.targetTouched = true;
    await listReferrers(
      [...unlisted, ...(await pushReferrers(own, layout, ports.target, repository))],
      repository,
      ports,
    );
    for (const { predicateType, recordPath, referrer } of evidence) {
      ports.log.info(`Attached ${predicateType} as ${referrer.content.digest}`);
      journal.evidence.push({
        repository,
        predicateType,
        digest: referrer.content.digest,
        ...(recordPath === undefined ? {} : { recordPath }),
      });
    }
    await verify(repository, approved, request, ports);
  });
  return evidence;
}

async function copyGraph(
  repository: Repository,
  { graph, store }: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
): Promise<void> {
  const { source } = request;
  const mountFrom = registryOf(source.repository) === registryOf(repository) ? source.repository : undefined;
  const onBytes = reportProgress('Copied', ports.log, ports.clock);
  const counts = await pushGraph(graph, store, ports.target, repository, { mountFrom, onBytes });
  ports.log.info(
    `Blobs: ${counts.uploaded} uploaded, ${counts.mounted} mounted, ${counts.present} already there. Manifests: ${graph.manifests.length}, by digest, untagged.`,
  );
}

/** Where the registry has no referrers API, one PUT per subject makes all its referrers found. */
async function listReferrers(
  unlisted: readonly Referrer[],
  repository: Repository,
  { target, log }: PromotePorts,
): Promise<void> {
  for (const [subject, referrers] of Map.groupBy(unlisted, (referrer) => referrer.subject)) {
    const descriptors = referrers.map(({ descriptor }) => descriptor);
    await updateFallbackIndex(target, repository, subject, descriptors);
    log.info(`The registry has no referrers API: ${descriptors.length} listed under the fallback tag of ${subject}`);
  }
}

async function verify(
  repository: Repository,
  { graph, signer }: Approved,
  request: PromoteRequest,
  { target: client, log }: PromotePorts,
): Promise<void> {
  const { digest } = await client.getManifest(repository, graph.root.digest);
  if (signer !== undefined) {
    const subject = { client, repository, digest, cosign: signer.cosign, publicKey: signer.publicKey };
    const targets = request.targets.filter((target) => target.repository === repository);
    const signatures = request.sign ? listSignatures(targets, request) : [];
    await requireVerifiedEvidence(subject, { signatures, record: request.attest });
    log.info(`cosign ${signer.tool.version} verifies ${repository}@${digest}`);
  }
}

/** Registries collect what is untagged: what went missing since it was pushed is pushed again, out of the layout. */
async function refill(
  repository: Repository,
  evidence: readonly SignedEvidence[],
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
): Promise<void> {
  const referrers = [...approved.referrers, ...evidence.map(({ referrer }) => referrer)];
  const digests = [...approved.graph.manifests, ...referrers.map(({ content }) => content)].map(({ digest }) => digest);
  const heads = await Promise.all(digests.map((digest) => ports.target.headManifest(repository, digest, 'push')));
  if (heads.every((head) => head !== undefined)) return;
  ports.log.warning(`${repository} collected untagged content before the tag was written; it is pushed again.`);
  await copyGraph(repository, approved, request, ports);
  await listReferrers(
    await pushReferrers(referrers, approved.store.layout, ports.target, repository),
    repository,
    ports,
  );
  await verify(repository, approved, request, ports);
}

async function writeTags(
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<Outcome> {
  const { root } = approved.graph;
  const pause = (milliseconds: number): Promise<void> => sleep(milliseconds, undefined, { signal: ports.signal });
  for (const target of request.targets) {
    const name = formatReference(target);
    const existingTag = actionOf(target, approved.plan) === 'keep' ? 'accept-same-digest' : request.existingTag;
    try {
      const write = await writeTag(target, root, { client: ports.target, existingTag, sleep: pause });
      if (write.kind === 'refused') {
        journal.refusals.push(write.refusal);
        journal.ended.set(name, { result: 'refused', code: write.refusal.code });
        if (journal.hasWrittenTag()) throw partial(name, write.refusal.message);
        return journal.end('refused');
      }
      journal.ended.set(name, { result: write.kind === 'written' ? 'promoted' : 'unchanged' });
      ports.log.info(write.kind === 'written' ? `Tagged ${name}@${root.digest}` : `${name} has this digest already`);
    } catch (cause) {
      if (cause instanceof PromotionError || !journal.hasWrittenTag()) throw cause;
      throw partial(name, 'see the cause', cause);
    }
  }
  return journal.end(journal.hasWrittenTag() ? 'promoted' : 'unchanged');
}

function actionOf(target: TagReference, plan: Plan): Plan['targets'][number]['action'] | undefined {
  return plan.targets.find(({ reference }) => reference === formatReference(target))?.action;
}

function partial(name: string, why: string, cause?: unknown): PromotionError {
  return new PromotionError('PARTIAL', `some targets were tagged, but ${name} was not: ${why}`, {
    cause,
    hint: 'All targets hold the image and its evidence. Mend what is wrong with this target and run again with existing-tag: accept-same-digest.',
  });
}
