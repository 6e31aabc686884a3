import { join } from 'node:path';
import type { Clock, Log } from '../base/ports.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { formatBytes, formatCount } from '../report/format.ts';
import { type ImageGraph, totalBytes } from '../transfer/graph.ts';
import { createLayout, type Layout } from '../transfer/layout.ts';
import { fetchStore, type ImageStore } from '../transfer/store.ts';
import { reportProgress } from './progress.ts';

/** Where an image is read from, and where its bytes go. */
export interface ImagePlace {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly layout: Layout;
}

/** Makes the layout that holds an image, in a directory that is private to the run, and tells how much is to come. */
export async function openImageLayout(graph: ImageGraph, room: string, log: Log): Promise<Layout> {
  log.info(
    `${formatCount(graph.manifests.length, 'manifest')}, ${formatCount(graph.blobs.length, 'blob')}, ${formatBytes(totalBytes(graph))}`,
  );
  return createLayout(join(room, 'layout'));
}

/** Reads every blob of an image once, and tells of a long read and of a disk that is too small for all of it. */
export function storeImage(
  graph: ImageGraph,
  place: ImagePlace,
  { log, clock }: { readonly log: Log; readonly clock: Clock },
  signal: AbortSignal,
): Promise<ImageStore> {
  const onBytes = reportProgress('Fetched', log, clock);
  const onSmallDisk = (): void =>
    log.warning(
      `${place.layout.directory} is too small for the whole image: platforms are scanned one by one, and what is copied is read again.`,
    );
  return fetchStore(graph, place, { onBytes, signal, onSmallDisk });
}
