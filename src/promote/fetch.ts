import { runTogether } from '../base/concurrency.ts';
import { type Repository, registryOf } from '../image/reference.ts';
import { openImageStore } from '../steps/store-image.ts';
import type { Hold } from '../transfer/blob-pool.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import { fetchReferrers, NO_REFERRERS, type SourceReferrers } from '../transfer/referrers.ts';
import type { ImageStore } from '../transfer/store.ts';
import { describeSource } from './carried.ts';
import type { Kit } from './kit.ts';
import { actionOf, type Decision } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import { type Uploads, uploadBlobs, uploadsEarly } from './upload.ts';

/** An image that was read: what it is made of, where its bytes are, and what refers to it. */
export interface FetchedImage {
  readonly graph: ImageGraph;
  readonly store: ImageStore;
  readonly referrers: SourceReferrers;
}

/** An image that is being read. */
export interface ImageFetch {
  /** A platform is held as soon as its own blobs are there. */
  readonly store: ImageStore;
  /** Blobs that go up meanwhile; none where nothing may before every gate has passed. */
  readonly uploads: Uploads;
  /** Ends when everything there is to read was read, and the right to push was tried. */
  readonly ended: Promise<FetchedImage>;
  /** Lets go of what is on disk. */
  readonly hold: Hold;
}

/** What else a fetch needs to know. */
export interface FetchContext {
  readonly graph: ImageGraph;
  readonly decision: Pick<Decision, 'plan'>;
  readonly kit: Pick<Kit, 'layout' | 'blobs'>;
  /** Ends everything that is under way. */
  readonly signal: AbortSignal;
  /** Awaited before the first byte goes to a target. */
  readonly isReady: Promise<unknown>;
  /** Called when a blob may have come to stay at a target. */
  readonly onTouched: () => void;
}

/** Begins to read everything: each source blob once, what refers to the image; and the right to push is tried meanwhile. Where no layer is scanned, none touches the disk. */
export async function startFetch(
  request: PromoteRequest,
  context: FetchContext,
  ports: PromotePorts,
): Promise<ImageFetch> {
  const { graph, kit, signal } = context;
  const { source: client, log } = ports;
  const { repository } = request.source;
  const { layout, blobs: pool } = kit;
  const hold = pool.hold(graph.blobs, layout);
  const isStreamed = streams(request);
  const place = { client, repository, layout };
  const { store, whole } = await openImageStore(graph, place, { isStreamed, pool, hold, signal }, ports);
  const probing = request.dryRun ? Promise.resolve() : probeAll(listRepositories(request), ports);
  const uploads = startUploads(request, { ...context, store }, probing, ports);
  const ended = runTogether(signal, () => [
    whole,
    request.referrers === 'copy'
      ? fetchReferrers(graph, client, repository, layout, { isStreamed, pool })
      : Promise.resolve(NO_REFERRERS),
    probing,
  ]).then(([, referrers]) => {
    if (request.referrers === 'copy') log.info(`Attached to it: ${describeSource(referrers, graph.root.digest)}`);
    return { graph, store, referrers };
  });
  for (const each of [ended, ...uploads.values()]) each.catch(() => undefined);
  return { store, uploads, ended, hold };
}

/** With several target registries each byte would be read several times. */
function streams({ policy, targets }: PromoteRequest): boolean {
  const isUnread = policy.scan.mode === 'off' || policy.scan.from === 'sbom';
  return isUnread && new Set(targets.map(({ repository }) => registryOf(repository))).size === 1;
}

function listRepositories({ targets }: PromoteRequest): readonly Repository[] {
  return [...new Set(targets.map((target) => target.repository))];
}

async function probeAll(repositories: readonly Repository[], { target }: PromotePorts): Promise<void> {
  for (const repository of repositories) await target.probePush(repository, { waits: false });
}

/** With several repositories, nothing goes up before each of them said that it takes it. */
function startUploads(
  request: PromoteRequest,
  context: FetchContext & { readonly store: ImageStore },
  probing: Promise<void>,
  ports: PromotePorts,
): Uploads {
  const uploads: [Repository, ReturnType<typeof uploadBlobs>][] = [];
  if (!uploadsEarly(request)) return new Map();
  const repositories = Map.groupBy(request.targets, ({ repository }) => repository);
  const { graph, store, signal, onTouched, kit, decision, isReady } = context;
  const upload = { graph, store, pool: kit.blobs, signal, onTouched };
  let before: Promise<unknown> = repositories.size === 1 ? isReady : Promise.all([isReady, probing]);
  for (const [repository, targets] of repositories) {
    if (targets.every((target) => actionOf(decision.plan, target) === 'keep')) continue;
    const ended = before.then(() => uploadBlobs(repository, upload, request, ports)).catch(explain(probing));
    uploads.push([repository, ended]);
    // What the next can take over from this one is not sent again.
    before = ended;
  }
  return new Map(uploads);
}

/** The trial of the right to push says best what is wrong with it. */
function explain(probing: Promise<void>): (error: unknown) => Promise<never> {
  return async (error) => {
    await probing;
    throw error;
  };
}
