import { describe, expect, it } from '@jest/globals';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { parseReference } from '../../src/image/reference.ts';
import { PROMOTION_TYPE } from '../../src/policy/predicate-types.ts';
import { findRecordFlaws } from '../../src/policy/record-conditions.ts';
import { DIGEST, makeRecord, SOURCE } from './sample-statements.ts';

const demand = { source: SOURCE, digest: DIGEST, environment: 'qa' };

describe('the record of a former stage', () => {
  it('has the type that we write', () => {
    expect(PROMOTION_TYPE).toBe(RECORD_PREDICATE);
  });

  it('is of this repository, this tag and the environment', () => {
    expect(findRecordFlaws(makeRecord(), demand)).toEqual([]);
    expect(findRecordFlaws(makeRecord({ environment: undefined }), { ...demand, environment: undefined })).toEqual([]);
  });

  it('may say more than we know', () => {
    const gates = [
      { name: 'a', verdict: 'reported', since: 2 },
      { name: 'b', verdict: 'off' },
    ];
    expect(findRecordFlaws(makeRecord({ gates, approvedBy: 'qa' }), demand)).toEqual([]);
  });

  it('is of any tag of the repository where the source is a digest', () => {
    const source = parseReference(`qa.io/shop/web@${DIGEST}`);
    expect(findRecordFlaws(makeRecord(), { ...demand, source })).toEqual([]);
    expect(findRecordFlaws(makeRecord({ targets: ['qa.io/shop/web2:1'] }), { ...demand, source })).toEqual([
      'it approves qa.io/shop/web2:1, not a tag of qa.io/shop/web',
    ]);
  });

  it('is of the tag that stands before a digest', () => {
    const source = parseReference(`qa.io/shop/web:2.0@${DIGEST}`);
    expect(findRecordFlaws(makeRecord(), { ...demand, source })).toEqual([
      'it approves qa.io/shop/web:1.4, qa.io/shop/web:1, not qa.io/shop/web:2.0',
    ]);
  });

  it.each<[string, object, string]>([
    [
      'copied along from another repository',
      makeRecord({}, 'dev.io/shop/web'),
      'it is of dev.io/shop/web, not of qa.io/shop/web',
    ],
    ['of another environment', makeRecord({ environment: 'dev' }), 'its environment is dev, not qa'],
    ['of no environment', makeRecord({ environment: undefined }), 'its environment is not said, not qa'],
    ['of an environment that is no text', makeRecord({ environment: ['qa'] }), 'its environment is not said, not qa'],
    [
      'of another tag',
      makeRecord({ targets: ['qa.io/shop/web:1.40'] }),
      'it approves qa.io/shop/web:1.40, not qa.io/shop/web:1.4',
    ],
    ['of no target', makeRecord({ targets: [] }), 'it approves nothing it names, not qa.io/shop/web:1.4'],
    [
      'whose gate refused',
      makeRecord({ gates: [{ name: 'Scan', verdict: 'refused' }] }),
      'its gate Scan has the verdict refused, not passed, reported or off',
    ],
    ['whose gate says nothing', makeRecord({ gates: [{ verdict: 'off' }, {}] }), 'one of its gates has no verdict'],
    ['whose gate is nothing', makeRecord({ gates: [null] }), 'one of its gates has no verdict'],
    ['whose gate is a text', makeRecord({ gates: ['passed'] }), 'one of its gates has no verdict'],
    ['without gates', makeRecord({ gates: undefined }), 'it has no list of gates'],
    ['whose gates are no list', makeRecord({ gates: { verdict: 'passed' } }), 'it has no list of gates'],
    [
      'of another image',
      makeRecord({ source: { digest: `sha256:${'b'.repeat(64)}` } }),
      `it promoted sha256:${'b'.repeat(64)}, not ${DIGEST}`,
    ],
    ['of no source', makeRecord({ source: undefined }), 'it promoted no digest it names'],
    ['with a target that is no name', makeRecord({ targets: ['qa.io/shop/web:1.4', 7] }), 'not all its targets'],
    ['without an end', makeRecord({ finishedAt: undefined }), 'it does not say plainly when it was finished'],
    ['that ended at no time', makeRecord({ finishedAt: 'today' }), 'it does not say plainly when it was finished'],
    ['whose targets are a text', makeRecord({ targets: 'qa.io/shop/web:1.4' }), 'it approves nothing it names'],
  ])('is none when it is %s', (_, statement, flaw) => {
    const flaws = findRecordFlaws(statement, demand);
    expect(flaws).toHaveLength(1);
    expect(flaws[0]).toContain(flaw);
  });

  it('is none when it has a second subject of another name', () => {
    const record = makeRecord() as { subject: object[] };
    const subject = [...record.subject, { name: 'dev.io/shop/web', digest: {} }];
    expect(findRecordFlaws({ ...record, subject }, demand)).toHaveLength(1);
  });
});
