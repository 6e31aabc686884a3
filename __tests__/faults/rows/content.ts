import { pickPackage } from '../../../lab/database/advisories.ts';
import { buildArtifact, buildReferrer } from '../../../lab/image/artifact.ts';
import { buildIndex } from '../../../lab/image/build-index.ts';
import { type BuiltImage, ContentSet, MANIFEST_TYPE } from '../../../lab/image/descriptor.ts';
import type { Fault } from '../../../lab/registry/faults.ts';
import type { FaultRow } from '../row.ts';
import { AMD64, INDEX, makeImage, type WorldOptions } from '../world.ts';

const AREA = 'Content';
const MET: readonly Fault[] = [{ method: 'GET', path: /manifests\/1$/, before: () => undefined }];
const row = { area: AREA, side: 'source', faults: MET } as const;
const only = (image: BuiltImage): WorldOptions => ({ image, referrers: [], scans: true });
const stays = { ...row, rerunEnds: 'none' } as const;

const vulnerable = makeImage({ packages: [pickPackage('libcritical', 'debian 12', 'vulnerable')] });

/** An image whose manifest is changed after it was built; what it names stays. */
function change(image: BuiltImage, edit: (manifest: Record<string, unknown>) => object): BuiltImage {
  const set = new ContentSet();
  set.addAll(image);
  const manifest = JSON.parse(image.contents.get(image.root.digest)?.bytes.toString() ?? '') as Record<string, unknown>;
  set.contents.delete(image.root.digest);
  const root = set.addManifest({ mediaType: MANIFEST_TYPE.oci, ...edit(manifest) });
  return { root: { ...image.root, ...root }, contents: set.contents };
}

const layersOf = (manifest: Record<string, unknown>) =>
  manifest.layers as { digest: string; size: number; mediaType: string }[];

/** An index around another one, so many times over. */
function nest(image: BuiltImage, times: number): BuiltImage {
  return times === 0 ? image : nest(buildIndex([image]), times - 1);
}

