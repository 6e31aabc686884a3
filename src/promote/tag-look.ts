import { type Digest, matchesDigest } from '../image/digest.ts';
import type { TagReference } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import type { ManifestContent } from '../registry/manifest.ts';

/** D, in milliseconds: check and PUT of a tag should stand within it, and the read-back waits at least as long. */
export const READ_BACK_DELAY_MS = 400;

/** How often a tag that was written is looked for at most: a cache before the registry may still say that it is absent. */
const MAX_LOOKS = 5;

/** What looking at a tag needs. */
export interface LookContext {
  readonly client: RegistryClient;
  /** Milliseconds since any start, of a clock that nobody sets. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** What a tag pointed at, and when the question was sent. */
export interface TagLook {
  readonly found: Digest | undefined;
  readonly from: number;
}

/** Asks what a tag points at now; undefined only when the registry says that there is no such tag. */
export async function lookAtTag(
  target: TagReference,
  root: ManifestContent,
  context: LookContext,
  expected?: 'absent',
): Promise<TagLook> {
  const from = context.now();
  const head = await context.client.headManifest(target.repository, target.tag, 'push', expected);
  const told = recognizeDigest(head?.digest, root);
  const found =
    told === undefined || told === root.digest ? told : await readTagged(target, root, told, context.client);
  return { found, from };
}

/** That a tag is somebody else's rests on its content: a header alone may be wrong. */
export async function readTagged(
  target: TagReference,
  root: ManifestContent,
  told: Digest,
  client: RegistryClient,
): Promise<Digest | undefined> {
  try {
    return recognizeDigest((await client.resolve(target)).digest, root);
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'NOT_FOUND') return told;
    throw error;
  }
}

/** A look that is fresh enough to write upon: an answer that allows it, absent or still `former`, and is older than D, is asked for once more. `last` is one that was taken a moment ago. */
export async function lookFreshly(
  target: TagReference,
  root: ManifestContent,
  context: LookContext,
  former?: Digest,
  last?: TagLook,
): Promise<TagLook> {
  const look = last ?? (await lookAtTag(target, root, context, expectFormer(former)));
  const isFresh = context.now() - look.from <= READ_BACK_DELAY_MS;
  return isFresh || !isBefore(look.found, former) ? look : lookAtTag(target, root, context, expectFormer(former));
}

/** Looks for a tag that should have been written, again after 1, 2, 4 and 8 times D while it is absent, or still what a channel was: `former`. */
export async function lookPatiently(
  target: TagReference,
  root: ManifestContent,
  context: LookContext,
  former?: Digest,
): Promise<Digest | undefined> {
  for (let look = 1; ; look++) {
    const { found } = await lookAtTag(target, root, context);
    if (!isBefore(found, former) || found === root.digest || look >= MAX_LOOKS) return found;
    await context.sleep(READ_BACK_DELAY_MS * 2 ** (look - 1));
  }
}

/** What a tag is taken to be before it is written: a channel mostly is there. */
export function expectFormer(former: Digest | undefined): 'absent' | undefined {
  return former === undefined ? 'absent' : undefined;
}

/** True for what a tag is before it is written. */
function isBefore(found: Digest | undefined, former: Digest | undefined): boolean {
  return found === undefined || found === former;
}

/** The digest of the content when `found` names its very bytes, perhaps by another algorithm; else `found`. */
export function recognizeDigest(
  found: Digest | undefined,
  { digest, bytes }: Pick<ManifestContent, 'digest' | 'bytes'>,
): Digest | undefined {
  return found !== undefined && found !== digest && matchesDigest(bytes, found) ? digest : found;
}
