import type { Digest } from '../image/digest.ts';
import { formatReference, type TagReference } from '../image/reference.ts';
import type { Refusal } from './refusal.ts';

/** What to do when a target tag exists; another digest is refused in every case but `move` of a channel. */
export type ExistingTag = 'refuse' | 'accept-same-digest' | 'move';

/** A target tag as it was found, and what is wanted of it. */
export interface TargetTag {
  readonly target: TagReference;
  /** Undefined only when the registry said that there is no such tag. */
  readonly found: Digest | undefined;
  readonly wanted: Digest;
  readonly existingTag: ExistingTag;
  /** The tags that the policy lets move, in its spelling. Without it, none. */
  readonly channels?: readonly string[];
}

/** `write`: the tag is free; `unchanged`: it is what it should be; `move`: it is a channel that leaves `previous`. */
export type TargetTagVerdict =
  | { readonly kind: 'write' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'move'; readonly previous: Digest }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Decides what becomes of one target tag. */
export function judgeTargetTag({ target, found, wanted, existingTag, channels = [] }: TargetTag): TargetTagVerdict {
  if (found === undefined) return { kind: 'write' };
  const name = formatReference(target);
  if (found === wanted) {
    if (existingTag !== 'refuse') return { kind: 'unchanged' };
    return refuse(
      name,
      `${name} exists as ${found}, which is the image to promote, ${wanted}.`,
      'Set existing-tag: accept-same-digest to accept it, or promote to a new tag.',
    );
  }
  const isChannel = channels.includes(target.tag);
  if (isChannel && existingTag === 'move') return { kind: 'move', previous: found };
  return refuse(
    name,
    `${name} exists as ${found}, and the image to promote is ${wanted}.`,
    adviseOther(target.tag, existingTag, channels),
  );
}

function adviseOther(tag: string, existingTag: ExistingTag, channels: readonly string[]): string {
  if (channels.includes(tag)) {
    return `${tag} is a channel of the policy: set existing-tag: move to move it, or promote to a new tag.`;
  }
  const otherwise = 'Promote to a new tag: a tag that was promoted never changes.';
  if (existingTag !== 'move') return otherwise;
  const known = channels.length === 0 ? 'and it names none' : `which are ${channels.join(', ')}`;
  return `existing-tag: move moves only what every policy that speaks of targets names in targets.channels, ${known}. ${otherwise}`;
}

function refuse(target: string, message: string, hint: string): TargetTagVerdict {
  return { kind: 'refused', refusal: { code: 'TAG_EXISTS', message, hint, target } };
}
