import type { TagReference } from '../image/reference.ts';
import type { Refusal } from '../policy/refusal.ts';
import { RegistryError } from '../registry/error.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import { chooseDelay, isRetryableFault, isRetryableStatus, type RetryPolicy } from '../registry/transport/retry.ts';
import { tellUncertain } from './tag-error.ts';
import { type LookContext, lookFreshly, lookPatiently, type TagLook } from './tag-look.ts';
import { finishingTag, judgeTagNow, type TagIntent } from './tag-verdict.ts';

/** What writing a tag needs. */
export interface TagContext extends LookContext, TagIntent {
  /** The latest look at the tag; it counts while it is fresh. */
  readonly look?: TagLook | undefined;
  /** Once it fired no PUT is begun; one that was sent is followed to its end. */
  readonly signal: AbortSignal;
}

/** What a PUT came to. `written`: the registry said so, or the tag was seen to be ours; `slowest` is the longest time from a look to the end of the PUT after it, in milliseconds. */
export type TagPut =
  | { readonly kind: 'written'; readonly slowest: number }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Looks that the tag is free, or a channel still what the plan saw, and writes it in one request. A PUT that failed is
 * never just sent again: somebody else may have written and verified the tag meanwhile, so every further one has a look
 * of its own right before it.
 */
export async function putTag(target: TagReference, root: ManifestContent, context: TagContext): Promise<TagPut> {
  const { client, channel, now, signal } = context;
  const { retry } = client.transport;
  const wanted = root.digest;
  const started = now();
  let look = await lookFreshly(target, root, context, channel?.from, context.look);
  const verdict = judgeTagNow(target, look.found, wanted, context);
  if (verdict.kind === 'refused') return verdict;
  if (verdict.kind === 'unchanged') return { kind: 'unchanged' };
  signal.throwIfAborted();
  let slowest = 0;
  let isUncertain = false;
  for (let attempt = 1; ; attempt++) {
    const failure = await send(target, root, context);
    slowest = Math.max(slowest, now() - look.from);
    if (failure === undefined) return { kind: 'written', slowest };
    const isRefused = !mayHaveLanded(failure);
    const delay = chooseDelay(retry, attempt + 1, failure.retryAfter);
    const isInTime = now() - started + delay <= retry.deadline;
    const mayRepeat = attempt < retry.attempts && isInTime && isRetryable(failure);
    if (mayRepeat) await wait(retry, delay, signal);
    try {
      // A refusal after a lost answer is most likely about our own tag, even where a cache does not show it yet.
      if (isUncertain && isRefused && !mayRepeat)
        look = { ...look, found: await lookPatiently(target, root, context, channel?.from) };
      else look = await lookFreshly(target, root, context, channel?.from);
    } catch (cause) {
      throw isUncertain || !isRefused
        ? tellUncertain(target, wanted, 'may have been', cause, finishingTag(context))
        : failure;
    }
    isUncertain ||= !isRefused;
    if (look.found === wanted) return { kind: 'written', slowest };
    const taken = judgeTagNow(target, look.found, wanted, context);
    if (taken.kind === 'refused') return taken;
    if (!mayRepeat || signal.aborted) throw failure;
  }
}

/** One PUT; the error that the registry or the network made of it, undefined when it was taken. */
async function send(
  target: TagReference,
  root: ManifestContent,
  context: TagContext,
): Promise<RegistryError | undefined> {
  try {
    await context.client.putManifest(target.repository, target.tag, root, { replay: false });
    return undefined;
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'DIGEST_MISMATCH') {
      throw error instanceof RegistryError && error.status !== undefined
        ? tellUncertain(target, root.digest, 'may have been', error, finishingTag(context))
        : error;
    }
    return error;
  }
}

async function wait(retry: RetryPolicy, delay: number, signal: AbortSignal): Promise<void> {
  try {
    await retry.sleep(delay, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** A PUT without an answer, or with that of a server in trouble, may have taken effect. */
function mayHaveLanded({ status }: RegistryError): boolean {
  return status === undefined || status >= 500 || status === 408 || status === 499;
}

function isRetryable({ code, status, cause }: RegistryError): boolean {
  return status === undefined ? code === 'UNAVAILABLE' && isRetryableFault(cause) : isRetryableStatus(status);
}
