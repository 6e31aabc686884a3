import { describe, expect, it } from '@jest/globals';
import type { FoundAttestation } from '../../src/chain/evidence-reader.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseReference, parseRepository } from '../../src/image/reference.ts';
import { acceptRecords, type WantedPromotion } from '../../src/steps/accepted-record.ts';
import { makeSampleStatement, trustKey } from '../verify/fake-evidence.ts';

const REPOSITORY = parseRepository('prod.test/app');
const DIGEST = digestOf('the image');
const TAG = parseReference('prod.test/app:1.0').tag;
const WANTED: WantedPromotion = { repository: REPOSITORY, digest: DIGEST, tag: TAG, environment: undefined };

const found = (statement: unknown): FoundAttestation => ({
  ...{ anchor: trustKey('release'), signer: 'release', form: 'bundle', statement },
});
const judge = (statement: unknown, wanted: Partial<WantedPromotion> = {}) =>
  acceptRecords([found(statement)], { ...WANTED, ...wanted });

describe('a record of a trusted signer', () => {
  it('counts when it is about this repository, digest and tag', () => {
    const { accepted, refused } = judge(makeSampleStatement(REPOSITORY, DIGEST));
    expect([accepted.length, accepted[0]?.signer, refused]).toEqual([1, 'release', []]);
  });

  it.each([
    ['another repository', makeSampleStatement(parseRepository('dev.test/app'), DIGEST), {}],
    ['another digest', makeSampleStatement(REPOSITORY, digestOf('another')), {}],
    ['other tags', makeSampleStatement(REPOSITORY, DIGEST, { targets: ['prod.test/app:2.0'] }), {}],
    [
      'the same tag of another repository',
      makeSampleStatement(REPOSITORY, DIGEST, { targets: ['dev.test/app:1.0'] }),
      {},
    ],
    [
      'another environment',
      makeSampleStatement(REPOSITORY, DIGEST, { environment: 'qa' }),
      { environment: 'production' },
    ],
    ['no environment', makeSampleStatement(REPOSITORY, DIGEST), { environment: 'production' }],
    ['something that is no record', { ...makeSampleStatement(REPOSITORY, DIGEST), predicate: { targets: [] } }, {}],
    ['nothing', undefined, {}],
  ])('does not count when it is about %s, and that is told', (_, statement, wanted) => {
    const { accepted, refused } = judge(statement, wanted);
    expect([accepted, refused]).toEqual([[], [expect.stringMatching(/^The record by release .+\.$/)]]);
  });

  it('counts for any tag when only a digest was named', () => {
    const statement = makeSampleStatement(REPOSITORY, DIGEST, { targets: ['prod.test/app:2.0'] });
    expect(judge(statement, { tag: undefined }).accepted).toHaveLength(1);
  });

  it('comes before older ones', () => {
    const older = makeSampleStatement(REPOSITORY, DIGEST, { finishedAt: '2026-01-01T00:00:00.000Z' });
    const newer = makeSampleStatement(REPOSITORY, DIGEST, { finishedAt: '2026-02-01T00:00:00.000Z' });
    const { accepted } = acceptRecords([found(older), found(newer)], WANTED);
    expect(accepted.map(({ record }) => record.finishedAt.slice(0, 7))).toEqual(['2026-02', '2026-01']);
  });
});
