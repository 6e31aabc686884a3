import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../../lab/image/artifact.ts';
import { buildIndex } from '../../../lab/image/build-index.ts';
import type { BuiltImage, Descriptor } from '../../../lab/image/descriptor.ts';
import { buildImage, listDiffIds } from '../../../lab/image/image.ts';
import { digestOf } from '../../../lab/registry/digest.ts';

interface ManifestJson {
  readonly mediaType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly manifests: readonly Descriptor[];
  readonly subject?: Descriptor;
}

const bytesOf = (image: BuiltImage, digest = image.root.digest): Buffer =>
  image.contents.get(digest)?.bytes ?? Buffer.from('null');
const jsonOf = <T = ManifestJson>(image: BuiltImage, digest?: string): T =>
  JSON.parse(bytesOf(image, digest).toString()) as T;
const layerOf = (image: BuiltImage): Descriptor => jsonOf(image).layers[0] ?? image.root;

describe('buildImage', () => {
  it('gives the same image for the same options', () => {
    const options = { layers: [{ randomBytes: 10_000, seed: 7 }] };
    expect(buildImage(options).root).toEqual(buildImage(options).root);
    expect(buildImage({ layers: [{ randomBytes: 10_000, seed: 8 }] }).root).not.toEqual(buildImage(options).root);
  });

  it('files everything under its own digest, with its true size', () => {
    const image = buildImage({ jars: [{ group: 'g', artifact: 'a', version: '1' }] });
    for (const [digest, { bytes }] of image.contents) expect(digestOf(bytes)).toBe(digest);
    for (const { digest, size } of [image.root, ...jsonOf(image).layers])
      expect(bytesOf(image, digest)).toHaveLength(size);
  });

  it.each([
    ['oci', 'gzip', 'application/vnd.oci.image.layer.v1.tar+gzip', gunzipSync],
    ['oci', 'zstd', 'application/vnd.oci.image.layer.v1.tar+zstd', zstdDecompressSync],
    ['docker', 'gzip', 'application/vnd.docker.image.rootfs.diff.tar.gzip', gunzipSync],
    ['docker', 'none', 'application/vnd.docker.image.rootfs.diff.tar', (bytes: Buffer) => bytes],
  ] as const)('makes %s layers with %s, and diff_ids of what is inside', (format, compression, mediaType, unpack) => {
    const options = { format, compression, packages: [{ name: 'curl', version: '8.0-1' }] };
    const image = buildImage(options);
    const tar = unpack(bytesOf(image, layerOf(image).digest));
    const config = jsonOf<{ rootfs: object; os: string }>(image, jsonOf(image).config.digest);
    expect(layerOf(image).mediaType).toBe(mediaType);
    expect(config).toMatchObject({ os: 'linux', rootfs: { type: 'layers', diff_ids: [digestOf(tar)] } });
    expect(listDiffIds(options)).toEqual([digestOf(tar)]);
    expect(tar.toString()).toContain('Package: curl\n');
  });

  it('can claim diff_ids that are not true', () => {
    const image = buildImage({ claimedDiffIds: [digestOf('victim')] });
    expect(jsonOf<object>(image, jsonOf(image).config.digest)).toMatchObject({
      rootfs: { diff_ids: [digestOf('victim')] },
    });
  });

  it.each([true, false])('can have a foreign layer whose bytes are there: %s', (present) => {
    const urls = ['https://example.test/layer'];
    const image = buildImage({ distribution: 'none', layers: [{ files: { a: 'b' }, foreign: { urls, present } }] });
    expect(layerOf(image)).toMatchObject({ urls, mediaType: expect.stringContaining('nondistributable') });
    expect(image.contents.has(layerOf(image).digest)).toBe(present);
  });
});

describe('buildIndex', () => {
  const children = ['amd64', 'arm64'].map((architecture) => buildImage({ platform: { os: 'linux', architecture } }));

  it('lists its children with their platforms and holds all they need', () => {
    const index = buildIndex(children, { format: 'docker' });
    expect(jsonOf(index).manifests).toEqual(children.map((child) => child.root));
    for (const child of children)
      for (const digest of child.contents.keys()) expect(index.contents.has(digest)).toBe(true);
    expect([...index.contents.keys()].at(-1)).toBe(index.root.digest);
  });

  it('files attestations as BuildKit does', () => {
    const index = buildIndex(children, { attestations: true });
    const [, , first, second, ...rest] = jsonOf(index).manifests;
    expect(rest).toEqual([]);
    expect([first?.platform, second?.annotations]).toEqual([
      { architecture: 'unknown', os: 'unknown' },
      { 'vnd.docker.reference.digest': children[1]?.root.digest, 'vnd.docker.reference.type': 'attestation-manifest' },
    ]);
    expect(jsonOf(index, first?.digest).layers).toMatchObject([{ mediaType: 'application/vnd.in-toto+json' }]);
  });
});

describe('buildReferrer', () => {
  it('names its subject, and nothing but its place', () => {
    const subject = buildImage().root;
    const referrer = buildReferrer(subject, { artifactType: 'application/sbom', bytes: '{}' });
    const { mediaType, digest, size } = subject;
    expect(jsonOf(referrer).subject).toEqual({ mediaType, digest, size });
  });
});
