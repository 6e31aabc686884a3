import { INDEX_TYPE, MANIFEST_TYPE } from '../../lab/image/descriptor.ts';
import { digestOf } from '../../lab/registry/digest.ts';
import { type HostileManifest, LAYER_TYPE, madeUpDigest, spoilImage, spoilIndex, spoilText } from './hostile-image.ts';

const FOREIGN = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
const SCHEMA1 = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
const firstLayer = (manifest: Record<string, unknown>) => (manifest.layers as { digest: string }[])[0];
const withData = (data: string) =>
  spoilImage((manifest) => ({ ...manifest, layers: [{ ...firstLayer(manifest), data }] }));
const withPlatform = (platform: object) => spoilIndex((child) => [{ ...child, platform }]);
const isList = { code: 'PROTOCOL', message: /it is an image manifest that also lists manifests/ };

/** Fields that are missing, wrong, or mean two things. */
export const MANIFESTS_OF_SHAPES: readonly HostileManifest[] = [
  {
    name: 'foreign layer with urls',
    says: 'a layer to be had elsewhere, which the registry has too: taken from the registry, its urls are never asked',
    make: () =>
      spoilImage((manifest) => ({
        ...manifest,
        layers: [{ ...firstLayer(manifest), mediaType: FOREIGN, urls: ['http://169.254.169.254/latest/meta-data'] }],
      })),
    ends: { blobs: 2, platforms: ['linux/amd64'] },
  },
  {
    name: 'foreign layer that is only elsewhere',
    says: 'a layer that only its urls have',
    make: () =>
      spoilImage((manifest) => ({
        ...manifest,
        layers: [{ mediaType: FOREIGN, digest: madeUpDigest(1), size: 9, urls: ['http://127.0.0.1:1/layer'] }],
      })),
    ends: { code: 'NOT_FOUND', message: /could not read the blob/ },
  },
  {
    name: 'layer of an unknown type',
    says: 'a layer type nobody knows under an image config: copied and scanned like any other',
    make: () => spoilImage((manifest) => ({ ...manifest, layers: [{ ...firstLayer(manifest), mediaType: 'x/y' }] })),
    ends: { platforms: ['linux/amd64'] },
  },
  {
    name: 'config of an unknown type',
    says: 'filesystem layers under the config of something else: an image all the same, so that it cannot hide from the scan',
    make: () =>
      spoilImage((manifest) => ({ ...manifest, config: { ...(manifest.config as object), mediaType: 'x/y' } })),
    ends: { platforms: ['linux/amd64'], artifacts: 0 },
  },
  {
    name: 'manifest of an unknown type',
    says: 'a mediaType nobody knows',
    make: () =>
      spoilImage((manifest) => ({ ...manifest, mediaType: 'application/vnd.evil.v1+json' }), {
        contentType: 'application/json',
      }),
    ends: { code: 'PROTOCOL', message: /manifest type "application\/vnd\.evil\.v1\+json" is not supported/ },
  },
  {
    name: 'schema 1',
    says: "Docker's first manifest format, which has no digest of its own",
    make: () => ({
      root: JSON.stringify({ schemaVersion: 1, name: 'app', tag: 'latest', fsLayers: [], history: [], signatures: [] }),
      contentType: SCHEMA1,
    }),
    ends: { code: 'PROTOCOL', message: /schemaVersion 1 is not supported/ },
  },
  {
    name: 'schemaVersion that is an object',
    says: 'a value JavaScript cannot make a text of',
    make: () => spoilImage((manifest) => ({ ...manifest, schemaVersion: { toString: null, valueOf: null } })),
    ends: { code: 'PROTOCOL', message: /schemaVersion an object is not supported/ },
  },
  {
    name: 'data that is something else',
    says: 'a descriptor brings content along that its digest is not of: a runtime might run it',
    make: () => withData(Buffer.alloc(1024, 'x').toString('base64')),
    ends: { code: 'PROTOCOL', message: /layers\[0\]\.data is not the content of its digest/ },
  },
  {
    name: 'data that is right',
    says: 'a descriptor brings along just what it describes',
    make: () => withData(Buffer.alloc(1024).toString('base64')),
    ends: { platforms: ['linux/amd64'] },
  },
  {
    name: 'Data',
    says: 'the same under a name that Go takes for data',
    make: () => spoilText((text) => text.replace('"size":1024', '"size":1024,"Data":"eA=="')),
    ends: { code: 'PROTOCOL', message: /has the key "Data"/ },
  },
  {
    name: 'no config',
    says: 'layers and nothing that says what they are',
    make: () => spoilImage(({ config: _, ...manifest }) => manifest),
    ends: { code: 'PROTOCOL', message: /config is not an object/ },
  },
  {
    name: 'config that is not there',
    says: 'a config that the registry does not have',
    make: () =>
      spoilImage((manifest) => ({ ...manifest, config: { ...(manifest.config as object), digest: madeUpDigest(2) } })),
    ends: { code: 'NOT_FOUND', message: /could not read the blob/ },
  },
  {
    name: 'config that is not JSON',
    says: 'a config of other bytes',
    make: () => spoilImage((m) => m, { config: '\x7fELF' }),
    ends: { code: 'IMAGE_UNREADABLE', message: /is not a JSON object/ },
  },
  {
    name: 'config of a million lines of history',
    says: '15 MB of history; the scanner is shown none of it',
    make: () => spoilImage((m) => m, { config: `{"os":"linux","history":[${'{"v":1234567},'.repeat(999_999)}{}]}` }),
    ends: { platforms: ['linux'] },
  },
  {
    name: 'config of 17 MB',
    says: 'more config than is read into memory',
    make: () => spoilImage((m) => m, { config: Buffer.alloc(17_000_000, ' ') }),
    ends: { code: 'IMAGE_UNREADABLE', message: /declared with 17000000 bytes/ },
  },
  {
    name: 'config that nests 100,000 deep',
    says: 'a config to exhaust the stack of whoever writes it out again',
    make: () => spoilImage((m) => m, { config: `{"config":${'['.repeat(100_000)}${']'.repeat(100_000)}}` }),
    ends: { code: 'IMAGE_UNREADABLE', message: /nested too deeply/ },
  },
  {
    name: 'manifest that nests a million deep',
    says: 'a million open brackets in an annotation',
    make: () => spoilText((text) => text.replace('{', `{"annotations":${'['.repeat(1e6)}${']'.repeat(1e6)},`)),
    ends: { code: 'PROTOCOL', message: /it nests deeper than 32/ },
  },
  {
    name: 'subject that is absent',
    says: 'an image that refers to what is not there: it is copied without it',
    make: () =>
      spoilImage((manifest) => ({
        ...manifest,
        subject: { mediaType: MANIFEST_TYPE.oci, digest: madeUpDigest(3), size: 5 },
      })),
    ends: { blobs: 2 },
  },
  {
    name: 'subject that is no descriptor',
    says: 'a subject that is a text',
    make: () => spoilImage((manifest) => ({ ...manifest, subject: 'sha256:abc' })),
    ends: { code: 'PROTOCOL', message: /subject is not an object/ },
  },
  {
    name: 'platform with controls and HTML',
    says: 'an os that moves the cursor, forges a command and brings a script along: on one line, invisible signs marked',
    make: () => withPlatform({ os: 'linux\n::error::x\x1b[2J\u202e', architecture: '<script>alert(1)</script>' }),
    ends: { platforms: ['linux ::error::x\ufffd/<script>alert(1)</script>'] },
  },
  {
    name: 'platform of 1 MB',
    says: 'an os as long as a book',
    make: () => withPlatform({ os: 'linux'.repeat(200_000), architecture: 'amd64' }),
    ends: { code: 'PROTOCOL', message: /platform\.os is longer than 128/ },
  },
  {
    name: 'child for two platforms',
    says: 'one image listed for windows and for linux: judged as both, so that what is excused for one is not for the other',
    make: () =>
      spoilIndex((child) => [
        { ...child, platform: { os: 'windows', architecture: 'amd64' } },
        { ...child, platform: { os: 'linux', architecture: 'amd64' } },
      ]),
    ends: { manifests: 2, platforms: ['windows/amd64', 'linux/amd64'] },
  },
  {
    name: 'image hidden as an attestation',
    says: 'a runnable image for unknown/unknown, where BuildKit files attestations: scanned all the same',
    make: () => withPlatform({ os: 'unknown', architecture: 'unknown' }),
    ends: { platforms: ['unknown/unknown'] },
  },
  {
    name: 'manifests and layers',
    says: 'an index and an image at once: runtimes disagree which',
    make: () => spoilImage((manifest) => ({ ...manifest, manifests: [] })),
    ends: isList,
  },
  {
    name: 'index with a config',
    says: 'the same, called an index',
    make: () => spoilIndex((child) => [child], { config: {} }),
    ends: { code: 'PROTOCOL', message: /it is an index that also has layers or a config/ },
  },
  {
    name: 'type inside and outside',
    says: 'an image by its mediaType, an index by the Content-Type of the registry',
    make: () => spoilImage((manifest) => manifest, { contentType: INDEX_TYPE.oci }),
    ends: { code: 'PROTOCOL', message: /is not the Content-Type/ },
  },
  {
    name: 'digest of 2 MB',
    says: 'a digest made to keep a careless pattern busy for hours',
    make: () =>
      spoilImage((manifest) => ({
        ...manifest,
        layers: [{ mediaType: LAYER_TYPE, digest: 'b.'.repeat(1e6), size: 1 }],
      })),
    ends: { code: 'PROTOCOL', message: /layers\[0\]\.digest is "b\.b\./ },
  },
  {
    name: 'path in a digest',
    says: 'a digest that would be written outside the layout',
    make: () =>
      spoilImage((manifest) => ({
        ...manifest,
        layers: [{ mediaType: LAYER_TYPE, digest: 'sha256:../../../../etc/passwd', size: 1 }],
      })),
    ends: { code: 'PROTOCOL', message: /layers\[0\]\.digest is "sha256:\.\.\// },
  },
  {
    name: 'long Docker-Content-Digest',
    says: 'the registry names 12 kB as the digest of what it sends',
    make: () =>
      spoilImage((manifest) => manifest, { headers: { 'Docker-Content-Digest': 'sha256:'.padEnd(12_000, 'a') } }),
    ends: { code: 'DIGEST_MISMATCH', message: /^.{1,500}$/ },
  },
  {
    name: 'headers of 1 MB',
    says: 'the registry names a megabyte as the digest of what it sends',
    make: () => spoilImage((manifest) => manifest, { headers: { 'Docker-Content-Digest': 'a'.repeat(1_000_000) } }),
    ends: { code: 'UNAVAILABLE', message: /gave no full answer/ },
  },
  {
    name: 'index that lists itself',
    says: 'the registry serves an index under a digest it does not have, so that it could list itself',
    make: () =>
      lie((digest) => ({
        schemaVersion: 2,
        mediaType: INDEX_TYPE.oci,
        manifests: [{ mediaType: INDEX_TYPE.oci, digest, size: 9 }],
      })),
    ends: { code: 'DIGEST_MISMATCH', message: /which is not the digest of the content/ },
  },
  {
    name: 'layer under a wrong digest',
    says: 'a layer of the right size with other bytes',
    make: () => {
      const image = spoilImage((manifest) => manifest);
      const digest = digestOf(Buffer.alloc(1024));
      const wrong = { bytes: Buffer.alloc(1024, 'x'), mediaType: LAYER_TYPE };
      return { ...image, contents: new Map([...(image.contents ?? []), [digest, wrong]]) };
    },
    ends: { code: 'DIGEST_MISMATCH', message: /is not what its digest says/ },
  },
];

/** An index over a child that the registry serves under a digest that is not the child's. */
function lie(make: (digest: string) => object) {
  const digest = madeUpDigest(5);
  const bytes = Buffer.from(JSON.stringify(make(digest)));
  const contents = new Map([[digest, { bytes, mediaType: INDEX_TYPE.oci }]]);
  return { root: bytes, contents };
}
