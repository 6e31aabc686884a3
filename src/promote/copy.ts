import { type Repository, registryOf } from '../image/reference.ts';
import { RegistryError } from '../registry/error.ts';
import { createTagFinder } from '../registry/find-tagged.ts';
import { reportProgress } from '../steps/progress.ts';
import type { Referrer } from '../transfer/listed-referrer.ts';
import { pushGraph } from '../transfer/push.ts';
import { pushLegacyTags } from '../transfer/push-legacy.ts';
import { pushReferrers } from '../transfer/referrers.ts';
import type { Approved } from './approved.ts';
import type { SignedSet } from './evidence.ts';
import { attachLegacy } from './legacy-evidence.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';

/** How often a step is done over where a registry collects what it has just been given. */
const MAX_ROUNDS = 3;

/** Does a step again, which looks what is there first, when the registry refused a manifest: what it names may have been collected meanwhile. */
export async function withoutLoss<T>(repository: Repository, ports: PromotePorts, step: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await step();
    } catch (error) {
      const isRefused = error instanceof RegistryError && error.code === 'CONFLICT';
      if (!isRefused || round === MAX_ROUNDS || ports.signal.aborted) throw error;
      ports.log.warning(`${repository} refused a manifest, perhaps since it collected what it names; once more.`);
    }
  }
}

/** Brings the image into a repository, by digest. */
export async function copyGraph(
  repository: Repository,
  { graph, store }: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
): Promise<void> {
  const onBytes = reportProgress('Copied', ports.log, ports.clock);
  const options = { mountFrom: findMount(repository, request), onBytes };
  const counts = await pushGraph(graph, store, ports.target, repository, options);
  ports.log.info(
    `Blobs: ${counts.uploaded} uploaded, ${counts.mounted} mounted, ${counts.present} already there. Manifests: ${graph.manifests.length}, by digest, untagged.`,
  );
}

/** Brings along what the source has attached, by digest. Returns those that are still to be listed under the fallback tag. */
export function copyReferrers(
  repository: Repository,
  { referrers, store }: Approved,
  request: PromoteRequest,
  { target }: PromotePorts,
): Promise<Referrer[]> {
  const mountFrom = findMount(repository, request);
  return pushReferrers(referrers.referrers, store.layout, target, repository, { mountFrom });
}

/** Brings along cosign's older tags. They are the only ones written before that of the image, which says nothing about them. */
export function copyLegacyTags(
  repository: Repository,
  { referrers, store }: Approved,
  request: PromoteRequest,
  { target: client }: PromotePorts,
): Promise<boolean> {
  const mountFrom = findMount(repository, request);
  const findTagged = createTagFinder(client, repository);
  return pushLegacyTags(referrers.legacy, { client, repository, findTagged, layout: store.layout, mountFrom });
}

/** Attaches our own evidence; returns as copyReferrers does. */
export async function attachEvidence(
  repository: Repository,
  { evidence, legacy }: Pick<SignedSet, 'evidence' | 'legacy'>,
  { store }: Approved,
  ports: PromotePorts,
): Promise<Referrer[]> {
  await attachLegacy(repository, legacy, store.layout, ports);
  const own = evidence.map(({ referrer }) => referrer);
  return pushReferrers(own, store.layout, ports.target, repository, { mountFrom: undefined });
}

function findMount(repository: Repository, { source }: PromoteRequest): Repository | undefined {
  return registryOf(source.repository) === registryOf(repository) ? source.repository : undefined;
}
