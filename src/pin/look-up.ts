import { mapConcurrently } from '../base/concurrency.ts';
import type { CheckedUse } from '../check/finding.ts';
import { type CheckedImage, Judge } from '../check/judge.ts';
import type { UndecidedImage } from '../check/outcome.ts';
import type { Digest } from '../image/digest.ts';
import { isDigest } from '../image/digest.ts';
import { parseImageName } from '../image/image-name.ts';
import type { Repository } from '../image/reference.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import type { ImageUse } from '../workload/image-use.ts';
import type { ResolvedPlace, WantedPlace } from './decide.ts';
import type { PinPorts } from './ports.ts';

/** Registries asked side by side. */
const CONCURRENT = 16;

/** What the registries say of the tags, each asked for once. */
export interface LookedUp {
  readonly resolved: readonly ResolvedPlace[];
  readonly undecided: readonly UndecidedImage[];
}

/** Looks every distinct tag up once. What the allow-lists do not name is told to the judge, and nobody is asked about it: the file decides where a request would go. */
export async function lookUp(
  places: readonly WantedPlace[],
  policy: EffectivePolicy,
  findings: Judge,
  ports: Pick<PinPorts, 'registry' | 'signal'>,
  now: Date,
): Promise<LookedUp> {
  const names = new Judge({ ...policy, images: { ...policy.images, verify: 'exists', requireDigest: false } }, now);
  const asked = places.flatMap((place) => {
    const use = toCheckedUse(place.use, place.ask ?? joinAsked(place));
    names.judge(use);
    return place.ask === undefined ? [] : [{ place, use }];
  });
  findings.add(names.found.findings.filter(({ rule }) => rule === 'registry-not-allowed'));
  const wanted = new Set(asked.map(({ use }) => keyOf(use.text)));
  const images = names.images.filter((image) => wanted.has(keyOfImage(image)));
  const known = new Map<string, Digest>();
  const undecided: UndecidedImage[] = [];
  await mapConcurrently(images, CONCURRENT, async (image) => {
    const { repository } = image.reference;
    try {
      const head = await ports.registry.headManifest(repository, nameOf(image));
      if (head !== undefined) known.set(keyOfImage(image), head.digest);
      else {
        const { describeMissing } = await import('../check/look-at-registries.ts');
        for (const use of image.uses) findings.tell(use, describeMissing(image), repository);
      }
    } catch (error) {
      ports.signal.throwIfAborted();
      undecided.push({ image: image.name, uses: image.uses, error });
    }
  });
  const refused = new Set(findings.found.findings.map(placeKey));
  const resolved = places.flatMap((place): ResolvedPlace[] => {
    const digest = place.ask === undefined ? place.to.digest : known.get(keyOf(place.ask));
    if (digest === undefined || !isDigest(digest) || refused.has(placeKey(place.use))) return [];
    return [{ ...place, to: { ...place.to, digest } }];
  });
  return { resolved, undecided };
}

/** A place as the rules of check see it, naming another image. */
export function toCheckedUse({ file, line, column, where, usedAt }: ImageUse, text: string): CheckedUse {
  return { file, line, column, where, text, kind: 'reference', alsoAt: usedAt };
}

function joinAsked({ to }: WantedPlace): string {
  return to.digest === undefined ? to.repository : `${to.repository}@${to.digest}`;
}

function nameOf({ reference }: CheckedImage): Parameters<PinPorts['registry']['headManifest']>[1] {
  return reference.kind === 'digest' ? reference.digest : reference.tag;
}

function keyOfImage(image: CheckedImage): string {
  return toKey(image.reference.repository, nameOf(image));
}

function keyOf(text: string): string {
  const { repository, reference } = parseImageName(text);
  return toKey(repository, reference?.kind === 'digest' ? reference.digest : (reference?.tag ?? 'latest'));
}

function toKey(repository: Repository, name: string): string {
  return `${repository} ${name}`;
}

function placeKey({
  file,
  line,
  column,
  where,
}: {
  file: string;
  line: number | undefined;
  column: number | undefined;
  where: string;
}): string {
  return JSON.stringify([file, line, column, where]);
}
