import { digestOf, hasDigest, isDigest } from './digest.ts';
import { type Call, RegistryError, type Reply, reply } from './exchange.ts';
import type { Route } from './route.ts';
import type { ManifestJson, RepositoryContent, Store } from './store.ts';

/** How the registry treats manifests that are pushed. */
export interface ManifestRules {
  readonly referrersApi: boolean;
  readonly missingContent: 'reject' | 'accept';
  readonly maxManifestBytes: number;
  /** The status that answers a PUT of a tag that exists, also with the same digest; undefined: tags move. */
  readonly immutableStatus: number | undefined;
}

const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** Manifest GET, HEAD, PUT and DELETE by tag or digest; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests */
export function handleManifest(call: Call, store: Store, route: Route, rules: ManifestRules): Reply {
  if (!isDigest(route.reference) && !TAG.test(route.reference)) {
    throw new RegistryError(400, route.reference.includes(':') ? 'DIGEST_INVALID' : 'TAG_INVALID', 'invalid reference');
  }
  if (call.method === 'PUT') return putManifest(call, store, route, rules);
  const content = store.find(route.repository);
  const digest = content?.tags.get(route.reference) ?? route.reference;
  const manifest = content?.manifests.get(digest);
  if (content === undefined || manifest === undefined) {
    throw new RegistryError(404, 'MANIFEST_UNKNOWN', 'manifest unknown to registry');
  }
  switch (call.method) {
    case 'GET':
    case 'HEAD':
      return {
        status: 200,
        headers: { 'Content-Type': manifest.mediaType, 'Docker-Content-Digest': digest },
        body: manifest.bytes,
      };
    default: // DELETE: the route lets no other through
      deleteManifest(content, route.reference);
      return reply(202);
  }
}

function putManifest(call: Call, store: Store, route: Route, rules: ManifestRules): Reply {
  const { reference, repository } = route;
  const bytes = call.body;
  if (bytes.length > rules.maxManifestBytes) throw new RegistryError(413, 'SIZE_INVALID', 'manifest is too large');
  const json = parseManifest(bytes);
  const mediaType = bareType(call.headers['content-type']);
  if (mediaType === '' || (json.mediaType !== undefined && json.mediaType !== mediaType)) {
    throw new RegistryError(400, 'MANIFEST_INVALID', 'Content-Type is not the mediaType of the manifest');
  }
  const content = store.find(repository);
  if (rules.missingContent === 'reject') refuseMissingContent(json, content);
  const digest = isDigest(reference) ? reference : digestOf(bytes);
  if (!hasDigest(bytes, digest)) throw new RegistryError(400, 'DIGEST_INVALID', 'manifest does not have this digest');
  const tags = isDigest(reference) ? readTags(call.query.getAll('tag')) : [reference];
  const immutable = tags.find((tag) => rules.immutableStatus !== undefined && content?.tags.has(tag) === true);
  if (immutable !== undefined) {
    throw new RegistryError(rules.immutableStatus ?? 409, 'TAG_INVALID', `tag ${immutable} exists and is immutable`);
  }
  const target = store.open(repository);
  target.manifests.set(digest, { bytes, mediaType, json });
  for (const tag of tags) target.tags.set(tag, digest);
  return reply(201, {
    Location: `/v2/${repository}/manifests/${digest}`,
    'Docker-Content-Digest': digest,
    ...(tags.length > 0 && isDigest(reference) ? { 'OCI-Tag': tags.join(', ') } : {}),
    ...(rules.referrersApi && json.subject !== undefined ? { 'OCI-Subject': json.subject.digest } : {}),
  });
}

/** Without its parameters, which are to be ignored. */
function bareType(contentType = ''): string {
  return contentType.split(';')[0]?.trim() ?? '';
}

/** The tags a PUT by digest writes as well. */
function readTags(tags: readonly string[]): string[] {
  if (tags.every((tag) => TAG.test(tag))) return [...new Set(tags)];
  throw new RegistryError(400, 'TAG_INVALID', 'invalid tag');
}

function deleteManifest(content: RepositoryContent, reference: string): void {
  if (content.tags.delete(reference)) return;
  content.manifests.delete(reference);
  for (const [tag, digest] of content.tags) if (digest === reference) content.tags.delete(tag);
}

function parseManifest(bytes: Buffer): ManifestJson {
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch {
    // falls through to the refusal
  }
  throw new RegistryError(400, 'MANIFEST_INVALID', 'manifest is not a JSON object');
}

function refuseMissingContent(json: ManifestJson, content: RepositoryContent | undefined): void {
  const blobs = [...(json.config === undefined ? [] : [json.config]), ...(json.layers ?? [])];
  const missing =
    blobs.find((blob) => !isNonDistributable(blob.mediaType) && content?.blobs.has(blob.digest) !== true) ??
    json.manifests?.find((child) => content?.manifests.has(child.digest) !== true);
  if (missing === undefined) return;
  throw new RegistryError(400, 'MANIFEST_BLOB_UNKNOWN', `manifest references ${missing.digest}, unknown to registry`);
}

function isNonDistributable(mediaType: string): boolean {
  return /\.(nondistributable|foreign)\./.test(mediaType);
}
