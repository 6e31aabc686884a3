import { mkdir, rm } from 'node:fs/promises';
import { DomainError, describeError } from '../base/error.ts';
import { formatReference, type Reference } from '../image/reference.ts';
import type { RunRoom } from '../steps/run-room.ts';
import { scanRoot } from '../steps/scan-root.ts';
import { makeScanStatement, mayAttest } from '../steps/scan-statement.ts';
import type { Scanner } from '../steps/scanner.ts';
import { isDiskFull, toDiskFull } from '../transfer/disk-full.ts';
import { type AttestContext, attestScan } from './attest.ts';
import type { ImageOutcome } from './outcome.ts';
import type { ScanPorts } from './ports.ts';
import type { ScanRequest } from './request.ts';

/** What scanning each image needs. */
export interface ImageContext {
  readonly request: ScanRequest;
  readonly ports: ScanPorts;
  readonly scanner: Scanner;
  /** Undefined when nothing is attested. */
  readonly signing: AttestContext | undefined;
}

/** Scans one image, and attests the scan when it passed. What cannot be decided about it is its own outcome, and never that of the others. */
export async function scanImage(
  image: Reference,
  context: ImageContext,
  place: RunRoom & { readonly category: string },
): Promise<ImageOutcome> {
  let outcome: ImageOutcome = {
    ...{ image, result: 'failed', digest: undefined, scan: undefined, attestation: undefined, error: undefined },
    ...{ gates: [], refusals: [], notes: [] },
  };
  const learn = (learned: Partial<ImageOutcome>): void => {
    outcome = { ...outcome, ...learned };
  };
  try {
    for (const directory of [place.room, place.results]) await mkdir(directory, { recursive: true });
    await look(image, context, place, learn);
  } catch (error) {
    context.ports.signal.throwIfAborted();
    const told = isDiskFull(error) ? toDiskFull('no space left to write what the scan needs', error) : error;
    context.ports.log.warning(`${formatReference(image)} failed: ${describeError(told)}`);
    learn({ result: 'failed', error: told });
  } finally {
    await rm(place.room, { recursive: true, force: true });
  }
  return outcome;
}

async function look(
  image: Reference,
  { request, ports, scanner, signing }: ImageContext,
  place: RunRoom & { readonly category: string },
  learn: (learned: Partial<ImageOutcome>) => void,
): Promise<void> {
  const { registry: client, log } = ports;
  const { repository } = image;
  const { scan } = request.policy;
  const root = await client.resolve(image);
  learn({ digest: root.digest });
  log.info(`${formatReference(image)} is ${root.digest}`);
  const probe = (): Promise<void> => (signing === undefined ? Promise.resolve() : client.probePush(repository));
  const found = { client, repository, root, category: place.category };
  const judged = await scanRoot(found, scanner, { scan, exceptions: request.exceptions }, ports, place, probe);
  const { summary, gates, refusals, notes } = judged;
  learn({ scan: summary, gates, refusals, notes });
  if (refusals.length > 0) return learn({ result: 'refused' });
  if (signing !== undefined && !mayAttest(scanner, scan, judged)) {
    learn({ notes: [...notes, 'Nothing was attested: what was found would refuse where the scan is enforced.'] });
  } else if (signing !== undefined) {
    const statement = makeScanStatement({ repository, digest: root.digest }, scanner, judged, scan, ports.run);
    learn({ attestation: await attestScan(statement, { repository, root, layout: judged.layout }, signing, ports) });
  }
  learn({ result: 'clean' });
}

/** Who ended the run from outside says why better than the request that was cut off. */
export function explainEnd(error: unknown, { aborted, reason }: AbortSignal): unknown {
  return aborted && reason instanceof DomainError ? reason : error;
}
