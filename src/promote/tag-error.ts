import { DomainError } from '../base/error.ts';
import type { Digest } from '../image/digest.ts';
import { formatReference, type TagReference } from '../image/reference.ts';

/** A tag could neither be written nor be found taken (TAG_NOT_STORED), or it was or may have been written and nobody could look (TAG_UNCERTAIN), or it was written and what proves it is not to be seen (TAG_UNPROVEN). */
export class TagError extends DomainError<'TAG_NOT_STORED' | 'TAG_UNCERTAIN' | 'TAG_UNPROVEN'> {}

/** The `existing-tag` with which another run finishes what this one could not. */
export type FinishingTag = 'accept-same-digest' | 'move';

/** A write whose end could not be seen: after it, "no tag was written" would be a guess. */
export function tellUncertain(
  target: TagReference,
  wanted: Digest,
  certainty: 'was' | 'may have been',
  cause: unknown,
  again: FinishingTag = 'accept-same-digest',
): TagError {
  const name = formatReference(target);
  return new TagError('TAG_UNCERTAIN', `${name} ${certainty} written as ${wanted}, and could not be read back`, {
    cause,
    hint: `Look what ${name} is now. Image and evidence are in place: a run with existing-tag: ${again} finishes it.`,
  });
}

/** A tag that the registry took, and then does not have; or a channel that still is what it was, or is it again. */
export function tellNotStored(target: TagReference, former?: Digest): TagError {
  const name = formatReference(target);
  const what = former === undefined ? 'does not have it' : `shows ${former}, which it was before`;
  return new TagError('TAG_NOT_STORED', `the registry accepted ${name}, and ${what}`, {
    hint: 'Look at the registry: it answers success without storing, or somebody removed the tag or put it back at once.',
  });
}

/** A tag that stands, and whose image or evidence could not be found, or not be put back, after it was written. */
export function tellUnproven(
  target: TagReference,
  wanted: Digest,
  cause: unknown,
  again: FinishingTag = 'accept-same-digest',
): TagError {
  const name = formatReference(target);
  return new TagError('TAG_UNPROVEN', `${name} was written as ${wanted}, and its evidence could not be seen after it`, {
    cause,
    hint: `Run again with existing-tag: ${again}: what is missing is added then.`,
  });
}
