import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../src/base/error.ts';
import { parseReference } from '../../../src/image/reference.ts';
import type { Gate } from '../../../src/policy/gate.ts';
import type { PromoteResult } from '../../../src/promote/outcome.ts';
import { renderHeadline, renderNotes, renderVerdict } from '../../../src/promote/report/verdict.ts';
import { DIGEST, parseTarget, passed, sampleOutcome } from '../sample-outcome.ts';

describe('the headline', () => {
  it.each<[PromoteResult, string]>([
    ['promoted', 'Promoted'],
    ['unchanged', 'Already promoted'],
    ['planned', 'Plan, waiting for approval'],
    ['refused', 'Refused'],
    ['failed', 'Failed'],
  ])('of %s is %s', (result, word) => {
    expect(renderHeadline(sampleOutcome({ result }))).toBe(`## ${word}: shop/web:1.4.0`);
  });

  it('names the environment', () => {
    expect(renderHeadline(sampleOutcome({ environment: 'prod' }))).toBe('## Promoted: shop/web:1.4.0 (prod)');
  });

  it('shortens a digest', () => {
    const source = parseReference(`staging.example/shop/web@${DIGEST}`);
    expect(renderHeadline(sampleOutcome({ source }))).toMatch(/shop\/web@(&#8203;)?sha256:[0-9a-f]{12}$/);
  });

  it.each<[PromoteResult, boolean]>([
    ['promoted', true],
    ['unchanged', true],
    ['planned', true],
    ['refused', false],
    ['failed', false],
  ])('of %s with a note speaks of a warning: %s', (result, isWarned) => {
    expect(renderHeadline(sampleOutcome({ result, notes: ['n'] })).includes(', with a warning')).toBe(isWarned);
  });
});

describe('what is said of the gates', () => {
  const off = (name: string): Gate => ({ name, verdict: 'off', evidence: 'e' });

  it.each<[string, Gate[]]>([
    ['Every gate passed.', [passed('A'), passed('B')]],
    ['B was off, every other gate passed.', [passed('A'), off('B')]],
    ['B, C were off, every other gate passed.', [passed('A'), off('B'), off('C')]],
    ['No gate refused, but one only reports.', [passed('A'), off('B'), { ...off('C'), verdict: 'reported' }]],
  ])('%s', (sentence, gates) => {
    for (const result of ['promoted', 'unchanged', 'planned'] as const) {
      expect(renderVerdict(sampleOutcome({ result, gates }))).toContain(sentence);
    }
  });
});

describe('a refusal', () => {
  const refusals = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ code: 'TAG_EXISTS' as const, message: `tag ${i}.`, hint: 'Choose.' }));

  it('lists what refused, and the advice once', () => {
    const text = renderVerdict(sampleOutcome({ result: 'refused', refusals: refusals(2), targetTouched: false }));
    expect(text.split('\n')).toEqual([
      ...['> [!CAUTION]', '> - `TAG_EXISTS` tag 0.', '> - `TAG_EXISTS` tag 1.', '>'],
      ...['> **Next:** Choose.', '>', '> Nothing was written to the target.'],
    ]);
  });

  it('of a tag that was written and then taken does not say that none was written', () => {
    const targets = [{ target: parseTarget('a.io/x:1'), result: 'refused', code: 'TAG_MOVED' }] as const;
    const text = renderVerdict(sampleOutcome({ result: 'refused', refusals: refusals(1), targets }));
    expect(text).toContain("> The tag was written, and is somebody else's now.");
  });

  it('lists twenty and counts the rest', () => {
    const text = renderVerdict(sampleOutcome({ result: 'refused', refusals: refusals(23) }));
    expect(text.match(/`TAG_EXISTS`/g)).toHaveLength(20);
    expect(text).toContain('> - and 3 more');
  });
});

describe('a failure', () => {
  it('of what is no error of ours has no code, and an advice all the same', () => {
    const text = renderVerdict(sampleOutcome({ result: 'failed', error: new TypeError('odd'), targetTouched: false }));
    expect(text).toContain('> Whether it may be promoted could not be decided: odd\n');
    expect(text).toContain('> **Next:** Run the job again; the log says where it stopped.');
  });

  it('of ours has its code and its hint', () => {
    const error = new DomainError('UNAVAILABLE', 'gone', { hint: 'Wait.' });
    const text = renderVerdict(sampleOutcome({ result: 'failed', error }));
    expect(text).toContain('The promotion was not finished: gone (`UNAVAILABLE`)');
    expect(text).toContain('> **Next:** Wait.');
    expect(text).toContain('> No tag was written.');
  });

  it('after the first tag tells written tags from those that were not; one that had the digest is neither', () => {
    const ends = [
      ['a.io/x:1', 'promoted'],
      ['a.io/x:2', 'unchanged'],
      ['a.io/x:3', 'failed'],
      ['a.io/x:4', 'refused'],
    ] as const;
    const targets = ends.map(([name, result]) => ({ target: parseTarget(name), result }));
    const text = renderVerdict(sampleOutcome({ result: 'failed', targets, error: new Error('e') }));
    expect(text).toContain('Tagged: `a.io/x:1`. Not tagged: `a.io/x:3`, `a.io/x:4`.');
  });

  it('that leaves it unknown what a tag is does not say that none was written', () => {
    const targets = [
      { target: parseTarget('a.io/x:1'), result: 'failed', code: 'TAG_UNCERTAIN' },
      { target: parseTarget('a.io/x:2'), result: 'failed', code: 'PARTIAL' },
    ] as const;
    const text = renderVerdict(sampleOutcome({ result: 'failed', targets, error: new Error('e') }));
    expect(text).toContain('> Written or not, unknown: `a.io/x:1`. Not tagged: `a.io/x:2`.');
  });
});

describe('the notes', () => {
  it('are a warning of their own, as text', () => {
    expect(renderNotes(sampleOutcome({ notes: ['one', '<b>'] }))).toBe('> [!WARNING]\n> - one\n> - &#60;b&#62;');
  });

  it('are left out when there are none', () => {
    expect(renderNotes(sampleOutcome())).toBeUndefined();
  });
});
