import { join } from 'node:path';
import type { Reference } from '../image/reference.ts';
import { formatReference } from '../image/reference.ts';
import { formatCount } from '../report/format.ts';
import { openCosign } from '../steps/cosign.ts';
import { Notary } from '../steps/notary.ts';
import { clearRunRoom, openRunRoom, type RunRoom } from '../steps/run-room.ts';
import { prepareScanner } from '../steps/scanner.ts';
import { prepareSigner } from '../steps/signer.ts';
import type { AttestContext } from './attest.ts';
import { type ImageOutcome, joinResults, type ScanOutcome } from './outcome.ts';
import type { ScanPorts } from './ports.ts';
import type { ScanRequest } from './request.ts';
import { chooseRenewal } from './same-scan.ts';
import { joinSarif, nameCategories } from './sarif-file.ts';
import { explainEnd, type ImageContext, scanImage } from './scan-image.ts';

/** Scans images, one after the other, and attests each scan that passed. Always returns an outcome; an image that fails does not stop the others. */
export async function scan(request: ScanRequest, ports: ScanPorts): Promise<ScanOutcome> {
  const startedAt = ports.clock();
  const images: ImageOutcome[] = [];
  let signing: AttestContext | undefined;
  const end = (sarifPath?: string, error?: unknown): ScanOutcome => ({
    ...{ images, environment: request.environment, attest: request.attest, sarifPath, error },
    result: error === undefined ? joinResults(images) : 'failed',
    trust: {
      anchor: signing?.notary.anchor,
      publicKey: signing?.signer.publicKey,
      transparencyLog: request.policy.signature.transparencyLog,
      trustedRoot: request.trustedRoot,
    },
    seconds: (ports.clock().getTime() - startedAt.getTime()) / 1000,
  });
  const places = await openRunRoom(ports.workDirectory);
  try {
    signing = await ports.log.group('Prepare', () => prepareSigning(request, ports, places));
    const context = await ports.log.group('Fetch the scanner and its database', () =>
      prepare(request, ports, signing, places),
    );
    await scanAll(context, places, images);
    return end(await joinSarif(images, places.results));
  } catch (error) {
    return end(undefined, explainEnd(error, ports.signal));
  } finally {
    await clearRunRoom(places, ports.log);
  }
}

/** Tries the key, so that a wrong password is found before anything is read. */
async function prepareSigning(
  request: ScanRequest,
  ports: ScanPorts,
  { room }: RunRoom,
): Promise<AttestContext | undefined> {
  if (request.key === undefined) return undefined;
  const signer = await prepareSigner(request, ports, await openCosign(request, ports, room));
  if (signer === undefined) throw new TypeError('a key is there, and nobody who signs with it');
  const { signature, maxAges } = request.policy;
  const notary = new Notary(signer, signature.transparencyLog, undefined);
  return { ...signer, notary, renewAfter: chooseRenewal(maxAges) };
}

async function prepare(
  request: ScanRequest,
  ports: ScanPorts,
  signing: AttestContext | undefined,
  { room }: RunRoom,
): Promise<ImageContext> {
  const scanner = await prepareScanner(request, ports, room);
  if (scanner === undefined) throw new TypeError('a scan that was asked for is never off');
  return { request, ports, scanner, signing };
}

async function scanAll(context: ImageContext, places: RunRoom, images: ImageOutcome[]): Promise<void> {
  const { request, ports } = context;
  const categories = nameCategories(request.images);
  for (const [i, image] of request.images.entries()) {
    const name = `image-${i + 1}`;
    const place = { room: join(places.room, name), results: resultsOf(request.images, places, name) };
    const title = `Scan ${formatReference(image)} (${i + 1} of ${formatCount(request.images.length)})`;
    const category = categories.get(image) ?? image.repository;
    images.push(await ports.log.group(title, () => scanImage(image, context, { ...place, category })));
  }
}

function resultsOf(images: readonly Reference[], { results }: RunRoom, name: string): string {
  return images.length === 1 ? results : join(results, name);
}
