import { ImageError } from '../image/error.ts';
import { type Descriptor, parseDescriptor } from '../image/manifest.ts';
import { OCI_INDEX } from '../image/media-type.ts';
import { parseStrictJson } from '../image/strict-json.ts';

/** One page of the referrers API: what can be referrers, and what cannot, as it stands there, shortened. */
export interface ReferrersPage {
  readonly descriptors: readonly Descriptor[];
  readonly strange: readonly { readonly entry: string; readonly reason: string }[];
}

const MAX_SHOWN = 120;

/** Parses a page; undefined when it is no index. An entry that names no content (Artifactory lists `_uploads`: https://github.com/oras-project/oras/issues/1907) takes nothing from the others. */
export function parseReferrersPage(bytes: Uint8Array): ReferrersPage | undefined {
  const json = parseObject(bytes);
  if (json === undefined || (json.mediaType !== undefined && json.mediaType !== OCI_INDEX)) return undefined;
  // Go writes an empty list as null, as olareg does for a digest without referrers.
  const manifests = json.manifests === null ? [] : json.manifests;
  if (!Array.isArray(manifests)) return undefined;
  const descriptors: Descriptor[] = [];
  const strange: { entry: string; reason: string }[] = [];
  for (const [i, entry] of (manifests as readonly unknown[]).entries()) {
    try {
      descriptors.push(parseDescriptor(entry, `manifests[${i}]`));
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      strange.push({ entry: JSON.stringify(entry).slice(0, MAX_SHOWN), reason: error.message });
    }
  }
  return { descriptors, strange };
}

function parseObject(bytes: Uint8Array): { readonly mediaType?: unknown; readonly manifests?: unknown } | undefined {
  try {
    const json = parseStrictJson(bytes);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
