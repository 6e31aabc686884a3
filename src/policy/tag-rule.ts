import { formatReference, type TagReference } from '../image/reference.ts';
import type { EffectivePolicy } from './effective.ts';
import type { Refusal } from './refusal.ts';

/** Refuses forbidden target tags. Case is ignored: registries tell `Latest` from `latest`, but it is just as movable. */
export function judgeTags(
  { targets: { forbidTags }, stated }: EffectivePolicy,
  targets: readonly TagReference[],
): readonly Refusal[] {
  const forbidden = new Set(forbidTags.map((tag) => tag.toLowerCase()));
  const policies = stated['targets.forbidTags'];
  return targets
    .filter(({ tag }) => forbidden.has(tag.toLowerCase()))
    .map((target) => ({
      code: 'TAG_NOT_ALLOWED',
      message: `The target tag ${target.tag} of ${formatReference(target)} is forbidden ${policies === undefined ? 'by default' : `by ${policies.join(' and ')}`}: ${forbidTags.join(', ')}.`,
      hint: 'Promote to a tag that says what it is, such as 1.4.2, or change targets.forbidTags in the policy.',
      target: formatReference(target),
      ...(policies === undefined ? {} : { policies }),
    }));
}
