import { describe, expect, it } from '@jest/globals';
import { formatDuration, parseDuration } from '../../src/policy/duration.ts';

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['48h', 172_800_000],
    ['7d', 604_800_000],
  ])('reads %s as %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '48', 'h', '0h', '-1h', '1.5h', '1h30m', '1 h', '1H', '1w', '1h\n', '9999999d'])(
    'refuses %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [999, '0s'],
    [90_000, '1m'],
    [48 * 3_600_000, '48h'],
    [49.9 * 3_600_000, '49h'],
    [7 * 86_400_000, '7d'],
  ])('shows %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});
