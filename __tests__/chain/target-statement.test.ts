import { describe, expect, it } from '@jest/globals';
import { makeRecord } from '../../src/chain/record-schema.ts';
import { makeStatement, toDigestSet } from '../../src/chain/statement.ts';
import { readRecord, readVsa, readVuln } from '../../src/chain/target-statement.ts';
import { makeVsa, VSA_PREDICATE } from '../../src/chain/vsa.ts';
import { VULN_PREDICATE } from '../../src/chain/vuln.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { makeSampleRecord } from './evidence-room.ts';

const repository = parseRepository('prod.test/app');
const digest = digestOf('image');
const HERE = { repository, digest };
const ELSEWHERE = { repository: parseRepository('qa.test/app'), digest };
const ANOTHER = { repository, digest: digestOf('another') };

const RECORD = makeRecord(repository, digest, makeSampleRecord());
const VSA = makeVsa({
  ...HERE,
  policies: [],
  inputAttestations: [],
  versions: {},
  verifiedAt: new Date('2026-01-01T00:00:00Z'),
});
const VULN = makeStatement({ name: repository, digest: toDigestSet(digest) }, VULN_PREDICATE, { scanner: {} });

describe.each<[string, typeof readRecord | typeof readVsa | typeof readVuln, object]>([
  ['a record', readRecord, RECORD],
  ['a verification summary', readVsa, VSA],
  ['a scan', readVuln, VULN],
])('%s', (_, read, statement) => {
  it('is read where it is about this repository and digest', () => {
    expect(read(statement, HERE)).toEqual((statement as { predicate: unknown }).predicate);
  });

  it('is none when it was copied along from another repository', () => {
    expect(read(statement, ELSEWHERE)).toBeUndefined();
  });

  it('is none about another digest', () => {
    expect(read(statement, ANOTHER)).toBeUndefined();
  });

  it('is none when the name and the digest are of two subjects', () => {
    const subject = [
      { name: repository, digest: toDigestSet(ANOTHER.digest) },
      { name: ELSEWHERE.repository, digest: toDigestSet(digest) },
    ];
    expect(read({ ...statement, subject }, HERE)).toBeUndefined();
  });

  it.each([[undefined], [null], [7], [[]], [{}]])('is not %j', (other) => {
    expect(read(other, HERE)).toBeUndefined();
    expect(read({ ...statement, predicate: other }, HERE)).toBeUndefined();
  });

  it('is none of another type', () => {
    expect(read({ ...statement, predicateType: 'https://example.test/v1' }, HERE)).toBeUndefined();
  });
});

describe('a verification summary', () => {
  it.each([
    [{ resourceUri: 'oci://qa.test/app' }],
    [{ verifier: { id: 'https://other.test/verifier' } }],
    [{ verificationResult: 'FAILED' }],
  ])('does not count with %j', (more) => {
    expect(VSA.predicateType).toBe(VSA_PREDICATE);
    expect(readVsa({ ...VSA, predicate: { ...VSA.predicate, ...more } }, HERE)).toBeUndefined();
  });
});
