import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import { formatReference } from '../image/reference.ts';
import type { ImageVerdict } from '../policy/image-reference-rule.ts';
import type { RegistryClient } from '../registry/client.ts';
import { openAllEvidence } from '../steps/all-evidence.ts';
import { openCosign } from '../steps/cosign.ts';
import { clearRunRoom, openRunRoom } from '../steps/run-room.ts';
import { scanRoot } from '../steps/scan-root.ts';
import { prepareScanner, type Scanner } from '../steps/scanner.ts';
import type { ImageDemands } from './demands.ts';
import type { CheckedImage, Judge } from './judge.ts';
import { type EvidenceContext, judgeEvidence } from './judge-evidence.ts';
import type { UndecidedImage } from './outcome.ts';
import type { CheckPorts } from './ports.ts';

/** Images asked about side by side. */
const CONCURRENT_IMAGES = 16;

/** Asks the registry of every image what the policy wants to know of it, and tells the judge. What cannot be decided about one is its own, and never that of the others. */
export async function lookAtRegistries(
  judge: Judge,
  request: ImageDemands,
  ports: CheckPorts,
  now: Date,
): Promise<readonly UndecidedImage[]> {
  const places = await openRunRoom(ports.workDirectory);
  const undecided: UndecidedImage[] = [];
  const attempt = async (image: CheckedImage, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      ports.signal.throwIfAborted();
      undecided.push({ image: image.name, uses: image.uses, error });
      return false;
    }
  };
  try {
    const found = await ports.log.group('Look at the registries', () =>
      findAll(judge, request, ports, places.room, now, attempt),
    );
    if (request.policy.images.scan !== 'off') {
      await scanAll(found, judge, request, ports, places, attempt);
    }
    return undecided;
  } finally {
    await clearRunRoom(places, ports.log);
    // Nothing of a scan outlives the check: its findings are told at their lines.
    await rm(places.room, { recursive: true, force: true });
  }
}

type Attempt = (image: CheckedImage, work: () => Promise<void>) => Promise<boolean>;

/** An image that is there. */
interface FoundImage {
  readonly image: CheckedImage;
  readonly digest: Digest;
}

async function findAll(
  judge: Judge,
  request: ImageDemands,
  ports: CheckPorts,
  room: string,
  now: Date,
  attempt: Attempt,
): Promise<readonly FoundImage[]> {
  const { verify } = request.policy.images;
  const isSigned = verify === 'signed' || verify === 'promoted';
  const found: FoundImage[] = [];
  const find = rememberFinder(ports.registry);
  const cosign = isSigned && judge.images.length > 0 ? await openCosign(request, ports, room) : undefined;
  const evidence = cosign === undefined ? undefined : openAllEvidence(ports.registry, cosign.verifier);
  const context: EvidenceContext | undefined = evidence && {
    ...{ request, now, registry: ports.registry },
    evidenceOf: evidence.evidenceOf,
  };
  try {
    await mapConcurrently(judge.images, CONCURRENT_IMAGES, (image) =>
      attempt(image, async () => {
        const digest = await find(image);
        if (digest === undefined) return tellAll(judge, image, describeMissing(image));
        found.push({ image, digest });
        const verdict = context && (await judgeEvidence(image, digest, context));
        if (verdict !== undefined) tellAll(judge, image, verdict);
      }),
    );
    ports.log.info(`${found.length} of ${judge.images.length} images are there`);
    return found;
  } finally {
    await evidence?.close();
  }
}

/** Asks once for each digest, and once for each tag without one. */
function rememberFinder(registry: RegistryClient): (image: CheckedImage) => Promise<Digest | undefined> {
  const known = new Map<string, Promise<Digest | undefined>>();
  return ({ reference, running }) => {
    const { repository } = reference;
    const wanted = reference.kind === 'digest' ? reference.digest : (running ?? reference.tag);
    const key = `${repository} ${wanted}`;
    const asked = known.get(key) ?? registry.headManifest(repository, wanted).then((head) => head?.digest);
    known.set(key, asked);
    return asked;
  };
}

/** What is wrong with an image that its registry does not have. */
export function describeMissing({ reference, running }: CheckedImage): ImageVerdict {
  const what = reference.kind === 'digest' ? reference.digest : (running ?? `tag ${reference.tag}`);
  return {
    rule: 'digest-not-found',
    message: `Its repository has no ${what}: it cannot be pulled.`,
    hint: 'Name a digest that is there, or promote the image again.',
  };
}

function tellAll(judge: Judge, image: CheckedImage, verdict: ImageVerdict, level?: 'error' | 'warning'): void {
  for (const use of image.uses) judge.tell(use, verdict, image.reference.repository, level);
}

async function scanAll(
  found: readonly FoundImage[],
  judge: Judge,
  request: ImageDemands,
  ports: CheckPorts,
  places: { readonly room: string; readonly results: string },
  attempt: Attempt,
): Promise<void> {
  if (found.length === 0) return;
  const scanner = await ports.log.group('Fetch the scanner and its database', () =>
    prepareScanner(request, ports, places.room),
  );
  if (scanner === undefined) throw new TypeError('a scan that was asked for is never off');
  const groups = Map.groupBy(found, ({ image, digest }) => `${image.reference.repository}@${digest}`);
  for (const [name, same] of groups) {
    const [first] = same;
    if (first === undefined) continue;
    await ports.log.group(`Scan ${name}`, () =>
      attempt(first.image, async () => {
        for (const { verdict, level } of await scanOne(first, scanner, request, ports, places)) {
          for (const { image } of same) tellAll(judge, image, verdict, level);
        }
      }),
    );
  }
}

async function scanOne(
  { image, digest }: FoundImage,
  scanner: Scanner,
  { policy }: ImageDemands,
  ports: CheckPorts,
  places: { readonly room: string; readonly results: string },
): Promise<readonly { readonly verdict: ImageVerdict; readonly level: 'error' | 'warning' }[]> {
  const { repository } = image.reference;
  const room = join(places.room, 'image');
  await mkdir(room, { recursive: true });
  try {
    const root = await ports.registry.getManifest(repository, digest);
    const subject = { client: ports.registry, repository, root, category: repository };
    const rules = { scan: policy.scan, exceptions: [] };
    const { refusals, notes } = await scanRoot(subject, scanner, rules, ports, { room, results: places.results });
    const hint = 'Rebuild the image on what is fixed, promote it, and pin its new digest.';
    const told = refusals.map(({ message, hint: own = hint }) => ({
      verdict: { rule: 'vulnerable' as const, message, hint: own },
      level: 'error' as const,
    }));
    const reported = notes.map((message) => ({
      verdict: { rule: 'vulnerable' as const, message, hint },
      level: 'warning' as const,
    }));
    return [...told, ...reported];
  } finally {
    await rm(room, { recursive: true, force: true });
    ports.log.info(`${formatReference(image.reference)} is scanned`);
  }
}
