import { runTogether } from '../base/concurrency.ts';
import type { Clock, Log } from '../base/ports.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import { loadGraph } from '../transfer/graph.ts';
import type { Layout } from '../transfer/layout.ts';
import { type JudgedScan, type ScanRules, scanAndJudge } from './scan-gates.ts';
import type { Scanner } from './scanner.ts';
import { openImageLayout, storeImage } from './store-image.ts';

/** An image where it is. */
export interface ScannedRoot {
  readonly client: RegistryClient;
  readonly repository: Repository;
  /** Its manifest or index. */
  readonly root: ManifestContent;
  /** What its alerts are filed under. */
  readonly category: string;
}

/** What scanning an image where it is needs of the world around it. */
export interface ScanRootPorts {
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Reads all of an image once, scans every platform, and judges what was found; `beside` runs while the image is read. The image stays in the layout. */
export async function scanRoot(
  { client, repository, root, category }: ScannedRoot,
  scanner: Scanner,
  rules: ScanRules,
  ports: ScanRootPorts,
  places: { readonly room: string; readonly results: string },
  beside: () => Promise<void> = async () => undefined,
): Promise<JudgedScan & { readonly layout: Layout }> {
  const graph = await loadGraph(root, (digest) => client.getManifest(repository, digest));
  const layout = await openImageLayout(graph, places.room, ports.log);
  const [store] = await runTogether(ports.signal, (signal) => [
    storeImage(graph, { client, repository, layout }, ports, signal),
    beside(),
  ]);
  const subject = { repository, graph, store, category, sboms: new Map() };
  return { ...(await scanAndJudge(subject, scanner, rules, ports, places)), layout };
}
