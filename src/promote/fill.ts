import type { PromotionRecord } from '../chain/record.ts';
import { requireVerifiedEvidence } from '../chain/verify-target.ts';
import { type Repository, registryOf, type TagReference } from '../image/reference.ts';
import { updateFallbackIndex } from '../registry/referrers.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import { pushGraph } from '../transfer/push.ts';
import { pushReferrers, type Referrer } from '../transfer/referrers.ts';
import type { ImageStore } from '../transfer/store.ts';
import { listSignatures, type SignedEvidence, signEvidence } from './evidence.ts';
import type { Journal } from './journal.ts';
import { actionOf, type Plan } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import { reportProgress } from './progress.ts';
import type { PromoteRequest } from './request.ts';
import type { Signer } from './signer.ts';

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

/** Brings bytes, referrers and evidence into one repository by digest, and has cosign verify them there. No tag is written. */
export async function fillRepository(
  repository: Repository,
  targets: readonly TagReference[],
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<readonly SignedEvidence[]> {
  const { graph, store, signer } = approved;
  const { layout } = store;
  const isUnchanged = targets.every((target) => actionOf(approved.plan, target) === 'keep');
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
export async function refill(
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
