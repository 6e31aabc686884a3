import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import {
  type Descriptor,
  type ImageManifest,
  isAttestationManifest,
  isContainerImage,
  MAX_MANIFEST_BYTES,
  parseManifest,
} from '../../src/image/manifest.ts';
import {
  DOCKER_LIST,
  DOCKER_MANIFEST,
  OCI_CONFIG,
  OCI_EMPTY,
  OCI_INDEX,
  OCI_MANIFEST,
} from '../../src/image/media-type.ts';

const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const IN_TOTO = 'application/vnd.in-toto+json';
const blob = (mediaType: string, more: object = {}) => ({ mediaType, digest: digestOf(mediaType), size: 7, ...more });
const image = (more: object = {}) => ({
  schemaVersion: 2,
  mediaType: OCI_MANIFEST,
  config: blob(OCI_CONFIG),
  layers: [blob(LAYER)],
  ...more,
});
const index = (more: object = {}) => ({
  schemaVersion: 2,
  mediaType: OCI_INDEX,
  manifests: [blob(OCI_MANIFEST)],
  ...more,
});
const parse = (json: unknown, type?: string) => parseManifest(Buffer.from(JSON.stringify(json)), type);
const without = (json: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(json).filter(([name]) => name !== key));

describe('parseManifest', () => {
  it('reads an image', () => {
    expect(parse(image({ annotations: { a: 'b' } }))).toEqual({
      kind: 'manifest',
      mediaType: OCI_MANIFEST,
      annotations: { a: 'b' },
      config: { ...blob(OCI_CONFIG), annotations: {} },
      layers: [{ ...blob(LAYER), annotations: {} }],
    });
  });

  it('reads an index and what it says of its children', () => {
    const platform = { os: 'linux', architecture: 'arm', variant: 'v7', 'os.version': '1', 'os.features': ['x'] };
    const child = blob(OCI_MANIFEST, { platform, annotations: { a: 'b' }, artifactType: 'a/b', urls: [] });
    expect(parse(index({ manifests: [child] }))).toMatchObject({
      kind: 'index',
      children: [
        {
          digest: child.digest,
          size: 7,
          artifactType: 'a/b',
          annotations: { a: 'b' },
          platform: { os: 'linux', architecture: 'arm', variant: 'v7', osVersion: '1' },
        },
      ],
    });
  });

  it('reads artifact type and subject', () => {
    const subject = blob(OCI_MANIFEST);
    expect(parse(image({ artifactType: 'a/b', subject }))).toMatchObject({
      artifactType: 'a/b',
      subject: { digest: subject.digest },
    });
  });

  it.each([
    [OCI_INDEX, index({ mediaType: OCI_INDEX }), 'index'],
    [DOCKER_LIST, index({ mediaType: DOCKER_LIST }), 'index'],
    [OCI_MANIFEST, image({ mediaType: OCI_MANIFEST }), 'manifest'],
    [DOCKER_MANIFEST, image({ mediaType: DOCKER_MANIFEST }), 'manifest'],
  ])('knows %s, told inside or by the registry', (type, json, kind) => {
    expect(parse(json)).toMatchObject({ kind, mediaType: type });
    expect(parse(without(json, 'mediaType'), `${type}; charset=utf-8`)).toMatchObject({ kind, mediaType: type });
  });

  it('tells an index from an image by its shape where nobody says', () => {
    expect(parse(without(index(), 'mediaType')).kind).toBe('index');
    expect(parse(without(image(), 'mediaType')).kind).toBe('manifest');
  });

  it('takes layers that are absent or null for none', () => {
    expect(parse(image({ layers: null }))).toMatchObject({ layers: [] });
    expect(parse(without(image(), 'layers'))).toMatchObject({ layers: [] });
  });

  it.each([
    ['bytes that are not JSON', 'nope'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['a list', '[]'],
    ['nothing', ''],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseManifest(Buffer.from(bytes), undefined)).toThrow(
      expect.objectContaining({ code: 'INVALID_MANIFEST' }),
    );
  });

  it.each([
    ['an index with layers', index({ layers: [] })],
    ['an index with a config', index({ config: blob(OCI_CONFIG) })],
    ['an image that lists manifests', image({ manifests: [] })],
    ['an image without a config', without(image(), 'config')],
    ['an index without manifests', without(index(), 'manifests')],
    ['a layer without a media type', image({ layers: [without(blob(LAYER), 'mediaType')] })],
    ['a digest that is a path', image({ layers: [blob(LAYER, { digest: 'sha256:../../x' })] })],
    ['a negative size', image({ layers: [blob(LAYER, { size: -1 })] })],
    ['a size that is no integer', image({ layers: [blob(LAYER, { size: 1.5 })] })],
    ['a size that is text', image({ layers: [blob(LAYER, { size: '7' })] })],
    ['a size beyond what can be counted', image({ layers: [blob(LAYER, { size: 2 ** 60 })] })],
    ['a media type that is no text', image({ mediaType: 7 })],
    ['more layers than anybody needs', image({ layers: Array(10_001).fill(blob(LAYER)) })],
    ['a platform that is text', index({ manifests: [blob(OCI_MANIFEST, { platform: 'linux' })] })],
  ])('refuses %s', (_, json) => {
    expect(() => parse(json)).toThrow(expect.objectContaining({ code: 'INVALID_MANIFEST' }));
  });

  it('refuses bytes beyond the limit before it reads them', () => {
    const padded = Buffer.alloc(MAX_MANIFEST_BYTES + 1, ' ');
    expect(() => parseManifest(padded, undefined)).toThrow('more than');
  });

  it('refuses a Content-Type that contradicts the content', () => {
    expect(() => parse(image(), OCI_INDEX)).toThrow('is not the Content-Type');
    expect(parse(image(), 'application/json').kind).toBe('manifest');
  });

  it('refuses what it cannot carry bit for bit, and says what to do', () => {
    const old = { schemaVersion: 1, fsLayers: [] };
    expect(() => parse(old)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_MANIFEST', hint: expect.any(String) }),
    );
    const unknown = image({ mediaType: 'application/vnd.oci.artifact.manifest.v1+json' });
    expect(() => parse(unknown)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_MANIFEST' }));
  });

  it.each([
    ['Layers', image({ Layers: [] })],
    ['LAYERſ, with a long s', image({ layerſ: [] })],
    ['CONFIG', image({ CONFIG: blob(OCI_CONFIG) })],
    ['Manifests', index({ Manifests: [] })],
    ['MediaType', image({ MediaType: OCI_INDEX })],
    ['a Digest in a descriptor', image({ layers: [blob(LAYER, { Digest: digestOf('other') })] })],
    ['an OS in a platform', index({ manifests: [blob(OCI_MANIFEST, { platform: { os: 'linux', OS: 'windows' } })] })],
  ])('refuses the look-alike key %s, which Go would take for the real one', (_, json) => {
    expect(() => parse(json)).toThrow(expect.objectContaining({ code: 'INVALID_MANIFEST' }));
  });

  it('lets unknown keys and annotations be called what they like', () => {
    expect(parse(image({ 'x-vendor': 1, annotations: { Size: '1', LAYERS: '2' } })).annotations).toEqual({
      Size: '1',
      LAYERS: '2',
    });
  });
});

describe('what is wrong in a manifest', () => {
  const nested = JSON.parse('['.repeat(20) + ']'.repeat(20)) as unknown;
  const thing = { toString: null, valueOf: null };

  it.each([
    ['a size that is an object', image({ layers: [{ ...blob(LAYER), size: thing }] }), 'layers[0].size is an object'],
    ['a size that is a list', image({ layers: [{ ...blob(LAYER), size: nested }] }), 'layers[0].size is a list'],
    ['a version that is an object', { ...image(), schemaVersion: thing }, 'schemaVersion an object is not supported'],
    [
      'a digest of a megabyte',
      image({ config: { ...blob(LAYER), digest: 'b.'.repeat(5e5) } }),
      'config.digest is "b.b.',
    ],
    [
      'data of something else',
      image({ layers: [{ ...blob(LAYER), data: 'eA==' }] }),
      'layers[0].data is not the content',
    ],
    [
      'a long os',
      image({ config: { ...blob(LAYER), platform: { os: 'x'.repeat(129) } } }),
      'platform.os is longer than',
    ],
  ])('is told in a few words: %s', (_, json, message) => {
    expect(() => parse(json)).toThrow(message);
    expect(() => parse(json)).toThrow(/^.{1,200}$/);
  });
});

describe('isContainerImage', () => {
  const read = (json: object) => parse(json) as ImageManifest;

  it('goes by the config', () => {
    expect(isContainerImage(read(image({ layers: [] })))).toBe(true);
    expect(isContainerImage(read(image({ config: blob(OCI_EMPTY), layers: [blob('application/wasm')] })))).toBe(false);
  });

  it('goes by the layers too, so that no image hides behind the config of a chart', () => {
    expect(isContainerImage(read(image({ config: blob('application/vnd.cncf.helm.config.v1+json') })))).toBe(true);
  });
});

describe('isAttestationManifest', () => {
  const beside = { ...blob(OCI_MANIFEST), annotations: {}, platform: { os: 'unknown', architecture: 'unknown' } };
  const attestation = parse(image({ layers: [blob(IN_TOTO), blob(IN_TOTO)] })) as ImageManifest;

  it('knows what BuildKit files beside an image', () => {
    expect(isAttestationManifest(beside, attestation)).toBe(true);
  });

  it.each<[string, Descriptor, object]>([
    ['has a filesystem layer', beside, image()],
    ['has one filesystem layer among attestations', beside, image({ layers: [blob(IN_TOTO), blob(LAYER)] })],
    ['has no layer at all', beside, image({ layers: [] })],
    [
      'claims a platform',
      { ...beside, platform: { os: 'linux', architecture: 'amd64' } },
      image({ layers: [blob(IN_TOTO)] }),
    ],
    [
      'claims half a platform',
      { ...beside, platform: { os: 'linux', architecture: 'unknown' } },
      image({ layers: [blob(IN_TOTO)] }),
    ],
  ])('is not fooled by what %s', (_, descriptor, json) => {
    expect(isAttestationManifest(descriptor, parse(json) as ImageManifest)).toBe(false);
  });
});
