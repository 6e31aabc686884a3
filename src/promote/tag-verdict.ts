import type { Digest } from '../image/digest.ts';
import { formatReference, type TagReference } from '../image/reference.ts';
import type { Plan } from '../plan/plan-schema.ts';
import type { Refusal } from '../policy/refusal.ts';
import { judgeTargetTag } from '../policy/tag-state.ts';
import type { PromoteRequest } from './request.ts';
import type { FinishingTag } from './tag-error.ts';

/** What the plan allows for one tag at the commit point. */
export interface TagIntent {
  readonly existingTag: 'refuse' | 'accept-same-digest';
  /** Present for a channel that may move: away from exactly what the plan saw, undefined when that was nothing. */
  readonly channel?: { readonly from: Digest | undefined };
}

/** Whether a tag may be written as it is now. */
export type TagVerdict =
  | { readonly kind: 'write' | 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What the plan allows for this target: only a channel of the policy may ever move, and only where the input says so. */
export function readIntent(target: TagReference, plan: Plan, request: PromoteRequest): TagIntent {
  const name = formatReference(target);
  const planned = plan.targets.find(({ reference }) => reference === name);
  const isChannel = request.existingTag === 'move' && request.policy.targets.channels.includes(target.tag);
  if (isChannel) return { existingTag: 'accept-same-digest', channel: { from: planned?.found as Digest | undefined } };
  const isAccepted = planned?.action === 'keep' || request.existingTag !== 'refuse';
  return { existingTag: isAccepted ? 'accept-same-digest' : 'refuse' };
}

/** With which `existing-tag` another run finishes the tag. */
export function finishingTag({ channel }: TagIntent): FinishingTag {
  return channel === undefined ? 'accept-same-digest' : 'move';
}

/** Decides, right before a tag is written, from what it is at that moment. Absent is free in every case. */
export function judgeTagNow(
  target: TagReference,
  found: Digest | undefined,
  wanted: Digest,
  { existingTag, channel }: TagIntent,
): TagVerdict {
  if (channel !== undefined) {
    if (found === wanted) return { kind: 'unchanged' };
    if (found === undefined || found === channel.from) return { kind: 'write' };
    return { kind: 'refused', refusal: tellMovedBefore(target, found, channel.from) };
  }
  const verdict = judgeTargetTag({ target, found, wanted, existingTag });
  return verdict.kind === 'refused' ? verdict : { kind: verdict.kind === 'unchanged' ? 'unchanged' : 'write' };
}

function tellMovedBefore(target: TagReference, found: Digest, planned: Digest | undefined): Refusal {
  const name = formatReference(target);
  return {
    code: 'TAG_MOVED',
    message: `${name} is ${found} now, and was ${planned ?? 'free'} when this was planned: somebody else wrote it meanwhile.`,
    hint: 'Look who wrote it, then run again: a channel is only moved away from what the plan saw.',
    target: name,
  };
}
