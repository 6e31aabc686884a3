import { describe, expect, it } from '@jest/globals';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import type { Digest } from '../../src/image/digest.ts';
import { digestOf } from '../../src/image/digest.ts';
import { OCI_MANIFEST } from '../../src/image/media-type.ts';
import { splitFormerRecords } from '../../src/promote/former-records.ts';
import type { LegacyTag } from '../../src/transfer/legacy-tags.ts';
import type { Referrer } from '../../src/transfer/listed-referrer.ts';
import { NO_REFERRERS, type SourceReferrers } from '../../src/transfer/referrers.ts';

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

function attached(referrers: readonly Referrer[], legacy: readonly LegacyTag[] = []): SourceReferrers {
  return { ...NO_REFERRERS, referrers, legacy };
}

const digestsOf = (...referrers: readonly Referrer[]): Digest[] => referrers.map(({ content }) => content.digest);

/** A `.att` tag of attestations of these types, with as many layers. */
function makeAttestations(...types: readonly string[]): LegacyTag {
  const layers = types.map((predicateType, i) => {
    const descriptor = { mediaType: 'application/vnd.dsse.envelope.v1+json', digest: digestOf(`${i}`), size: 2 };
    return { written: descriptor, descriptor: { ...descriptor, annotations: { predicateType } } };
  });
  const { subject, content } = makeReferrer('attestations', {});
  return { subject, form: 'att', content, layers };
}

describe('former records in a .att tag', () => {
  it('are taken out of it, and the other attestations stay', () => {
    const tag = makeAttestations('https://spdx.dev/Document', RECORD_PREDICATE);
    const { carried, former } = splitFormerRecords(attached([], [tag]));
    expect(carried.legacy).toEqual([{ ...tag, layers: tag.layers.slice(0, 1) }]);
    expect(former).toEqual([{ manifest: tag.content.digest, signed: tag.layers[1]?.descriptor }]);
  });

  it('leave no tag behind where there was nothing else', () => {
    expect(splitFormerRecords(attached([], [makeAttestations(RECORD_PREDICATE)])).carried.legacy).toEqual([]);
  });
});

describe('splitFormerRecords', () => {
  it('parts records from what is carried along, and keeps the order of both', () => {
    const type = 'dev.sigstore.bundle.predicateType';
    const record = makeReferrer('record', { [type]: RECORD_PREDICATE });
    const later = makeReferrer('later record', { [type]: RECORD_PREDICATE });
    const sbom = makeReferrer('sbom', { [type]: 'https://spdx.dev/Document' });
    const signature = makeReferrer('signature', {});
    const { carried, former, left } = splitFormerRecords(attached([record, sbom, later, signature]));
    expect(carried.referrers).toEqual([sbom, signature]);
    expect(former.map(({ manifest }) => manifest)).toEqual(digestsOf(record, later));
    expect(left).toBe(0);
  });

  it('does not take a look-alike for a record', () => {
    const type = 'dev.sigstore.bundle.predicateType';
    const lookalike = makeReferrer('other', { [type]: `${RECORD_PREDICATE}x`, [type.toUpperCase()]: RECORD_PREDICATE });
    expect(splitFormerRecords(attached([lookalike]))).toEqual({ carried: attached([lookalike]), former: [], left: 0 });
  });

  it('leaves behind what is too large or too many to be the work of promotions, and counts it', () => {
    const annotations = { 'dev.sigstore.bundle.predicateType': RECORD_PREDICATE };
    const many = Array.from({ length: 25 }, (_, i) => makeReferrer(`record ${i}`, annotations));
    const huge = makeReferrer('huge', annotations, 2_000_000);
    const { carried, former, left } = splitFormerRecords(attached([huge, ...many]));
    expect(carried.referrers).toEqual([]);
    expect(former.map(({ manifest }) => manifest)).toEqual(digestsOf(...many.slice(0, 20)));
    expect(left).toBe(6);
  });
});
