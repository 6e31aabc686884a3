import { describe, expect, it } from '@jest/globals';
import { isFresh } from '../../src/policy/least-age.ts';
import { effectiveOf } from './sample-policy.ts';
import { makeScan, RECORD_TYPE, VULN_TYPE } from './sample-statements.ts';

const HOUR = 3_600_000;
const SIGNER = 'signers: [{ role: scan, key: k.pub }]';
const scanOf = (age: string): string => `{ require: [{ type: '${VULN_TYPE}', role: scan, maxAge: ${age} }] }`;

describe('the least age that policies allow', () => {
  it('is none where no policy states one', () => {
    const require = `{ require: [{ type: '${VULN_TYPE}', role: scan }] }`;
    expect(effectiveOf([]).maxAges.size).toBe(0);
    expect(effectiveOf([`${SIGNER}\nattestations: ${require}`]).maxAges.size).toBe(0);
  });

  it('is that of any environment, whichever was chosen', () => {
    const environments = `environments: { qa: {}, prod: { attestations: ${scanOf('24h')} }, eu: { attestations: ${scanOf('7d')} } }`;
    for (const chosen of ['qa', 'eu', undefined]) {
      const policy = effectiveOf([`${SIGNER}\n${environments}`], chosen);
      expect([...policy.maxAges]).toEqual([[VULN_TYPE, 24 * HOUR]]);
    }
  });

  it('is that of any policy, and of what an environment replaces', () => {
    const record = `{ require: [{ type: '${RECORD_TYPE}', role: promotion, maxAge: 2d }] }`;
    const first = `signers: [{ role: scan, key: k.pub }, { role: promotion, key: p.pub }]\nattestations: ${scanOf('6h')}`;
    const second = `attestations: ${record}\nenvironments: { qa: { attestations: ${scanOf('12h')} } }`;
    const { maxAges } = effectiveOf([first, second], 'qa');
    expect(maxAges).toEqual(
      new Map([
        [VULN_TYPE, 6 * HOUR],
        [RECORD_TYPE, 48 * HOUR],
      ]),
    );
  });
});

describe('what is there', () => {
  const predicateOf = (time: unknown): unknown => (makeScan(time) as { predicate: unknown }).predicate;
  const wanted = predicateOf('2026-03-10T12:00:00Z');
  const isYoung = (time: unknown, maxAge: number): boolean =>
    isFresh({ type: VULN_TYPE, found: predicateOf(time), wanted }, new Map([[VULN_TYPE, maxAge]]));

  it('is fresh until half of that is over', () => {
    expect(isYoung('2026-03-10T11:00:01Z', 2 * HOUR)).toBe(true);
    expect(isYoung('2026-03-10T11:00:00Z', 2 * HOUR)).toBe(false);
    expect(isYoung('2026-03-10T13:00:00Z', 2 * HOUR)).toBe(false);
  });

  it('is not when it says no time, unless no policy limits the age of its type', () => {
    expect([isYoung(undefined, HOUR), isYoung('today', HOUR)]).toEqual([false, false]);
    expect(isFresh({ type: VULN_TYPE, found: {}, wanted }, new Map([[RECORD_TYPE, HOUR]]))).toBe(true);
  });
});