export const CONTENT_ROWS: readonly FaultRow[] = [
  {
    id: 'plain',
    ...row,
    says: 'a single image stays one: it is not wrapped into an index',
    guard: 'plain-stays',
    world: only(AMD64),
    ends: 'promoted',
  },
  {
    id: 'docker-list',
    ...row,
    says: "a list under Docker's media types keeps them",
    guard: 'docker-list-type',
    world: only(
      buildIndex([makeImage({ format: 'docker', platform: { os: 'linux', architecture: 'amd64' } })], {
        format: 'docker',
      }),
    ),
    ends: 'promoted',
  },
  {
    id: 'nested',
    ...row,
    says: 'an index inside an index is followed',
    guard: 'follows-children',
    world: only(nest(INDEX, 2)),
    ends: 'promoted',
  },
  {
    id: 'nested-too-deep',
    ...stays,
    says: 'indexes nested deeper than anyone would',
    guard: 'depth-limit',
    world: only(nest(AMD64, 7)),
    ends: { failed: 'TOO_LARGE' },
  },
  {
    id: 'zstd',
    ...row,
    says: 'layers compressed with zstd',
    guard: 'view-keeps-types',
    world: only(makeImage({ compression: 'zstd' })),
    ends: 'promoted',
  },
  {
    id: 'same-layer-twice',
    ...row,
    says: 'a layer that stands twice in a manifest is read once',
    guard: 'blobs-once',
    world: only(
      change(AMD64, (manifest) => ({ ...manifest, layers: [...layersOf(manifest), ...layersOf(manifest).slice(1)] })),
    ),
    ends: 'promoted',
    findWrong: ({ source }) => (source.log.blobReads().length > 3 ? ['a blob was read twice'] : []),
  },
  {
    id: 'attestations',
    ...row,
    says: "BuildKit's attestations beside the images are carried, and not scanned",
    guard: 'attestation-is-no-image',
    world: only(buildIndex([AMD64], { attestations: true })),
    ends: 'promoted',
  },
  {
    id: 'vulnerable',
    ...stays,
    says: 'an image with a critical vulnerability',
    guard: 'scan-gate',
    world: only(vulnerable),
    ends: { refused: 'VULNERABLE' },
    findWrong: ({ target }) => target.log.uploads().map(({ path }) => `${path} was written`),
  },
  {
    id: 'vulnerable-child',
    ...stays,
    says: 'only the last platform of an index has the vulnerability',
    guard: 'scans-all',
    world: only(buildIndex([AMD64, vulnerable])),
    ends: { refused: 'VULNERABLE' },
  },
  {
    id: 'artifact-in-index',
    ...stays,
    says: 'an index lists something that is no image: nobody has judged it',
    guard: 'artifact-is-incomplete',
    world: only(
      buildIndex([AMD64, buildArtifact({ configType: 'application/x', layerType: 'application/y', layer: 'z' })]),
    ),
    ends: { refused: 'SCAN_INCOMPLETE' },
  },
  {
    id: 'layer-not-readable',
    ...stays,
    says: 'a layer that ends in the middle: nobody can judge it',
    guard: 'unreadable-is-incomplete',
    world: only(
      change(AMD64, (manifest) => ({
        ...manifest,
        layers: layersOf(manifest).map((layer) => ({
          ...layer,
          mediaType: `${layer.mediaType.replace('gzip', 'zstd')}`,
        })),
      })),
    ),
    ends: { refused: 'SCAN_INCOMPLETE' },
  },
  {
    id: 'size-lies',
    ...stays,
    says: 'a manifest gives a layer the wrong size',
    guard: 'announced-size',
    world: only(
      change(AMD64, (manifest) => ({
        ...manifest,
        layers: layersOf(manifest).map((layer) => ({ ...layer, size: layer.size + 1 })),
      })),
    ),
    ends: { failed: 'SIZE_MISMATCH' },
    findWrong: (_world, { outcome }) =>
      String(outcome.error).includes('announces') ? [] : ['the bytes were read before anything was noticed'],
  },
  {
    id: 'size-absurd',
    ...stays,
    says: 'a layer of an exabyte, says the manifest',
    guard: 'size-is-sane',
    world: only(
      change(AMD64, (manifest) => ({
        ...manifest,
        layers: layersOf(manifest).map((layer) => ({ ...layer, size: 1e18 })),
      })),
    ),
    ends: { failed: 'PROTOCOL' },
  },
  {
    id: 'layer-is-gone',
    ...stays,
    says: 'the source has lost a layer',
    guard: 'blob-status',
    world: only(
      change(AMD64, (manifest) => ({
        ...manifest,
        layers: [
          ...layersOf(manifest),
          { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: `sha256:${'1'.repeat(64)}`, size: 10 },
        ],
      })),
    ),
    ends: { failed: 'NOT_FOUND' },
  },
  {
    id: 'look-alike-keys',
    ...stays,
    says: 'a manifest whose keys differ in case only, which a scanner in Go reads otherwise than we do',
    guard: 'look-alike-keys',
    world: only(change(AMD64, (manifest) => ({ ...manifest, LAYERS: [] }))),
    ends: { failed: 'PROTOCOL' },
  },
  {
    id: 'signature-of-sbom',
    ...row,
    says: 'a referrer of a referrer, such as the signature of an SBOM, is carried',
    guard: 'referrers-of-referrers',
    world: sign(),
    ends: 'promoted',
  },
];

function sign(): WorldOptions {
  const sbom = buildReferrer(INDEX.root, { artifactType: 'application/spdx+json', bytes: '{"deep":1}' });
  return {
    referrers: [sbom, buildReferrer(sbom.root, { artifactType: 'application/x-signature', bytes: '{"of":"sbom"}' })],
  };
}
