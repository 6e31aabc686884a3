import { describe, expect, it } from '@jest/globals';
import { digestHex, digestOf } from '../../src/image/digest.ts';
import { parseManifest } from '../../src/image/manifest.ts';
import { OCI_MANIFEST } from '../../src/image/media-type.ts';
import { parseRepository } from '../../src/image/reference.ts';
import {
  composeLegacy,
  isLegacyContent,
  legacyLayers,
  legacyTag,
  missingLayers,
} from '../../src/registry/legacy-tags.ts';
import type { ManifestContent } from '../../src/registry/manifest.ts';
import { CONFIG, CONFIG_DIGEST, makeIndex, makeManifest } from './sample-image.ts';

const repository = parseRepository('registry.test/app');
const PAYLOAD = 'application/vnd.dev.cosign.simplesigning.v1+json';

function layer(payload: string, signature: string): object {
  const annotations = { 'dev.cosignproject.cosign/signature': signature };
  return { mediaType: PAYLOAD, size: payload.length, digest: digestOf(payload), annotations };
}

function content(made: ReturnType<typeof makeManifest>): ManifestContent {
  return { ...made, manifest: parseManifest(made.bytes, made.mediaType) };
}

describe('legacyTag', () => {
  it('is the digest with the name of the form', () => {
    const digest = digestOf('image');
    expect(legacyTag(repository, digest, 'att')).toBe(`sha256-${digestHex(digest)}.att`);
  });

  it('does not exist for a digest that is too long to be a tag', () => {
    expect(legacyTag(repository, `sha512:${'a'.repeat(128)}` as never, 'sig')).toBeUndefined();
  });
});

describe('isLegacyContent', () => {
  it.each<[string, boolean, ReturnType<typeof makeManifest>]>([
    ['signatures', true, makeManifest({ layers: [layer('p', 's')] })],
    ['an index', false, makeIndex([])],
    [
      'an image that could be run',
      false,
      makeManifest({
        layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: CONFIG_DIGEST, size: 1 }],
      }),
    ],
  ])('says of %s: %s', (_, expected, made) => {
    expect(isLegacyContent(content(made))).toBe(expected);
  });
});

describe('missingLayers', () => {
  it('tells two signatures over one payload apart, whatever the order of their annotations', () => {
    const [first, second] = [layer('payload', 'of A'), layer('payload', 'of B')];
    const present = legacyLayers(content(makeManifest({ layers: [first] })));
    const wanted = legacyLayers(content(makeManifest({ layers: [second, first] })));
    expect(missingLayers(present, wanted).map(({ written }) => written)).toEqual([second]);
    const annotations = { z: '1', a: '2' };
    const turned = { a: '2', z: '1' };
    const one = legacyLayers(content(makeManifest({ layers: [{ ...first, annotations }] })));
    const other = legacyLayers(content(makeManifest({ layers: [{ ...first, annotations: turned }] })));
    expect(missingLayers(one, other)).toEqual([]);
  });
});

describe('composeLegacy', () => {
  const strange = { ...layer('p1', 'é \u2028'), unknown: { field: 1 } };
  const base = content(makeManifest({ layers: [strange], annotations: { kept: 'yes' } }));
  const added = legacyLayers(content(makeManifest({ layers: [layer('p2', 's2')] })));

  it('has these layers as they were written, and all else of the base', () => {
    const { manifest, config } = composeLegacy(base, [...legacyLayers(base), ...added]);
    const json = JSON.parse(manifest.bytes.toString());
    expect(json.layers).toEqual([strange, layer('p2', 's2')]);
    expect(json.annotations).toEqual({ kept: 'yes' });
    expect(json.config).toMatchObject({ digest: config.descriptor.digest, size: config.bytes.length });
    expect(manifest).toMatchObject({ mediaType: OCI_MANIFEST, digest: digestOf(manifest.bytes) });
  });

  it('has a config that names each layer by its own digest, since they are not compressed', () => {
    const { config } = composeLegacy(base, [...legacyLayers(base), ...added]);
    expect(JSON.parse(config.bytes.toString())).toMatchObject({
      rootfs: { type: 'layers', diff_ids: [digestOf('p1'), digestOf('p2')] },
    });
    expect(config.descriptor.digest).toBe(digestOf(config.bytes));
    expect(Buffer.from(config.bytes)).not.toEqual(CONFIG);
  });
});
