import { describe, expect, it } from '@jest/globals';
import type { Response } from '../../../src/registry/transport/message.ts';
import { parseRetryAfter, readRetryAfter } from '../../../src/registry/transport/retry-after.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['2', 2000],
    [' 60 ', 60_000],
    ['1.5', 1500],
    ['999999999', 999_999_999_000],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Thu, 01 Jan 2015 00:00:10 GMT', 0],
    ['Thursday, 01-Jan-26 00:00:10 GMT', 10_000],
    ['Thu Jan  1 00:00:10 2026', 10_000],
  ])('reads %j', (text, expected) => {
    expect(parseRetryAfter(text, NOW)).toBe(expected);
  });

  it.each([
    ...[
      '',
      'soon',
      '35µs',
      '1e9',
      '-1',
      '+5',
      'NaN',
      'Infinity',
      '0x10',
      '1,5',
      '9'.repeat(400),
      `1.${'0'.repeat(400)}`,
    ],
    ...['Jan 2099', 'Thu, 99 Xyz 2026 00:00:10 GMT', '2099-01-01T00:00:00Z', 'Sat, 01 Jan 2099'],
  ])('takes nothing from %.20j', (text) => {
    expect(parseRetryAfter(text, NOW)).toBeUndefined();
  });
});

describe('readRetryAfter', () => {
  const read = (headers: Record<string, string>) => readRetryAfter({ headers } as unknown as Response, NOW);

  it('takes a date by the clock of the server that names it', () => {
    const asked = 'Thu, 01 Jan 2026 05:00:10 GMT';
    expect(read({ 'retry-after': asked, date: 'Thu, 01 Jan 2026 05:00:00 GMT' })).toBe(10_000);
    expect(read({ 'retry-after': asked, date: 'noon' })).toBe(5 * 3_600_000 + 10_000);
    expect(read({ 'retry-after': asked })).toBe(5 * 3_600_000 + 10_000);
  });

  it('is told nothing by an answer that does not ask', () => {
    expect(read({})).toBeUndefined();
  });
});
