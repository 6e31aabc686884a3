import { describe, expect, it } from '@jest/globals';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { digestOf } from '../../src/image/digest.ts';
import { OCI_MANIFEST } from '../../src/image/media-type.ts';
import { splitFormerRecords } from '../../src/promote/former-records.ts';
import type { Referrer } from '../../src/transfer/referrers.ts';

function makeReferrer(name: string, annotations: Readonly<Record<string, string>>, bundleBytes = 2): Referrer {
  const digest = digestOf(name);
  const config = { mediaType: 'application/vnd.oci.empty.v1+json', digest, size: 2, annotations: {} };
  const manifest = {
    kind: 'manifest',
    mediaType: OCI_MANIFEST,
    config,
    layers: [{ ...config, size: bundleBytes }],
    annotations,
  } as const;
  const descriptor = { mediaType: OCI_MANIFEST, digest, size: 2, annotations };
  return {
    subject: digestOf('image'),
    descriptor,
    content: { digest, mediaType: OCI_MANIFEST, bytes: new Uint8Array(2), manifest },
  };
}

describe('splitFormerRecords', () => {
  it('parts records from what is carried along, and keeps the order of both', () => {
    const type = 'dev.sigstore.bundle.predicateType';
    const record = makeReferrer('record', { [type]: RECORD_PREDICATE });
    const later = makeReferrer('later record', { [type]: RECORD_PREDICATE });
    const sbom = makeReferrer('sbom', { [type]: 'https://spdx.dev/Document' });
    const signature = makeReferrer('signature', {});
    expect(splitFormerRecords([record, sbom, later, signature])).toEqual({
      carried: [sbom, signature],
      former: [record, later],
      left: 0,
    });
  });

  it('does not take a look-alike for a record', () => {
    const type = 'dev.sigstore.bundle.predicateType';
    const lookalike = makeReferrer('other', { [type]: `${RECORD_PREDICATE}x`, [type.toUpperCase()]: RECORD_PREDICATE });
    expect(splitFormerRecords([lookalike])).toEqual({ carried: [lookalike], former: [], left: 0 });
  });

  it('leaves behind what is too large or too many to be the work of promotions, and counts it', () => {
    const annotations = { 'dev.sigstore.bundle.predicateType': RECORD_PREDICATE };
    const many = Array.from({ length: 25 }, (_, i) => makeReferrer(`record ${i}`, annotations));
    const huge = makeReferrer('huge', annotations, 2_000_000);
    const { carried, former, left } = splitFormerRecords([huge, ...many]);
    expect(carried).toEqual([]);
    expect(former).toEqual(many.slice(0, 20));
    expect(left).toBe(6);
  });
});
