import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/error.ts';
import { FieldReader, type InputSpec, suggestName } from '../../src/base/fields.ts';

const SPECS: Readonly<Record<string, InputSpec>> = {
  source: { description: 'what', required: true },
  target: { description: 'where' },
  'dry-run': { description: 'try', default: 'false' },
  scan: { description: 'how', default: 'enforce' },
  'source-password': { description: 'secret' },
};

const read = (raw: Record<string, string>): FieldReader => new FieldReader({ source: 's', ...raw }, SPECS);

describe('FieldReader', () => {
  it('finds nothing wrong with known inputs', () => {
    expect(read({ target: 't' }).problems).toEqual([]);
  });

  it('refuses an input that no action knows, with the nearest name', () => {
    expect(read({ dryrun: 'true' }).problems).toEqual([
      { where: 'input dryrun', message: 'is not an input of this action.', fix: 'Did you mean dry-run?' },
    ]);
  });

  it('knows no input by the name of something every object has', () => {
    expect(read({ constructor: 'x' }).problems).toHaveLength(1);
  });

  it('misses a required input that is absent, empty or blank', () => {
    for (const source of [undefined, '', '  \n']) {
      const reader = new FieldReader(source === undefined ? {} : { source }, SPECS);
      expect(reader.problems).toEqual([
        { where: 'input source', message: 'is required and was empty.', fix: 'Set source.' },
      ]);
    }
  });

  it('misses an input that is required without another, only without it', () => {
    const specs = { source: { description: 'What.', requiredUnless: 'plan' }, plan: { description: 'A file.' } };
    expect(new FieldReader({}, specs).problems).toMatchObject([{ where: 'input source' }]);
    expect(new FieldReader({ plan: ' ' }, specs).problems).toMatchObject([{ where: 'input source' }]);
    expect(new FieldReader({ plan: 'plan.json' }, specs).problems).toEqual([]);
    expect(new FieldReader({ source: 'a' }, specs).problems).toEqual([]);
  });

  it('gathers the problems of all inputs', () => {
    const reader = read({ sorce: 'x', 'dry-run': 'yes', scan: 'maybe' });
    reader.flag('dry-run');
    reader.choice('scan', ['enforce', 'report', 'off']);
    reader.addProblems([{ where: 'policy.yml', message: 'm', fix: 'f' }]);
    expect(reader.problems.map(({ where }) => where)).toEqual([
      'input sorce',
      'input dry-run',
      'input scan',
      'policy.yml',
    ]);
  });

  describe('text', () => {
    it('is trimmed, the default where it is blank, else empty', () => {
      const reader = read({ target: ' t ', scan: ' ' });
      expect([reader.text('target'), reader.text('scan'), reader.text('source-password')]).toEqual([
        't',
        'enforce',
        '',
      ]);
    });

    it('tells what was given from what is a default', () => {
      const reader = read({ target: 't', scan: ' ' });
      expect([reader.isGiven('target'), reader.isGiven('scan'), reader.isGiven('dry-run')]).toEqual([
        true,
        false,
        false,
      ]);
    });
  });

  it('keeps the spaces of a secret', () => {
    expect(read({ 'source-password': ' p w\n' }).secret('source-password')).toBe(' p w\n');
    expect(read({}).secret('source-password')).toBe('');
  });

  it('reads lines, without blank ones and comments', () => {
    expect(read({ target: 'a\r\n\n  b \n# c\nd,e' }).lines('target')).toEqual(['a', 'b', 'd,e']);
  });

  it('reads lists by commas and lines', () => {
    expect(read({ target: 'a, b,\nc\r\n' }).list('target')).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['', false],
  ])('reads the flag %j', (text, expected) => {
    const reader = read({ 'dry-run': text });
    expect(reader.flag('dry-run')).toBe(expected);
    expect(reader.problems).toEqual([]);
  });

  it.each(['yes', '1', 'tRue', 'on'])('takes the flag %j for a problem, not for a no', (text) => {
    const reader = read({ 'dry-run': text });
    reader.flag('dry-run');
    expect(reader.problems).toHaveLength(1);
  });

  it('reads one of several, and says which is nearest', () => {
    const reader = read({ scan: 'enforced' });
    expect(reader.choice('scan', ['enforce', 'report', 'off'])).toBe('enforce');
    expect(reader.problems[0]?.fix).toBe('Did you mean enforce?');
    expect(read({ scan: 'off' }).choice('scan', ['enforce', 'report', 'off'])).toBe('off');
  });

  it('turns what a parser throws into a problem of its input', () => {
    const reader = read({});
    const parsed = reader.attempt('target', () => {
      throw new DomainError('BAD', 'it is bad', { hint: 'Make it good.' });
    });
    expect(parsed).toBeUndefined();
    expect(reader.problems).toEqual([{ where: 'input target', message: 'it is bad', fix: 'Make it good.' }]);
    expect(reader.attempt('target', () => 7)).toBe(7);
  });
});

describe('suggestName', () => {
  it('names the nearest, in any case', () => {
    expect(suggestName('Sorce', ['target', 'source'])).toBe('Did you mean source?');
  });

  it('names all where none is near', () => {
    expect(suggestName('banana', ['target', 'source'])).toBe('Known: target, source.');
  });
});
