import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type HeldLog, holdLog } from '../steps/held-log.ts';
import { clearRunRoom, openRunRoom, type RunRoom } from '../steps/run-room.ts';
import { prepareScanner, type Scanner } from '../steps/scanner.ts';
import { BlobPool } from '../transfer/blob-pool.ts';
import { createLayout, type Layout } from '../transfer/layout.ts';
import type { PromotePorts } from './ports.ts';
import { type Prepared, prepare } from './prepared.ts';
import type { PromoteRequest } from './request.ts';

/** What of the requests of a run says which tools it needs; any one of them says it for all, save how each is scanned. */
export interface KitRequest
  extends Pick<
    PromoteRequest,
    'key' | 'policy' | 'signingConfig' | 'trustedRoot' | 'sourceAnchor' | 'tools' | 'vexDocuments'
  > {
  /** False when no image of the run is scanned; default what the policy says. */
  readonly scans?: boolean;
}

/** What the images of a run share. It is begun at once and awaited where it is needed, so that tools come while registries answer. */
export interface Kit extends RunRoom {
  /** cosign, and the key that was tried. Always the same promise: a wrong key fails every image. */
  prepared(): Promise<Prepared>;
  /** Tells how far one of them is, and from then on at once. */
  tell(what: 'signer' | 'scanner'): void;
  /** Trivy and its database; undefined for an image whose scan is off. Always the same promise. */
  scanner(mode: PromoteRequest['policy']['scan']['mode']): Promise<Scanner | undefined>;
  readonly blobs: BlobPool;
  /** Shared by the images of the run: what two of them hold is on disk once. */
  readonly layout: Layout;
  /** Directories of its own for one image, in `room` and in `results`: numbered in the order in which they are asked for. */
  openPlaces(): Promise<RunRoom>;
  /** Ends what is still under way, waits for it, and removes everything but the results. */
  close(): Promise<void>;
}

/** Opens it: cosign and the key, and Trivy and its database where anything is scanned, are on their way when this returns. What fails there is thrown by whoever needs it. */
export async function openKit(request: KitRequest, ports: PromotePorts): Promise<Kit> {
  const places = await openRunRoom(ports.workDirectory);
  const { room, results } = places;
  const closing = new AbortController();
  const signal = AbortSignal.any([ports.signal, closing.signal]);
  const begin = <T>(work: (ports: PromotePorts) => Promise<T>): Begun<T> => {
    const log = holdLog(ports.log);
    const ended = work({ ...ports, signal, log });
    // Whoever needs it hears of it.
    ended.catch(() => undefined);
    return { ended, log };
  };
  const preparing = begin((own) => prepare(request, own, room));
  const { scans = request.policy.scan.mode !== 'off' } = request;
  const scanning = scans ? begin((own) => prepareScanner(withScan(request), own, room)) : undefined;
  let images = 0;
  return {
    ...places,
    prepared: () => preparing.ended,
    scanner: async (mode) => (mode === 'off' ? undefined : scanning?.ended),
    tell: (what) => (what === 'signer' ? preparing : scanning)?.log.release(),
    blobs: new BlobPool(),
    layout: await createLayout(join(room, 'layout')),
    async openPlaces() {
      const name = `image-${++images}`;
      const own = { room: join(room, name), results: join(results, name) };
      await Promise.all(Object.values(own).map((directory) => mkdir(directory, { recursive: true })));
      return own;
    },
    async close() {
      closing.abort();
      await Promise.allSettled([preparing.ended, scanning?.ended]);
      await clearRunRoom(places, ports.log);
    },
  };
}

interface Begun<T> {
  readonly ended: Promise<T>;
  readonly log: HeldLog;
}

/** One image that is not scanned does not keep the scanner from the others. */
function withScan(request: KitRequest): KitRequest {
  const { scan } = request.policy;
  return { ...request, policy: { ...request.policy, scan: { ...scan, mode: 'enforce' } } };
}
