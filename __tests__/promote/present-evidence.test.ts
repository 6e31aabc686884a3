import { describe, expect, it } from '@jest/globals';
import { type PromotionRecord, RECORD_PREDICATE } from '../../src/chain/record.ts';
import { makeRecord } from '../../src/chain/record-schema.ts';
import type { Statement } from '../../src/chain/statement.ts';
import { makeVsa, VSA_PREDICATE, type VsaPredicate } from '../../src/chain/vsa.ts';
import { VULN_PREDICATE } from '../../src/chain/vuln.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { decideMissing } from '../../src/promote/present-evidence.ts';
import type { WantedEvidence } from '../../src/promote/wanted-evidence.ts';
import { NOW } from './fake-ports.ts';
import { parseTarget } from './sample-outcome.ts';
import { sampleRecord } from './sample-record.ts';

const REPOSITORY = parseRepository('prod.test/app');
const ROOT = digestOf('the image');
const NOTHING = { signatures: [], records: [], vsas: [], vulns: [], legacy: [] };

const summaryOf = (level?: string) =>
  makeVsa({
    ...{ repository: REPOSITORY, digest: ROOT, environment: 'prod', level, policies: [], inputAttestations: [] },
    ...{ versions: {}, verifiedAt: NOW },
  });

const SCAN: Statement = {
  ...{ _type: 'https://in-toto.io/Statement/v1', subject: [{ name: REPOSITORY }], predicateType: VULN_PREDICATE },
  predicate: {},
};

function want(changes: Partial<WantedEvidence> & { readonly says?: Partial<PromotionRecord> } = {}): WantedEvidence {
  const { says, ...rest } = changes;
  return {
    ...{ targets: [parseTarget('prod.test/app:1.0')], root: ROOT, signatures: [], vsa: undefined, vuln: undefined },
    record: says === undefined ? undefined : makeRecord(REPOSITORY, ROOT, sampleRecord(says)),
    ...{ legacySubjects: [], annotationsOf: () => ({}), maxAges: new Map(), ...rest },
  };
}

/** How many statements are missing when these records are there. */
const missingOf = (says: Partial<PromotionRecord>, found: Partial<PromotionRecord>, isTagged = true): number =>
  decideMissing(want({ says }), { ...NOTHING, records: [sampleRecord(found)] }, new Map(), isTagged).statements.length;

/** The record of a channel that leaves this digest behind. */
const leaves = (name: string, changes: Partial<PromotionRecord> = {}): Partial<PromotionRecord> => ({
  ...{ runId: '1', previous: [{ target: 'prod.test/app:1.0', digest: digestOf(name) }] },
  ...changes,
});

describe('a record that is there', () => {
  it('counts for its own targets and environment only', () => {
    const targets = ['prod.test/app:1.0'];
    expect(missingOf({ targets }, { targets: [...targets, 'prod.test/app:1.1'] })).toBe(0);
    expect(missingOf({ targets }, { targets: ['prod.test/app:1.1'] })).toBe(1);
    expect(missingOf({ targets, environment: 'prod' }, { targets, environment: 'qa' })).toBe(1);
    expect(missingOf({ targets }, { targets, environment: 'qa' })).toBe(1);
  });

  it('counts before the tag is there only when it was decided on the same plan', () => {
    expect(missingOf({}, { planDigest: digestOf('another') })).toBe(0);
    expect(missingOf({}, { planDigest: digestOf('another') }, false)).toBe(1);
    expect(missingOf({}, {}, false)).toBe(0);
  });

  it('does not count for a channel that now leaves another digest behind', () => {
    expect(missingOf(leaves('a'), leaves('a'))).toBe(0);
    expect(missingOf(leaves('a'), leaves('b'))).toBe(1);
    expect(missingOf(leaves('a'), { runId: '1' })).toBe(1);
    expect(missingOf({}, leaves('b'))).toBe(0);
  });

  it('does not count for a channel that another run moved in the same way before: it has moved back since', () => {
    expect(missingOf(leaves('a'), leaves('a', { runId: '2' }))).toBe(1);
    expect(missingOf(leaves('a'), leaves('a', { repository: 'acme/other' }))).toBe(1);
    const unnamed = { previous: leaves('a').previous ?? [] };
    expect(missingOf(unnamed, unnamed)).toBe(1);
  });
});

