import { describe, expect, it } from '@jest/globals';
import { makeBundleReferrer } from '../../src/chain/bundle-referrer.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseManifest } from '../../src/image/manifest.ts';
import { OCI_EMPTY, OCI_MANIFEST, SIGSTORE_BUNDLE } from '../../src/image/media-type.ts';

const SUBJECT = { mediaType: OCI_MANIFEST, digest: digestOf('image'), size: 5 };
const BUNDLE = Buffer.from('{"bundle":true}');
const made = makeBundleReferrer(SUBJECT, BUNDLE, 'https://example.test/v1', new Date('2026-01-01T00:00:00Z'));

describe('the referrer of a bundle', () => {
  it('is a manifest as cosign 3 stores one', () => {
    expect(parseManifest(made.manifest, OCI_MANIFEST)).toEqual({
      kind: 'manifest',
      mediaType: OCI_MANIFEST,
      artifactType: SIGSTORE_BUNDLE,
      subject: { ...SUBJECT, annotations: {} },
      config: { mediaType: OCI_EMPTY, digest: digestOf('{}'), size: 2, annotations: {} },
      layers: [{ mediaType: SIGSTORE_BUNDLE, digest: digestOf(BUNDLE), size: BUNDLE.length, annotations: {} }],
      annotations: {
        'dev.sigstore.bundle.content': 'dsse-envelope',
        'dev.sigstore.bundle.predicateType': 'https://example.test/v1',
        'org.opencontainers.image.created': '2026-01-01T00:00:00.000Z',
      },
    });
  });

  it('brings what has to be there before the manifest', () => {
    expect(made.blobs.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['{}', BUNDLE.toString()]);
    for (const { descriptor, bytes } of made.blobs) {
      expect(descriptor).toMatchObject({ digest: digestOf(bytes), size: bytes.length });
    }
  });

  it('describes itself as a fallback index must list it', () => {
    expect(made.descriptor).toEqual({
      mediaType: OCI_MANIFEST,
      digest: digestOf(made.manifest),
      size: made.manifest.length,
      artifactType: SIGSTORE_BUNDLE,
      annotations: parseManifest(made.manifest, OCI_MANIFEST).annotations,
    });
  });

  it('is the same for the same bundle and time', () => {
    const again = makeBundleReferrer(SUBJECT, BUNDLE, 'https://example.test/v1', new Date('2026-01-01T00:00:00Z'));
    expect(again.descriptor.digest).toBe(made.descriptor.digest);
  });
});
