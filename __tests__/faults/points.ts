import type { Point } from './point.ts';
import { AMD64, INDEX, SBOM, WITH_TOKENS, WITHOUT_API } from './world.ts';

const known = [...INDEX.contents, ...SBOM.contents].flatMap(([digest, { kind }]) =>
  kind === 'manifest' ? [digest] : [],
);
/** A manifest of the target that is none of the source's: our signature or record. */
const EVIDENCE = new RegExp(`^/v2/prod/web/manifests/sha256:(?!${known.map((digest) => digest.slice(7)).join('|')})`);
const at = (path: string): RegExp => new RegExp(`^/v2/${path}`);
const [CONFIG, LAYER] = [...AMD64.contents].flatMap(([digest, { kind }]) => (kind === 'blob' ? [digest] : []));
const FALLBACK = INDEX.root.digest.replace(':', '-');

const request = { carries: 'nothing', repeats: 'request' } as const;
const content = { method: 'GET', carries: 'content', repeats: 'request' } as const;
const json = { method: 'GET', carries: 'json', repeats: 'request' } as const;
const source = { side: 'source' } as const;
const target = { side: 'target' } as const;
const databases = { side: 'databases', world: { scans: true } } as const;

const SOURCE_POINTS: readonly Point[] = [
  { id: 'source-ping', says: 'the first contact', ...source, ...json, path: at('$'), carries: 'nothing' },
  {
    id: 'source-token',
    says: 'the token request',
    ...source,
    ...json,
    path: /^\/token/,
    world: { source: WITH_TOKENS },
  },
  { id: 'source-tag', says: 'the read of the tag', ...source, ...content, path: at('dev/web/manifests/1$') },
  {
    id: 'child',
    says: 'the read of a child manifest',
    ...source,
    ...content,
    path: at(`dev/web/manifests/${AMD64.root.digest}`),
  },
  { id: 'config', says: 'the read of a config', ...source, ...content, path: at(`dev/web/blobs/${CONFIG}`) },
  { id: 'layer', says: 'the read of a layer', ...source, ...content, path: at(`dev/web/blobs/${LAYER}`) },
  {
    id: 'source-referrers',
    says: 'the list of referrers',
    ...source,
    ...json,
    path: at(`dev/web/referrers/${INDEX.root.digest}$`),
  },
  {
    id: 'source-fallback',
    says: 'the read of the fallback tag',
    ...source,
    ...json,
    path: at(`dev/web/manifests/${FALLBACK}$`),
    world: { source: WITHOUT_API },
  },
  {
    id: 'referrer',
    says: "the read of a referrer's manifest",
    ...source,
    ...content,
    path: at(`dev/web/manifests/${SBOM.root.digest}`),
  },
  {
    id: 'referrer-blob',
    says: "the read of a referrer's content",
    ...source,
    ...content,
    path: at(`dev/web/blobs/${blobOf(SBOM)}`),
  },
];

const DATABASE_POINTS: readonly Point[] = [
  { id: 'database-ping', says: 'the first contact', ...databases, ...json, path: at('$'), carries: 'nothing' },
  {
    id: 'database-manifest',
    says: "the read of the database's manifest",
    ...databases,
    ...content,
    path: at('mirror/trivy-db/manifests/'),
  },
  {
    id: 'database',
    says: 'the read of the database',
    ...databases,
    ...content,
    path: at('mirror/trivy-db/blobs/'),
  },
];

