import { type Digest, digestAlgorithm, digestHex, digestOf } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import { OCI_INDEX } from '../image/media-type.ts';
import { parseReference, type Repository, type Tag } from '../image/reference.ts';
import type { ManifestContent } from './manifest.ts';
import type { ManifestUpload } from './manifest-put.ts';

/** The tag that lists a subject's referrers where there is no API; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema */
export function fallbackTag(repository: Repository, subject: Digest): Tag {
  const text = `${repository}:${digestAlgorithm(subject).slice(0, 32)}-${digestHex(subject).slice(0, 64)}`;
  const reference = parseReference(text);
  if (reference.kind === 'digest') throw new TypeError(`${text} is not a tag`);
  return reference.tag;
}

/** True when the fallback tag holds the subject: GitLab takes `sha256-<hex>` for the digest (https://github.com/oras-project/oras-go/issues/1396), and `cosign copy` writes an image there. Its children are no referrers. */
export function isSubjectItself(found: ManifestContent | undefined, subject: Digest): boolean {
  return found?.digest === subject;
}

/** What stands under the fallback tag instead of a list, in a sentence. */
export function describeForeign(repository: Repository, subject: Digest, found: ManifestContent): string {
  return `${repository}:${fallbackTag(repository, subject)} should be an index of referrers but is ${found.mediaType}`;
}

/** Those of `added` that the index does not list yet. */
export function missingFrom(index: ManifestContent | undefined, added: readonly Descriptor[]): readonly Descriptor[] {
  const listed = new Set(index?.manifest.kind === 'index' ? index.manifest.children.map(({ digest }) => digest) : []);
  return added.filter(
    ({ digest }, i) => !listed.has(digest) && added.findIndex((other) => other.digest === digest) === i,
  );
}

/** The index with these entries added. What is there stays as it was written, fields unknown to us included. */
export function addToIndex(index: ManifestContent | undefined, added: readonly Descriptor[]): ManifestUpload {
  const old =
    index === undefined ? {} : (JSON.parse(new TextDecoder().decode(index.bytes)) as { manifests?: unknown[] });
  const manifests = [...(old.manifests ?? []), ...added.map(formatDescriptor)];
  const bytes = Buffer.from(JSON.stringify({ ...old, schemaVersion: 2, mediaType: OCI_INDEX, manifests }));
  return { bytes, mediaType: OCI_INDEX, digest: digestOf(bytes) };
}

function formatDescriptor({ mediaType, digest, size, artifactType, annotations }: Descriptor): object {
  return {
    mediaType,
    digest,
    size,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}
