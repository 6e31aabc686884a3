import type { Digest } from '../image/digest.ts';
import type { Repository, Tag } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { FindTagged } from '../registry/find-tagged.ts';
import { isLegacyContent, type LegacyLayer, legacyLayers, legacyTag } from '../registry/legacy-tags.ts';
import { describeFlaw, explainFlaw } from './attachment-flaw.ts';
import { MAX_ATTACHED_BYTES, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from './attachment-limits.ts';

/** What there is under a `.sig` or `.att` tag: nothing, layers, or what cosign would not have written there. */
export type LegacyAttachment =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present'; readonly tag: Tag; readonly layers: readonly LegacyLayer[] }
  | { readonly kind: 'flawed'; readonly tag: Tag; readonly reason: string };

/** Looks under the tag that cosign 1 and 2 made of a digest, in one request. Throws when the registry cannot be asked. */
export async function findLegacyAttachment(
  repository: Repository,
  digest: Digest,
  form: 'sig' | 'att',
  findTagged: FindTagged,
): Promise<LegacyAttachment> {
  const tag = legacyTag(repository, digest, form);
  if (tag === undefined) return { kind: 'absent' };
  const flawed = (reason: string): LegacyAttachment => ({ kind: 'flawed', tag, reason });
  try {
    const content = await findTagged(tag);
    if (content === undefined) return { kind: 'absent' };
    if (!isLegacyContent(content)) return flawed(`it is ${content.mediaType} of another kind than cosign writes there`);
    const layers = legacyLayers(content);
    if (layers.length > MAX_ATTACHMENTS) return flawed(`it has more than ${MAX_ATTACHMENTS} layers`);
    const sizes = layers.map(({ descriptor }) => descriptor.size);
    const isHuge = sizes.some((size) => size > MAX_ATTACHMENT_BYTES) || sum(sizes) > MAX_ATTACHED_BYTES;
    return isHuge ? flawed('its layers are too large') : { kind: 'present', tag, layers };
  } catch (error) {
    const reason = describeFlaw(error);
    if (reason === undefined) throw error;
    return flawed(reason);
  }
}

/** Why the layers of a legacy tag cannot be read, in a sentence; undefined when they can. */
export async function explainLayers(
  client: RegistryClient,
  repository: Repository,
  layers: readonly LegacyLayer[],
): Promise<string | undefined> {
  for (const { descriptor } of layers) {
    try {
      await client.readBlob(repository, descriptor, MAX_ATTACHMENT_BYTES);
    } catch (error) {
      const reason = await explainFlaw(error, () => client.hasBlob(repository, descriptor));
      return `its layer ${descriptor.digest} cannot be read: ${reason}`;
    }
  }
  return undefined;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
