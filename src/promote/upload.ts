import { addAbortSignal, type Readable } from 'node:stream';
import { type Repository, registryOf } from '../image/reference.ts';
import { reportProgress } from '../steps/progress.ts';
import type { BlobPool } from '../transfer/blob-pool.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import { type PushCounts, pushBlobs } from '../transfer/push.ts';
import type { ImageStore } from '../transfer/store.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';

/** Blobs of one image that are on their way, by the repository they go to. */
export type Uploads = ReadonlyMap<Repository, Promise<PushCounts>>;

/** What is uploaded, and who hears of it. */
export interface BlobUpload {
  readonly graph: ImageGraph;
  readonly store: ImageStore;
  readonly pool?: BlobPool | undefined;
  /** Ends it; what was under way is not finished. */
  readonly signal: AbortSignal;
  /** Called when a blob may have come to stay at the target. */
  readonly onTouched?: () => void;
}

/** True when blobs may go up before the scan is judged: where it was chosen, or where there is nothing to judge. Never in a dry run. */
export function uploadsEarly({ dryRun, policy }: Pick<PromoteRequest, 'dryRun' | 'policy'>): boolean {
  return !dryRun && (policy.upload === 'during-gates' || policy.scan.mode === 'off');
}

/** Brings the blobs of an image into a repository, and no manifest: nothing refers to them yet. */
export function uploadBlobs(
  repository: Repository,
  { graph, store, pool, signal, onTouched }: BlobUpload,
  request: PromoteRequest,
  { target, log, clock }: PromotePorts,
): Promise<PushCounts> {
  const open: ImageStore['open'] = (blob): Readable => {
    const stream = addAbortSignal(signal, store.open(blob));
    // Before its last byte was sent, no registry keeps a blob.
    return onTouched === undefined ? stream : stream.once('end', onTouched);
  };
  const onBytes = reportProgress('Copied', log, clock);
  const mountFrom = findMount(repository, request);
  // What is mounted is not opened.
  if (mountFrom !== undefined) onTouched?.();
  const options = { mountFrom, onBytes, pool };
  return pushBlobs(graph, { ...store, open }, target, repository, options);
}

/** The source, where the registry can take blobs over from it. */
export function findMount(repository: Repository, { source }: PromoteRequest): Repository | undefined {
  return registryOf(source.repository) === registryOf(repository) ? source.repository : undefined;
}
