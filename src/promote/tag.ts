import type { Digest } from '../image/digest.ts';
import { formatReference, type TagReference } from '../image/reference.ts';
import type { Refusal } from '../policy/refusal.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import { tellNotStored, tellUncertain, tellUnproven } from './tag-error.ts';
import { lookPatiently, READ_BACK_DELAY_MS } from './tag-look.ts';
import { putTag, type TagContext } from './tag-put.ts';
import { finishingTag } from './tag-verdict.ts';

/** What became of writing one tag: it points at the digest now, or somebody else was there first. */
export type TagWrite =
  | { readonly kind: 'written' | 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** No read-back waits longer than this, in milliseconds, however slow the registry is. */
export const MAX_READ_BACK_DELAY_MS = 10_000;

/** How much slower than our own check and PUT those of another writer may be, and still be seen. */
const SLOWNESS = 3;

/** What writing and proving a tag needs. */
export interface TagProof extends TagContext {
  /** True where nothing is signed: then nothing says of a writer that is slower than we are what it wrote, and none is waited for. */
  readonly readsAtOnce?: boolean;
  /** Looks, once the tag is written, that all is there which hangs on it, and brings back what is not. */
  readonly prove?: () => Promise<unknown>;
}

/**
 * The commit point of a promotion: looks again that the tag is free (a channel: what the plan saw), writes it, and reads it back. The distribution
 * specification has no create-if-absent. So a writer that looked before our write must have written before our
 * read-back: this holds while the others need no longer from check to PUT than D, or three times as long as we did;
 * where the tag is read back at once, than we did.
 */
export async function writeTag(target: TagReference, root: ManifestContent, context: TagProof): Promise<TagWrite> {
  const put = await putTag(target, root, context);
  if (put.kind !== 'written') return put;
  const { found, failure } = await readBack(target, root, context, put.slowest);
  if (found === root.digest) {
    if (failure !== undefined) throw tellUnproven(target, root.digest, failure.cause, finishingTag(context));
    return { kind: 'written' };
  }
  if (found === undefined || found === context.channel?.from) throw tellNotStored(target, found);
  return { kind: 'refused', refusal: tagMoved(target, root.digest, found) };
}

/** What the tag is, and beside that, why what hangs on it could not be proven. */
interface ReadBack {
  readonly found: Digest | undefined;
  readonly failure: { readonly cause: unknown } | undefined;
}

async function readBack(
  target: TagReference,
  root: ManifestContent,
  context: TagProof,
  slowest: number,
): Promise<ReadBack> {
  let proving: Promise<ReadBack['failure']> | undefined;
  try {
    if (context.readsAtOnce !== true) {
      await context.sleep(Math.min(Math.max(READ_BACK_DELAY_MS, SLOWNESS * slowest), MAX_READ_BACK_DELAY_MS));
    }
    // A tag keeps from being collected what hangs on it, but not what went just before.
    proving = context.prove?.().then(
      () => undefined,
      (cause: unknown) => ({ cause }),
    );
    const found = await lookPatiently(target, root, context, context.channel?.from);
    return { found, failure: await proving };
  } catch (cause) {
    await proving;
    throw tellUncertain(target, root.digest, 'was', cause, finishingTag(context));
  }
}

function tagMoved(target: TagReference, wanted: Digest, found: Digest): Refusal {
  return {
    code: 'TAG_MOVED',
    message: `${formatReference(target)} was written as ${wanted}, and is ${found} now: somebody else wrote it at the same time.`,
    hint: 'Let only one pipeline write this tag (a concurrency group), and switch on immutable tags at the registry.',
    target: formatReference(target),
  };
}
