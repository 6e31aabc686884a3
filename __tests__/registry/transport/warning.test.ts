import { describe, expect, it } from '@jest/globals';
import { parseWarnings } from '../../../src/registry/transport/warning.ts';

describe('parseWarnings', () => {
  it.each([
    ['299 - "moved soon"', ['moved soon']],
    [String.raw`299 - "say \"please\""`, ['say "please"']],
    ['299 - "one", 299 - "two"', ['one', 'two']],
    ['110 - "stale"', []],
    ['299 - unquoted', []],
    ['299 - "a\u0007b"', ['a b']],
  ])('reads %j', (header, texts) => {
    expect(parseWarnings(header)).toEqual(texts);
  });
});
