import { type HeldLog, holdLog } from '../steps/held-log.ts';
import type { Scanner } from '../steps/scanner.ts';
import { totalBytes } from '../transfer/graph.ts';
import { type FetchedImage, startFetch } from './fetch.ts';
import { runScanGates, type ScanGates } from './gates.ts';
import type { Permitted } from './permitted.ts';
import type { Uploads } from './upload.ts';

/** An image that is being read and scanned, while the key is still tried: nothing of it is told, or counts, before somebody asks. */
export interface Reading {
  /** Ends when the image and the scanner are there. */
  readonly fetched: Promise<ReadImage>;
  readonly fetchLog: HeldLog;
  /** What the gates say that need the image's bytes. A platform is scanned as soon as it is there. */
  readonly scanned: Promise<ScanGates>;
  readonly scanLog: HeldLog;
  /** Ends what is still under way, and lets go of what is on disk. */
  close(): Promise<void>;
}

/** What there is once everything was read. */
export interface ReadImage {
  readonly image: FetchedImage;
  readonly scanner: Scanner | undefined;
  /** Blobs that go up meanwhile, where they may. */
  readonly uploads: Uploads;
}

/** Begins that. Bytes that may go to a target early wait until the key was tried. */
export function startReading({ request, ports, journal, kit, places, evidence, decision, graph }: Permitted): Reading {
  const stop = new AbortController();
  const signal = AbortSignal.any([ports.signal, stop.signal]);
  const [fetchLog, scanLog] = [holdLog(ports.log), holdLog(ports.log)];
  const { mode } = request.policy.scan;
  const fetching = graph.then((graph) => {
    journal.bytes = totalBytes(graph);
    const onTouched = (): void => {
      journal.targetTouched = true;
    };
    const context = { graph, decision, kit, signal, onTouched, isReady: kit.prepared() };
    return startFetch(request, context, { ...ports, log: fetchLog });
  });
  const scanned = fetching.then(async ({ store }) => {
    const scanner = await kit.scanner(mode);
    const image = { graph: await graph, store, sboms: evidence.sboms };
    return runScanGates(image, scanner, request, { ...ports, log: scanLog }, places);
  });
  const fetched = fetching.then(async ({ ended, uploads }) => {
    const image = await ended;
    return { image, scanner: await kit.scanner(mode), uploads };
  });
  const uploaded = fetching.then(({ uploads }) => Promise.allSettled(uploads.values()));
  const all = [fetched, scanned, uploaded];
  for (const each of all) each.catch(() => undefined);
  return {
    ...{ fetched, fetchLog, scanned, scanLog },
    async close() {
      stop.abort();
      await Promise.allSettled(all);
      await fetching.then(({ hold }) => hold.release()).catch(() => undefined);
    },
  };
}