const TARGET_POINTS: readonly Point[] = [
  { id: 'target-ping', says: 'the first contact', ...target, ...json, path: at('$'), carries: 'nothing' },
  {
    id: 'target-token',
    says: 'the token request',
    ...target,
    ...json,
    path: /^\/token/,
    world: { target: WITH_TOKENS },
  },
  {
    id: 'tag-look',
    says: 'the first look at the tag',
    ...target,
    ...request,
    method: 'HEAD',
    path: at('prod/web/manifests/1$'),
  },
  {
    id: 'probe',
    says: 'the trial of the right to push',
    ...target,
    ...request,
    method: 'POST',
    path: at('prod/web/blobs/uploads/$'),
  },
  {
    id: 'probe-end',
    says: 'the end of that trial',
    ...target,
    ...request,
    method: 'DELETE',
    path: at('prod/web/blobs/uploads/'),
    repeats: 'never',
  },
  {
    id: 'present-look',
    says: 'the look whether an earlier run left the image',
    ...target,
    ...request,
    method: 'HEAD',
    path: at(`prod/web/manifests/${INDEX.root.digest}`),
  },
  { id: 'blob-look', says: 'the look for a blob', ...target, ...request, method: 'HEAD', path: at('prod/web/blobs/') },
  {
    id: 'mount',
    says: 'a mount',
    ...target,
    ...request,
    method: 'POST',
    path: /[?&]mount=/,
    world: { oneRegistry: true },
  },
  {
    id: 'upload-start',
    says: 'the start of an upload',
    ...target,
    ...request,
    method: 'POST',
    path: at('prod/web/blobs/uploads/$'),
    skip: 1,
  },
  {
    id: 'upload',
    says: "an upload's bytes",
    ...target,
    ...request,
    method: 'PATCH',
    path: at('prod/web/blobs/uploads/'),
    repeats: 'upload',
  },
  {
    id: 'upload-end',
    says: 'the end of an upload',
    ...target,
    ...request,
    method: 'PUT',
    path: at('prod/web/blobs/uploads/'),
    repeats: 'upload',
  },
  {
    id: 'child-write',
    says: 'the write of a child manifest',
    ...target,
    ...request,
    method: 'PUT',
    path: at(`prod/web/manifests/${AMD64.root.digest}`),
  },
  {
    id: 'root-write',
    says: 'the write of the index',
    ...target,
    ...request,
    method: 'PUT',
    path: at(`prod/web/manifests/${INDEX.root.digest}`),
  },
  {
    id: 'present-list',
    says: 'the list of what an earlier run left attached',
    ...target,
    ...json,
    path: at('prod/web/referrers/'),
  },
  {
    id: 'referrer-write',
    says: 'the write of a referrer',
    ...target,
    ...request,
    method: 'PUT',
    path: at(`prod/web/manifests/${SBOM.root.digest}`),
  },
  { id: 'evidence-write', says: 'the write of our signature', ...target, ...request, method: 'PUT', path: EVIDENCE },
  {
    id: 'fallback-read',
    says: 'the read of the fallback tag',
    ...target,
    ...json,
    path: at(`prod/web/manifests/${FALLBACK}$`),
    skip: 1,
    world: { target: WITHOUT_API },
  },
  {
    id: 'fallback-write',
    says: 'the write of the fallback tag',
    ...target,
    ...request,
    method: 'PUT',
    path: at(`prod/web/manifests/${FALLBACK}$`),
    world: { target: WITHOUT_API },
  },
  {
    id: 'root-check',
    says: 'the read of the index that was written',
    ...target,
    ...content,
    path: at(`prod/web/manifests/${INDEX.root.digest}`),
    skip: 1,
  },
  {
    id: 'verify-list',
    says: 'the list of referrers that cosign asks for',
    ...target,
    ...json,
    path: at('prod/web/referrers/'),
    skip: 1,
  },
  {
    id: 'verify-manifest',
    says: 'the read of the signature that cosign asks for',
    ...target,
    ...content,
    path: EVIDENCE,
  },
  {
    id: 'verify-blob',
    says: 'the read of the bundle that cosign asks for',
    ...target,
    ...content,
    path: at('prod/web/blobs/'),
  },
  {
    id: 'last-look',
    says: 'the look for what was collected',
    ...target,
    ...request,
    method: 'HEAD',
    path: at('prod/web/manifests/sha256:'),
    skip: 1,
  },
  {
    id: 'tag-check',
    says: 'the last look before the tag',
    ...target,
    ...request,
    method: 'HEAD',
    path: at('prod/web/manifests/1$'),
    skip: 1,
  },
  {
    id: 'tag-write',
    says: 'the write of the tag',
    ...target,
    ...request,
    method: 'PUT',
    path: at('prod/web/manifests/1$'),
    repeats: 'tag',
  },
  {
    id: 'tag-read',
    says: 'the read-back of the tag',
    ...target,
    ...request,
    method: 'HEAD',
    path: at('prod/web/manifests/1$'),
    afterPut: at('prod/web/manifests/1$'),
  },
];

/** Every kind of request that a promotion makes, in order. */
export const POINTS: readonly Point[] = [...SOURCE_POINTS, ...DATABASE_POINTS, ...TARGET_POINTS];

function blobOf({ root, contents }: typeof SBOM): string {
  const manifest = JSON.parse(contents.get(root.digest)?.bytes.toString() ?? '') as { layers: { digest: string }[] };
  return manifest.layers[0]?.digest ?? '';
}
