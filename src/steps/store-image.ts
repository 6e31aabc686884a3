import { join } from 'node:path';
import type { Clock, Log } from '../base/ports.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { formatBytes, formatCount } from '../report/format.ts';
import type { BlobPool } from '../transfer/blob-pool.ts';
import { type ImageGraph, totalBytes } from '../transfer/graph.ts';
import { type GrowingStore, growStore, growStream } from '../transfer/growing-store.ts';
import { createLayout, type Layout } from '../transfer/layout.ts';
import { fetchStore, type ImageStore, type StoreOptions } from '../transfer/store.ts';
import { reportProgress } from './progress.ts';

/** Where an image is read from, and where its bytes go. */
export interface ImagePlace {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly layout: Layout;
}

/** Makes the layout that holds an image, in a directory that is private to the run, and tells how much is to come. */
export async function openImageLayout(graph: ImageGraph, room: string, log: Log): Promise<Layout> {
  log.info(describeSize(graph));
  return createLayout(join(room, 'layout'));
}

/** Reads every blob of an image once, and tells of a long read and of a disk that is too small for all of it. */
export function storeImage(
  graph: ImageGraph,
  place: ImagePlace,
  { log, clock }: { readonly log: Log; readonly clock: Clock },
  signal: AbortSignal,
): Promise<ImageStore> {
  return fetchStore(graph, place, { ...tellOf(place, log, clock), signal });
}

/** As storeImage, but returns while the bytes still come; `isStreamed`, they never come to disk and are read from the source when they are opened. */
export async function openImageStore(
  graph: ImageGraph,
  place: ImagePlace,
  options: Pick<StoreOptions, 'hold' | 'signal'> & { readonly isStreamed: boolean; readonly pool: BlobPool },
  { log, clock }: { readonly log: Log; readonly clock: Clock },
): Promise<GrowingStore> {
  log.info(describeSize(graph));
  const { isStreamed, ...shared } = options;
  if (isStreamed) return growStream(graph, place, shared);
  return growStore(graph, place, { ...tellOf(place, log, clock), ...shared });
}

function tellOf({ layout }: ImagePlace, log: Log, clock: Clock): Pick<StoreOptions, 'onBytes' | 'onSmallDisk'> {
  return {
    onBytes: reportProgress('Fetched', log, clock),
    onSmallDisk: () =>
      log.warning(
        `${layout.directory} is too small for the whole image: platforms are scanned one by one, and what is copied is read again.`,
      ),
  };
}

function describeSize(graph: ImageGraph): string {
  return `${formatCount(graph.manifests.length, 'manifest')}, ${formatCount(graph.blobs.length, 'blob')}, ${formatBytes(totalBytes(graph))}`;
}
