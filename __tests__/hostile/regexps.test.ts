import { describe, expect, it } from '@jest/globals';
import { findPatterns, findWorstTime } from './regexps.ts';

/** Characters: enough for a quadratic pattern to take a hundred times as long as any other. */
const LENGTH = 8_000;
/** Milliseconds of processor time. */
const TOO_LONG = 25;

/** Patterns that may take quadratic time, and why no hostile text that is long enough reaches them. */
const BOUNDED: readonly (readonly [file: string, start: string, why: string])[] = [
  ['host/machine/redactor.ts', '=+$', 'base64 ends with two = at most'],
  ['host/machine/secrets.ts', '\\s*[,}]', 'an input of the workflow’s author'],
];

const { literals, dynamic } = findPatterns();

describe('every pattern of src', () => {
  it('is found', () => {
    expect(literals.length).toBeGreaterThan(100);
    expect(literals).toContainEqual({
      file: 'image/reference.ts',
      source: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$',
      flags: '',
    });
  });

  it('takes no more time than its text is long, or is shown none that is long', () => {
    const slow = literals
      .filter(({ file, source }) => !BOUNDED.some(([where, start]) => where === file && source.startsWith(start)))
      .filter((pattern) => findWorstTime(pattern, LENGTH, TOO_LONG) > TOO_LONG)
      .map(({ file, source }) => `${file}: ${source}`);
    expect(slow).toEqual([]);
  }, 120_000);

  it('is a literal, but where it is made of texts of our own', () => {
    expect(dynamic).toEqual([
      'base/text.ts',
      'host/machine/redactor.ts',
      'policy/identity-pattern.ts',
      'scanner/trivy.ts',
      'signer/anchor-flags.ts',
    ]);
  });
});
