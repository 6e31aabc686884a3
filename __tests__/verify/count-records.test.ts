import { describe, expect, it } from '@jest/globals';
import type { PromotionRecord } from '../../src/chain/record.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseReference } from '../../src/image/reference.ts';
import { countRecords, type FoundRecords } from '../../src/verify/count-records.ts';
import type { PlannedTarget } from '../../src/verify/planned-target.ts';
import { sampleRecord } from '../promote/sample-record.ts';

const PLAN = digestOf('the plan');
const target = parseReference('prod.test/app:1');
if (target.kind !== 'tag') throw new TypeError('a tag');
const WRITTEN: PlannedTarget = {
  ...{ item: 3, shard: '2/4', target, digest: digestOf('the image'), source: 'dev.test/app:1' },
  ...{ environment: undefined, action: 'write', planDigest: PLAN },
};
const KEPT: PlannedTarget = { ...WRITTEN, action: 'keep' };

/** Accepted records of a run: by default all of the same one. */
const accept = (...changes: readonly Partial<PromotionRecord>[]): FoundRecords['accepted'] =>
  changes.map((change) => ({
    record: sampleRecord({ repository: 'acme/shop', runId: '7', ...change }),
    signer: 'the key',
  }));

/** What a command line outside a pipeline leaves out. */
const WITHOUT_RUN = { runId: undefined } as unknown as Partial<PromotionRecord>;

const count = (found: Partial<FoundRecords>, planned = WRITTEN) =>
  countRecords(planned, { accepted: [], refused: [], others: [], strangers: 0, ...found });

describe('the record of a target', () => {
  it('is the one that names the plan of its image', () => {
    const accepted = accept({ planDigest: digestOf('an older plan'), runId: '6' }, { vulnerabilities: { HIGH: 1 } });
    expect(count({ accepted })).toEqual({
      record: {
        ...{ planDigest: PLAN, signer: 'the key', finishedAt: '2026-11-21T10:01:00.000Z' },
        vulnerabilities: { HIGH: 1 },
      },
    });
  });

  it('may lie there twice when shards of one run overlapped: that is one promotion, and is told', () => {
    expect(count({ accepted: accept({ runAttempt: 1 }, { runAttempt: 2 }, {}) })).toMatchObject({
      record: { copies: 2 },
    });
  });

  it('may lie there twice by runs that have no id, as of a command line', () => {
    const accepted = accept(WITHOUT_RUN, WITHOUT_RUN).map((each, i) => ({ ...each, signer: `key ${i}` }));
    const counted = count({ accepted });
    expect(counted).toMatchObject({ record: { copies: 1 } });
    expect(counted).not.toHaveProperty('record.note');
  });

  it.each<[string, readonly Partial<PromotionRecord>[], string]>([
    ['two runs', [{}, { runId: '8', actor: 'bob', vulnerabilities: { LOW: 1 } }], 'acme/shop#7, acme/shop#8'],
    ['two repositories', [{}, { repository: 'acme/other' }], 'acme/shop#7, acme/other#7'],
    ['a run and a command line', [{}, WITHOUT_RUN], 'acme/shop#7, one without an id'],
  ])('may lie there twice by %s of one signer, which is said', (_, changes, runs) => {
    expect(count({ accepted: accept(...changes) })).toMatchObject({
      record: { copies: 1, note: `Carried out by several runs, by the same plan and signer: ${runs}.` },
    });
  });

  it.each<[string, Partial<PromotionRecord>, string]>([
    ['another source', { source: { reference: 'dev.test/app:2', digest: digestOf('other') } }, 'different sources'],
    ['other targets', { targets: ['prod.test/app:1.0', 'prod.test/app:2'] }, 'different targets'],
    ['another environment', { environment: 'production' }, 'different environments'],
  ])('must not be there twice with %s, even by one run and signer', (_, change, what) => {
    expect(count({ accepted: accept({}, change) })).toMatchObject({
      code: 'DUPLICATE_RECORD',
      message: `2 records of this plan, which name ${what}.`,
      hint: expect.any(String),
    });
  });

  it('must not be there twice by different runs and different signers', () => {
    const accepted = accept({}, { runId: '8' }).map((each, i) => ({ ...each, signer: `key ${i}` }));
    expect(count({ accepted })).toMatchObject({
      code: 'DUPLICATE_RECORD',
      message: expect.stringContaining('are by different runs, and not of one signer'),
    });
  });

  it('may be that of an earlier plan only where the tag was there before', () => {
    const accepted = accept({ planDigest: digestOf('an older plan') });
    expect(count({ accepted }, KEPT)).toMatchObject({ record: { planDigest: digestOf('an older plan') } });
    expect(count({ accepted })).toMatchObject({
      code: 'OTHER_PROMOTION',
      message: expect.stringContaining(digestOf('an older plan')),
    });
  });

  it.each<[string, Partial<FoundRecords>, string, string]>([
    ['nothing is there', {}, 'NOT_PROMOTED', 'No promotion record.'],
    [
      'only strangers signed',
      { strangers: 1, others: ['By x'] },
      'UNTRUSTED_SIGNER',
      'No promotion record by a trusted signer. By x.',
    ],
    ['it speaks of something else', { refused: ['It is for qa.'], strangers: 1 }, 'OTHER_PROMOTION', 'It is for qa.'],
  ])('is none when %s', (_, found, code, message) => {
    for (const planned of [WRITTEN, KEPT]) expect(count(found, planned)).toMatchObject({ code, message });
  });
});
