import { isDigest } from './digest.ts';
import { type Call, RegistryError, type Reply, replyJson } from './exchange.ts';
import type { RepositoryContent, StoredManifest } from './store.ts';

const INDEX = 'application/vnd.oci.image.index.v1+json';

/** Tags in lexical order, paged by `n` and `last`; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags */
export function listTags(call: Call, content: RepositoryContent | undefined, repository: string): Reply {
  if (content === undefined) throw new RegistryError(404, 'NAME_UNKNOWN', 'repository name not known to registry');
  const last = call.query.get('last') ?? '';
  const all = [...content.tags.keys()].sort().filter((tag) => tag > last);
  const n = readNumber(call, 'n') ?? all.length;
  const tags = all.slice(0, n);
  const more = tags.length > 0 && tags.length < all.length;
  const next = `/v2/${repository}/tags/list?n=${n}&last=${tags.at(-1)}`;
  return replyJson(200, { name: repository, tags }, more ? { Link: `<${next}>; rel="next"` } : {});
}

/** Manifests whose `subject` is this digest, as an index, `pageSize` at a time; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers */
export function listReferrers(
  call: Call,
  content: RepositoryContent | undefined,
  repository: string,
  digest: string,
  pageSize: number,
): Reply {
  if (!isDigest(digest)) throw new RegistryError(400, 'DIGEST_INVALID', 'invalid digest');
  const wanted = call.query.get('artifactType');
  const all = [...(content?.manifests ?? [])]
    .filter(([, manifest]) => manifest.json.subject?.digest === digest)
    .map(([of, manifest]) => describe(of, manifest))
    .filter((descriptor) => wanted === null || descriptor.artifactType === wanted);
  const from = readNumber(call, 'from') ?? 0;
  const manifests = all.slice(from, from + pageSize);
  const query = new URLSearchParams({
    ...(wanted === null ? {} : { artifactType: wanted }),
    from: `${from + pageSize}`,
  });
  return replyJson(
    200,
    { schemaVersion: 2, mediaType: INDEX, manifests },
    {
      'Content-Type': INDEX,
      ...(wanted === null ? {} : { 'OCI-Filters-Applied': 'artifactType' }),
      ...(all.length > from + pageSize ? { Link: `</v2/${repository}/referrers/${digest}?${query}>; rel="next"` } : {}),
    },
  );
}

function readNumber({ query }: Call, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RegistryError(400, 'PAGINATION_NUMBER_INVALID', `invalid ${name}`);
}

function describe(digest: string, manifest: StoredManifest) {
  const { json } = manifest;
  const artifactType = json.artifactType || json.config?.mediaType; // an empty one counts as missing
  return {
    mediaType: manifest.mediaType,
    digest,
    size: manifest.bytes.length,
    ...(artifactType ? { artifactType } : {}),
    ...(json.annotations === undefined ? {} : { annotations: json.annotations }),
  };
}
