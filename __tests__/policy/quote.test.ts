import { describe, expect, it } from '@jest/globals';
import { listForeign, quoteForeign } from '../../src/policy/quote.ts';

describe('what others wrote, in a message', () => {
  it('is one short line that hides nothing', () => {
    expect(quoteForeign('a\n::error::b\u202e\x1b[31mc')).toBe('a ::error::b\ufffdc');
    expect(quoteForeign('x'.repeat(10_000))).toBe(`${'x'.repeat(200)}…`);
    expect(quoteForeign(`${'x'.repeat(199)}😀`)).toBe(`${'x'.repeat(199)}…`);
  });

  it('tells no secret of an address', () => {
    expect(quoteForeign('git+https://me:secret@host/a?token=t')).toBe('git+https://host/a');
  });

  it('is told five times, and how many more there are', () => {
    expect(listForeign(['a', 'b', 'a'])).toBe('a; b');
    expect(listForeign(Array.from({ length: 9 }, (_, i) => `${i}`))).toBe('0; 1; 2; 3; 4; and 4 more');
  });
});
