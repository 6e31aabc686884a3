import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { FindTagged } from '../registry/find-tagged.ts';
import {
  isLegacyContent,
  LEGACY_FORMS,
  type LegacyForm,
  type LegacyLayer,
  legacyLayers,
  legacyTag,
  missingLayers,
} from '../registry/legacy-tags.ts';
import type { ManifestContent } from '../registry/manifest.ts';

/** What cosign 1 or 2 attached to a manifest of the image, in the form of a tag. */
export interface LegacyTag {
  readonly subject: Digest;
  readonly form: LegacyForm;
  readonly content: ManifestContent;
  /** Those of its layers that are carried. */
  readonly layers: readonly LegacyLayer[];
}

/** How something is attached to an image: with a `subject`, or by one of cosign's older tags. */
export type ReferrerForm = 'referrer' | LegacyForm;

/** Something that the source has and that cannot be carried. */
export interface LeftOut {
  readonly subject: Digest;
  readonly form: ReferrerForm;
}

const CONCURRENT_REQUESTS = 6;

/** Finds the `.sig`, `.att` and `.sbom` tags of these manifests, one request each. What has another shape is told of and left out. */
export async function findLegacyTags(
  subjects: readonly Digest[],
  client: RegistryClient,
  repository: Repository,
  findTagged: FindTagged,
): Promise<{ readonly tags: readonly LegacyTag[]; readonly leftOut: readonly LeftOut[] }> {
  const tags: LegacyTag[] = [];
  const leftOut: LeftOut[] = [];
  const wanted = subjects.flatMap((subject) => LEGACY_FORMS.map((form) => ({ subject, form })));
  const found = await mapConcurrently(wanted, CONCURRENT_REQUESTS, ({ subject, form }) => {
    const tag = legacyTag(repository, subject, form);
    return tag === undefined ? Promise.resolve(undefined) : findTagged(tag);
  });
  for (const [i, { subject, form }] of wanted.entries()) {
    const content = found[i];
    if (content === undefined) continue;
    if (isLegacyContent(content)) tags.push({ subject, form, content, layers: legacyLayers(content) });
    else {
      leftOut.push({ subject, form });
      client.transport.log.warning(
        `${repository}:${legacyTag(repository, subject, form)} is not what cosign writes there, and is left out.`,
      );
    }
  }
  return { tags, leftOut };
}

/** How many of the signatures, attestations or SBOMs of a tag are in what a repository has under it. */
export function countLegacy({ form, content, layers }: LegacyTag, found: ManifestContent | undefined): number {
  if (form === 'sbom') return found?.digest === content.digest ? 1 : 0;
  if (found === undefined || !isLegacyContent(found)) return 0;
  return layers.length - missingLayers(legacyLayers(found), layers).length;
}

/** How many there are to carry. */
export function sizeOfLegacy({ form, layers }: LegacyTag): number {
  return form === 'sbom' ? 1 : layers.length;
}
