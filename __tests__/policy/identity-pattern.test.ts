import { describe, expect, it } from '@jest/globals';
import { findPatternFlaw } from '../../src/policy/identity-pattern.ts';

describe('findPatternFlaw', () => {
  it.each([
    'https://github\\.com/org/.+',
    'a|b',
    '(?:a|b)@refs/(heads|tags)/[^/]+',
    '[(?=a)]+',
    '\\(\\?=x',
    '[\\]](?:x)',
    '\\\\[1]',
    'a{2,3}?',
  ])('%s is read alike by RE2', (text) => {
    expect(findPatternFlaw(text)).toBeUndefined();
  });

  it.each([
    ['a)|(b', 'is no regular expression'],
    ['(', 'is no regular expression'],
    ['[', 'is no regular expression'],
    ['a\\', 'is no regular expression'],
    ['*', 'is no regular expression'],
    ['(?=a)b', 'looks ahead or behind'],
    ['(?!a)b', 'looks ahead or behind'],
    ['b(?<=a)', 'looks ahead or behind'],
    ['b(?<!a)', 'looks ahead or behind'],
    ['[a]](?=b)', 'is no regular expression'],
    ['[\\]](?=b)', 'looks ahead or behind'],
    ['(a)\\1', 'refers back'],
    ['(?<n>a)\\k<n>', 'refers back'],
    ['a'.repeat(3_000), 'has more than 2048 characters'],
  ])('%s is refused', (text, flaw) => {
    expect(findPatternFlaw(text)).toContain(flaw);
  });
});
