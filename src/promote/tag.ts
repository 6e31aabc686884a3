import { DomainError } from '../base/error.ts';
import type { Digest } from '../image/digest.ts';
import { formatReference, type TagReference } from '../image/reference.ts';
import type { Refusal } from '../policy/refusal.ts';
import { judgeTargetTag } from '../policy/tag-state.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import type { ManifestContent } from '../registry/manifest.ts';

/** A tag could neither be written nor be found taken. */
export class TagError extends DomainError<'TAG_NOT_STORED'> {}

/** What became of writing one tag: it points at the digest now, or somebody else was there first. */
export type TagWrite =
  | { readonly kind: 'written' | 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** How long after its PUT a tag is read back, in milliseconds: a writer that passed its own check within this time is seen. */
export const READ_BACK_DELAY_MS = 400;

/** What writing a tag needs. */
export interface TagContext {
  readonly client: RegistryClient;
  readonly existingTag: 'refuse' | 'accept-same-digest';
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/**
 * The commit point of a promotion: looks again that the tag is free, writes it, and reads it back. The distribution
 * specification has no create-if-absent, so check, PUT and read-back stand close together.
 */
export async function writeTag(target: TagReference, root: ManifestContent, context: TagContext): Promise<TagWrite> {
  const { client, existingTag } = context;
  const { repository, tag } = target;
  const before = await client.headManifest(repository, tag, 'push');
  const verdict = judgeTargetTag({ target, found: before?.digest, wanted: root.digest, existingTag });
  if (verdict.kind === 'refused') return verdict;
  if (verdict.kind === 'unchanged') return verdict;
  try {
    await client.putManifest(repository, tag, root);
  } catch (error) {
    if (!(error instanceof RegistryError) || !['CONFLICT', 'UNAVAILABLE'].includes(error.code)) throw error;
    return lookAfterFailure(target, root.digest, context, error);
  }
  await context.sleep(READ_BACK_DELAY_MS);
  const after = await client.headManifest(repository, tag, 'push');
  if (after?.digest === root.digest) return { kind: 'written' };
  if (after === undefined) {
    throw new TagError('TAG_NOT_STORED', `the registry accepted ${formatReference(target)}, and does not have it`, {
      hint: 'Look at the registry: it answers success without storing, or removes tags at once.',
    });
  }
  return { kind: 'refused', refusal: tagMoved(target, root.digest, after.digest) };
}

/** A registry with immutable tags answers 400, 405, 409 or 412, also to the retry of a PUT whose answer was lost; and one that gave no answer at all may have written the tag. */
async function lookAfterFailure(
  target: TagReference,
  wanted: Digest,
  context: TagContext,
  failure: RegistryError,
): Promise<TagWrite> {
  const found = (await context.client.headManifest(target.repository, target.tag, 'push'))?.digest;
  if (found === undefined) throw failure;
  if (found === wanted) return { kind: 'written' };
  const verdict = judgeTargetTag({ target, found, wanted, existingTag: 'refuse' });
  if (verdict.kind === 'refused') return verdict;
  throw failure;
}

function tagMoved(target: TagReference, wanted: Digest, found: Digest): Refusal {
  return {
    code: 'TAG_MOVED',
    message: `${formatReference(target)} was written as ${wanted}, and is ${found} now: somebody else wrote it at the same time.`,
    hint: 'Let only one pipeline write this tag (a concurrency group), and switch on immutable tags at the registry.',
    target: formatReference(target),
  };
}
