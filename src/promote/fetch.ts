import { runTogether } from '../base/concurrency.ts';
import type { Repository } from '../image/reference.ts';
import { prepareScanner, type Scanner } from '../steps/scanner.ts';
import { openImageLayout, storeImage } from '../steps/store-image.ts';
import { type ImageGraph, loadGraph } from '../transfer/graph.ts';
import { fetchReferrers, NO_REFERRERS, type SourceReferrers } from '../transfer/referrers.ts';
import type { ImageStore } from '../transfer/store.ts';
import { describeSource } from './carried.ts';
import type { Facts } from './facts.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';

/** An image that was read: what it is made of, where its bytes are, and what refers to it. */
export interface FetchedImage {
  readonly graph: ImageGraph;
  readonly store: ImageStore;
  readonly referrers: SourceReferrers;
}

/** Everything that is read: each source blob once, the scanner, its database; and the right to push is tried meanwhile. */
export async function fetchAll(
  request: PromoteRequest,
  facts: Facts,
  ports: PromotePorts,
  room: string,
): Promise<{ readonly image: FetchedImage; readonly scanner: Scanner | undefined }> {
  const repositories = [...new Set(request.targets.map((target) => target.repository))];
  const [image, scanner] = await runTogether(ports.signal, (signal) => [
    fetchImage(request, facts, ports, room, signal),
    prepareScanner(request, ports, room),
    request.dryRun ? Promise.resolve() : probeAll(repositories, ports),
  ]);
  return { image, scanner };
}

async function probeAll(repositories: readonly Repository[], ports: PromotePorts): Promise<void> {
  for (const repository of repositories) await ports.target.probePush(repository);
}

async function fetchImage(
  request: PromoteRequest,
  facts: Facts,
  ports: PromotePorts,
  room: string,
  signal: AbortSignal,
): Promise<FetchedImage> {
  const { source: client, log } = ports;
  const { repository } = request.source;
  const graph = await loadGraph(facts.source, (digest) => client.getManifest(repository, digest));
  const layout = await openImageLayout(graph, room, log);
  const [store, referrers] = await runTogether(signal, (signal) => [
    storeImage(graph, { client, repository, layout }, ports, signal),
    request.referrers === 'copy' ? fetchReferrers(graph, client, repository, layout) : Promise.resolve(NO_REFERRERS),
  ]);
  if (request.referrers === 'copy') log.info(`Attached to it: ${describeSource(referrers, graph.root.digest)}`);
  return { graph, store, referrers };
}
