import { describe, expect, it } from '@jest/globals';
import { effectiveOf, mergeSamples } from './sample-policy.ts';

const EXCEPTION = (rule: string, image: string, expires: string, reason = 'soon') =>
  `{ image: "${image}", rule: ${rule}, reason: ${reason}, expires: ${expires} }`;

describe('what several policies say of workload files', () => {
  it.each([
    ['off', ['']],
    ['exists', ['images: { verify: exists }', '']],
    ['promoted', ['images: { verify: promoted }', 'images: { verify: exists }']],
  ])('the strictest of verify: %s', (verify, samples) => {
    expect(effectiveOf(samples).images.verify).toBe(verify);
  });

  it.each([
    ['off', ['']],
    ['report', ['images: { scan: report }', 'images: { scan: off }']],
    ['enforce', ['images: { scan: report }', 'images: { scan: enforce }']],
  ])('the strictest of scan: %s', (scan, samples) => {
    expect(effectiveOf(samples).images.scan).toBe(scan);
  });

  it('a signature by the signers of one is not lost to another that asks for promotions', () => {
    const signed = 'images: { verify: signed }\nsigners: [{ role: source, key: a.pub }]';
    const promoted = 'images: { verify: promoted }\nsigners: [{ role: promotion, key: b.pub }]';
    expect(mergeSamples([signed]).problems).toEqual([]);
    expect(mergeSamples([signed, promoted]).problems).toMatchObject([{ where: 'a.yml' }]);
    expect(mergeSamples([`${signed}\n`.replace('source', 'promotion'), promoted]).problems).toEqual([]);
  });
});

describe('exceptions', () => {
  it('of a single policy hold to the end of their day', () => {
    const [exception] = effectiveOf([`images: { exceptions: [${EXCEPTION('no-digest', 'a.io/*', '2027-01-31')}] }`])
      .images.exceptions;
    expect(exception).toEqual({
      ...{ image: 'a.io/*', rule: 'no-digest', reason: 'soon', expires: '2027-01-31', source: 'a.yml' },
      endsAt: Date.parse('2027-02-01T00:00:00Z'),
    });
  });

  it('must be made by every policy that speaks of images, and end on the earliest day', () => {
    const one = `images: { exceptions: [${EXCEPTION('no-digest', 'a.io/*', '2027-01-31', 'first')}] }`;
    const other = `images: { exceptions: [${EXCEPTION('no-digest', 'a.io/*', '2026-12-31', 'second')}] }`;
    expect(effectiveOf([one, other]).images.exceptions).toMatchObject([
      { expires: '2026-12-31', reason: 'first; second', source: 'a.yml, b.yml' },
    ]);
    expect(effectiveOf([one, 'images: { allow: [a.io/*] }']).images.exceptions).toEqual([]);
    expect(effectiveOf([one, 'sources: { allow: [a.io/*] }']).images.exceptions).toHaveLength(1);
  });

  it('of an environment take the place of those above', () => {
    const text = `images: { exceptions: [${EXCEPTION('no-digest', 'a.io/*', '2027-01-31')}] }\nenvironments: { production: { images: { exceptions: [] } } }`;
    expect(effectiveOf([text], 'production').images.exceptions).toEqual([]);
  });

  it.each([
    [EXCEPTION('no-digset', 'a.io/*', '2027-01-31'), 'no-digest'],
    [EXCEPTION('unreadable-file', 'a.io/*', '2027-01-31'), 'images.exceptions[0].rule'],
    [EXCEPTION('no-digest', '*', '2027-01-31'), 'is not a pattern for images'],
    [EXCEPTION('no-digest', 'a.io/*', 'never'), 'is not a day'],
    ['{ image: a.io/*, rule: no-digest, expires: 2027-01-31 }', 'reason is missing'],
    ['{ image: a.io/*, rule: no-digest, reason: x }', 'expires is missing'],
  ])('that are wrong are told at their place: %s', (entry, told) => {
    expect(() => effectiveOf([`images: { exceptions: [${entry}] }`])).toThrow(told);
    expect(() => effectiveOf([`images: { exceptions: [${entry}] }`])).toThrow(/a\.yml:2:\d+/);
  });
});