describe('a verification summary that is there', () => {
  it('counts when it says all levels that this one would', () => {
    const [plain, levelled] = [summaryOf(), summaryOf('SLSA_BUILD_LEVEL_2')];
    const missing = (vsa: typeof plain, found: typeof plain): number =>
      decideMissing(want({ vsa }), { ...NOTHING, vsas: [found.predicate] }, new Map(), true).statements.length;
    expect([missing(plain, plain), missing(plain, levelled), missing(levelled, plain)]).toEqual([0, 0, 1]);
  });
});

describe('a scan', () => {
  it('is added where there is none, and never a second one', () => {
    const missing = (vulns: readonly object[]): readonly Statement[] =>
      decideMissing(want({ vuln: SCAN }), { ...NOTHING, vulns }, new Map(), true).statements;
    expect([missing([]), missing([{}])]).toEqual([[SCAN], []]);
  });
});

describe('what is there of a type whose age a policy limits', () => {
  const HOUR = 3_600_000;
  const ago = (age: number): string => new Date(NOW.getTime() - age).toISOString();
  const scanOf = (scanFinishedOn: string): Statement => ({ ...SCAN, predicate: { metadata: { scanFinishedOn } } });
  const recordOf = (age: number): PromotionRecord => sampleRecord({ finishedAt: ago(age) });
  const vsaOf = (age: number): VsaPredicate => ({ ...summaryOf().predicate, timeVerified: ago(age) });
  const wanted = {
    ...{ says: { finishedAt: NOW.toISOString() }, vsa: summaryOf(), vuln: scanOf(NOW.toISOString()) },
  };
  const missingAfter = (age: number, maxAges: WantedEvidence['maxAges']): readonly string[] => {
    const vulns = [scanOf(ago(age)).predicate as object];
    const present = { ...NOTHING, records: [recordOf(age)], vsas: [vsaOf(age)], vulns };
    return decideMissing(want({ ...wanted, maxAges }), present, new Map(), true).statements.map(
      ({ predicateType }) => predicateType,
    );
  };
  const types = [RECORD_PREDICATE, VSA_PREDICATE, VULN_PREDICATE];

  it('counts while it is younger than half of that', () => {
    const maxAges = new Map(types.map((type) => [type, 24 * HOUR]));
    expect(missingAfter(11 * HOUR, maxAges)).toEqual([]);
    expect(missingAfter(13 * HOUR, maxAges)).toEqual(types);
  });

  it('counts for ever where it is another type that is limited', () => {
    expect(missingAfter(1000 * HOUR, new Map())).toEqual([]);
    expect(missingAfter(13 * HOUR, new Map([[VSA_PREDICATE, 24 * HOUR]]))).toEqual([VSA_PREDICATE]);
  });

  it('is no reason for one more when a fresh one is beside it', () => {
    const present = { ...NOTHING, records: [recordOf(13 * HOUR), recordOf(HOUR)] };
    const maxAges = new Map([[RECORD_PREDICATE, 24 * HOUR]]);
    const { statements } = decideMissing(want({ says: wanted.says, maxAges }), present, new Map(), true);
    expect(statements).toEqual([]);
  });
});

describe('a signature in the older form', () => {
  const target = parseTarget('prod.test/app:1.0');
  const wanted = want({ legacySubjects: [ROOT], annotationsOf: () => ({ target: 'prod.test/app:1.0' }) });
  const claim = {
    ...{ type: 'cosign container image signature', digest: ROOT, reference: 'prod.test/app:1.0' },
    annotations: { target: 'prod.test/app:1.0' },
  };

  it.each([
    ['names the tag and says the same', claim, 0],
    ['names another repository', { ...claim, reference: 'dev.test/app:1.0' }, 1],
    ['names the repository alone', { ...claim, reference: 'prod.test/app' }, 1],
    ['says something else', { ...claim, annotations: {} }, 1],
  ])('that %s', (_, found, missing) => {
    const { payloads } = decideMissing(wanted, NOTHING, new Map([[ROOT, [found]]]), true);
    expect(payloads).toHaveLength(missing);
    if (missing > 0) expect(payloads[0]).toMatchObject({ subject: ROOT, target });
  });
});
