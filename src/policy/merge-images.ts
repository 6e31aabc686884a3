import type { Problem } from '../base/error.ts';
import { endOfDay } from './date.ts';
import { DEFAULT_FORBIDDEN_TAGS } from './defaults.ts';
import type { EffectiveImages } from './effective.ts';
import type { ResolvedPolicy } from './environment.ts';
import type { ImageException } from './image-exceptions.ts';
import { IMAGE_VERIFICATIONS } from './image-rules.ts';
import { readStatements, type StatedValue } from './stated.ts';
import { intersectEntries, pickMode, type Statement, unite } from './strictest.ts';

type Excepted = StatedValue<'images.exceptions'>[number];

/** What workload files may name: of what several policies state for a key, the strictest. */
export function mergeImages(resolved: readonly ResolvedPolicy[]): EffectiveImages {
  const digests = readStatements(resolved, 'images.requireDigest');
  const tags = readStatements(resolved, 'images.forbidTags');
  const wanted = readStatements(resolved, 'images.verify').map(({ value }) => value);
  return {
    allow: readStatements(resolved, 'images.allow').map(({ policy, value }) => ({ policy, patterns: value })),
    requireDigest: digests.length === 0 || digests.some(({ value }) => value),
    forbidTags: tags.length === 0 ? DEFAULT_FORBIDDEN_TAGS : unite(tags),
    verify: IMAGE_VERIFICATIONS.findLast((each) => wanted.includes(each)) ?? 'off',
    scan: pickMode(readStatements(resolved, 'images.scan')) ?? 'off',
    exceptions: intersectExceptions(readStatements(resolved.map(speakForImages), 'images.exceptions')),
  };
}

/** A policy that is content with a signature by its own signers must not lose them to another that asks for promotions: only signers of promotions are asked then. */
export function findImageGaps(resolved: readonly ResolvedPolicy[]): Problem[] {
  if (mergeImages(resolved).verify !== 'promoted') return [];
  const signed = new Set(
    readStatements(resolved, 'images.verify')
      .filter(({ value }) => value === 'signed')
      .map(({ policy }) => policy),
  );
  return resolved
    .filter(({ name, sections }) => signed.has(name) && !sections.signers?.some(({ role }) => role === 'promotion'))
    .map(({ name }) => ({
      where: name,
      message:
        'images.verify: it is signed, another policy makes it promoted, and this one names no signer of that role.',
      fix: `Add a signer with role: promotion to signers in ${name}.`,
    }));
}

/** A policy that speaks of images and makes no exception allows none, whatever another beside it says. */
function speakForImages(policy: ResolvedPolicy): ResolvedPolicy {
  const { images } = policy.sections;
  if (images === undefined) return policy;
  return { ...policy, sections: { ...policy.sections, images: { exceptions: [], ...images } } };
}

/** The exceptions that every policy makes: same image and rule; the earliest day counts. */
function intersectExceptions(lists: readonly Statement<readonly Excepted[]>[]): readonly ImageException[] {
  const common = intersectEntries(lists, (a, b) => (a.image === b.image && a.rule === b.rule ? a : undefined));
  return common.map(({ entry, source }) => ({ ...entry, endsAt: endOfDay(entry.expires) ?? 0, source }));
}
