import { mapConcurrently, runTogether } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import { listReferrers } from '../registry/referrers.ts';
import { listUnlisted } from '../transfer/list-unlisted.ts';
import { blobsOf, manifestsOf } from '../transfer/listed-referrer.ts';
import type { Approved, Filled } from './approved.ts';
import { attachEvidence, copyGraph, copyReferrers } from './copy.ts';
import { holdsLegacy, withoutLog } from './legacy-evidence.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import { demandOf } from './wanted-evidence.ts';

/** How often a verification is begun where a registry collects content under it. */
const MAX_ROUNDS = 3;

const CONCURRENT_LOOKS = 16;
const CONCURRENT_VERIFICATIONS = 2;

/** Registries collect what is untagged, and other writers replace a list: what went missing since it was written is written again, out of the layout, and verified again. True when something was. */
export async function refill(
  repository: Repository,
  filled: Filled,
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
): Promise<boolean> {
  if (!(await restore(repository, filled, approved, request, ports))) return false;
  await verifyWhole(repository, filled, approved, request, ports);
  return true;
}

/** Verification of what is all there: a failure only stands when nothing went missing under it. */
export async function verifyWhole(
  repository: Repository,
  filled: Filled,
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
): Promise<void> {
  for (let round = 1; ; round++) {
    try {
      return await verify(repository, filled, approved, ports);
    } catch (error) {
      if (round === MAX_ROUNDS || !(await restore(repository, filled, approved, request, ports))) throw error;
    }
  }
}

/** What a stranger would do, with stock cosign: the image's own evidence, and the `.sig` of each of its platforms. */
async function verify(
  repository: Repository,
  { wanted, anchor }: Filled,
  { graph, signer }: Approved,
  { target: client, log }: PromotePorts,
): Promise<void> {
  const { digest } = graph.root;
  // Where nothing is signed, the look for what was collected reads it.
  if (signer === undefined || wanted === undefined) return;
  if (anchor === undefined) throw new TypeError('what was signed was signed by somebody');
  const { requireVerifiedEvidence } = await import('../chain/verify-target.ts');
  const subject = { client, repository, digest, verifier: signer.verifier, anchor };
  const older = { ...subject, anchor: withoutLog(anchor) };
  const legacy = { signatures: [], record: false, legacy: wanted.targets };
  await runTogether(client.transport.signal, () => [
    client.getManifest(repository, digest),
    requireVerifiedEvidence(subject, demandOf(wanted)),
    mapConcurrently(wanted.legacySubjects, CONCURRENT_VERIFICATIONS, (each) =>
      requireVerifiedEvidence({ ...older, digest: each }, legacy),
    ),
  ]);
  log.info(`cosign ${signer.tool.version} verifies ${repository}@${digest}`);
}

async function restore(
  repository: Repository,
  filled: Filled,
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
): Promise<boolean> {
  if (await isComplete(repository, filled, approved, ports)) {
    const isWritten = await listUnlisted(filled.unlisted, ports.target, repository, ports.log);
    if (isWritten)
      ports.log.warning(`Another writer replaced the list of referrers in ${repository}; it is whole again.`);
    return isWritten;
  }
  ports.log.warning(
    `${repository} collected untagged content before the tag was written, or lost it from its lists; it is pushed again.`,
  );
  approved.pool?.forget(repository);
  await copyGraph(repository, approved, request, ports, { round: 'again', signal: ports.signal });
  const copied = await copyReferrers(repository, approved, request, ports);
  const attached = await attachEvidence(repository, filled, approved, ports);
  await listUnlisted([...copied, ...attached], ports.target, repository, ports.log);
  return true;
}

/** Looks for every manifest and blob. A registry that keeps a manifest whose blobs it collected is broken; to look for those, too, costs about one more round trip. */
async function isComplete(
  repository: Repository,
  { evidence, legacy, wanted }: Filled,
  { graph, referrers }: Approved,
  { target }: PromotePorts,
): Promise<boolean> {
  const attached = [...referrers.referrers, ...evidence.map(({ referrer }) => referrer)];
  const { digest: root } = graph.root;
  const manifests = new Set([...graph.manifests, ...attached.flatMap(manifestsOf)].map(({ digest }) => digest));
  // What cosign verifies was read by that.
  const isRead = (digest: Digest): boolean => digest === root && wanted === undefined;
  // By size too: what was mounted was never read.
  const blobs = new Map([...graph.blobs, ...attached.flatMap(blobsOf)].map((blob) => [blob.digest, blob]));
  const looks = [
    ...[...manifests].map((digest) => () => (isRead(digest) ? readRoot : hasManifest)(repository, digest, target)),
    ...[...blobs.values()].map((blob) => () => target.hasBlob(repository, blob, 'push')),
    ...legacy.map((signature) => () => holdsLegacy(repository, signature, target)),
    () => isListed(repository, evidence, root, target),
  ];
  const found = await mapConcurrently(looks, CONCURRENT_LOOKS, (look) => look());
  return !found.includes(false);
}

async function hasManifest(repository: Repository, digest: Digest, target: RegistryClient): Promise<boolean> {
  return (await target.headManifest(repository, digest, 'push')) !== undefined;
}

/** Reads it, so that its bytes are known to be right; only the registry's own word makes it absent. */
async function readRoot(repository: Repository, digest: Digest, target: RegistryClient): Promise<boolean> {
  try {
    await target.getManifest(repository, digest);
    return true;
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code !== 'NOT_FOUND') throw error;
    if (await hasManifest(repository, digest, target)) throw error;
    return false;
  }
}

/** True when the referrers API names all our evidence; what is listed under a fallback tag is looked after by itself. */
async function isListed(
  repository: Repository,
  evidence: Filled['evidence'],
  root: Digest,
  target: PromotePorts['target'],
): Promise<boolean> {
  if (evidence.length === 0) return true;
  const { via, descriptors } = await listReferrers(target, repository, root);
  const listed = new Set(descriptors.map(({ digest }) => digest));
  return via !== 'api' || evidence.every(({ referrer }) => listed.has(referrer.content.digest));
}
