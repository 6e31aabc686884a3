import type { Repository } from '../image/reference.ts';
import { RegistryError } from '../registry/error.ts';
import { createTagFinder } from '../registry/find-tagged.ts';
import type { BlobPool } from '../transfer/blob-pool.ts';
import type { Referrer } from '../transfer/listed-referrer.ts';
import { pushManifests } from '../transfer/push.ts';
import { pushLegacyTags } from '../transfer/push-legacy.ts';
import { pushReferrerBlobs, pushReferrers } from '../transfer/referrers.ts';
import type { Approved } from './approved.ts';
import type { SignedSet } from './evidence.ts';
import { attachLegacy } from './legacy-evidence.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import { findMount, uploadBlobs } from './upload.ts';

/** How often a step is done over where a registry collects what it has just been given. */
const MAX_ROUNDS = 3;

/** Whether a step may take for granted what went ahead of it: not when it is done over. */
export type Round = 'first' | 'again';

/** Does a step again, which looks what is there first, when the registry refused a manifest: what it names may have been collected meanwhile. */
export async function withoutLoss<T>(
  repository: Repository,
  pool: BlobPool | undefined,
  ports: PromotePorts,
  step: (round: Round) => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await step(round === 1 ? 'first' : 'again');
    } catch (error) {
      const isRefused = error instanceof RegistryError && error.code === 'CONFLICT';
      if (!isRefused || round === MAX_ROUNDS || ports.signal.aborted) throw error;
      pool?.forget(repository);
      ports.log.warning(`${repository} refused a manifest, perhaps since it collected what it names; once more.`);
    }
  }
}

/** How a step of a copy is done. */
export interface CopyOptions {
  readonly round: Round;
  /** Ends an upload that is under way. */
  readonly signal: AbortSignal;
  /** Awaited before the first manifest, which changes what others find there. */
  readonly isLookedAt?: Promise<unknown>;
}

/** Brings the image into a repository, by digest. */
export async function copyGraph(
  repository: Repository,
  { graph, store, pool, uploads }: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  { round, signal, isLookedAt }: CopyOptions,
): Promise<void> {
  const early = round === 'first' ? uploads?.get(repository) : undefined;
  const upload = { graph, store, pool, signal };
  const counts = await (early ?? uploadBlobs(repository, upload, request, ports));
  await isLookedAt;
  await pushManifests(graph, ports.target, repository, pool);
  ports.log.info(
    `Blobs: ${counts.uploaded} uploaded, ${counts.mounted} mounted, ${counts.present} already there. Manifests: ${graph.manifests.length}, by digest, untagged.`,
  );
}

/** Sends the blobs of referrers ahead, so that nothing has to wait for them. What fails here is tried again, and told, when they are put. */
export async function sendAhead(
  repository: Repository,
  referrers: readonly Referrer[],
  { pool, store }: Approved,
  request: PromoteRequest,
  { target }: PromotePorts,
): Promise<void> {
  if (pool === undefined) return;
  const options = { mountFrom: findMount(repository, request), pool };
  await pushReferrerBlobs(referrers, store.layout, target, repository, options).catch(() => undefined);
}

/** Brings along what the source has attached, by digest. Returns those that are still to be listed under the fallback tag. */
export function copyReferrers(
  repository: Repository,
  { referrers, store, pool }: Approved,
  request: PromoteRequest,
  { target }: PromotePorts,
): Promise<Referrer[]> {
  const options = { mountFrom: findMount(repository, request), pool };
  return pushReferrers(referrers.referrers, store.layout, target, repository, options);
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
  { store, pool }: Approved,
  ports: PromotePorts,
): Promise<Referrer[]> {
  await attachLegacy(repository, legacy, store.layout, ports);
  const own = evidence.map(({ referrer }) => referrer);
  const options = { mountFrom: undefined, pool };
  return pushReferrers(own, store.layout, ports.target, repository, options);
}
