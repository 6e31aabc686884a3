import type { Digest } from '../image/digest.ts';
import { formatReference, type TagReference } from '../image/reference.ts';
import type { Refusal } from './refusal.ts';

/** What to do when a target tag exists; another digest is refused either way. */
export type ExistingTag = 'refuse' | 'accept-same-digest';

/** A target tag as it was found, and what is wanted of it. */
export interface TargetTag {
  readonly target: TagReference;
  /** Undefined only when the registry said that there is no such tag. */
  readonly found: Digest | undefined;
  readonly wanted: Digest;
  readonly existingTag: ExistingTag;
}

/** `write`: the tag is free; `unchanged`: it is what it should be. */
export type TargetTagVerdict =
  | { readonly kind: 'write' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Decides what becomes of one target tag. */
export function judgeTargetTag({ target, found, wanted, existingTag }: TargetTag): TargetTagVerdict {
  if (found === undefined) return { kind: 'write' };
  const name = formatReference(target);
  if (found !== wanted) {
    return refuse(
      name,
      `${name} exists as ${found}, and the image to promote is ${wanted}.`,
      'Promote to a new tag: a tag that was promoted never changes.',
    );
  }
  if (existingTag === 'accept-same-digest') return { kind: 'unchanged' };
  return refuse(
    name,
    `${name} exists as ${found}, which is the image to promote, ${wanted}.`,
    'Set existing-tag: accept-same-digest to accept it, or promote to a new tag.',
  );
}

function refuse(target: string, message: string, hint: string): TargetTagVerdict {
  return { kind: 'refused', refusal: { code: 'TAG_EXISTS', message, hint, target } };
}
