import { digestOf } from './digest.ts';
import type { DescriptorJson, ManifestJson, RepositoryContent } from './store.ts';

/** An image, index or artifact, complete, by digest. */
export interface Seed {
  readonly root: { readonly digest: string };
  readonly contents: ReadonlyMap<
    string,
    { readonly bytes: Buffer; readonly mediaType: string; readonly kind: 'blob' | 'manifest' }
  >;
}

const INDEX = 'application/vnd.oci.image.index.v1+json';

/** Puts content into a repository as if it had always been there, listed under the fallback tag of its subject where there is no referrers API. */
export function seedRepository(
  content: RepositoryContent,
  { root, contents }: Seed,
  options: { readonly tag: string | undefined; readonly referrersApi: boolean },
): void {
  for (const [digest, { bytes, mediaType, kind }] of contents) {
    if (kind === 'blob') {
      content.blobs.set(digest, bytes);
      continue;
    }
    const json = JSON.parse(bytes.toString()) as ManifestJson;
    content.manifests.set(digest, { bytes, mediaType, json });
    if (json.subject !== undefined && !options.referrersApi) {
      const size = bytes.length;
      addToFallbackTag(content, json.subject.digest, { mediaType, digest, size, ...describe(json) });
    }
  }
  if (options.tag !== undefined) content.tags.set(options.tag, root.digest);
}

function addToFallbackTag(content: RepositoryContent, subject: string, added: DescriptorJson): void {
  const tag = subject.replace(':', '-');
  const known = content.manifests.get(content.tags.get(tag) ?? '')?.json.manifests ?? [];
  const json = { schemaVersion: 2, mediaType: INDEX, manifests: [...known, added] };
  const bytes = Buffer.from(JSON.stringify(json));
  content.manifests.set(digestOf(bytes), { bytes, mediaType: INDEX, json });
  content.tags.set(tag, digestOf(bytes));
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject */
function describe({ artifactType, config, annotations }: ManifestJson): object {
  const type = artifactType ?? config?.mediaType;
  return {
    ...(type === undefined ? {} : { artifactType: type }),
    ...(annotations === undefined ? {} : { annotations }),
  };
}
