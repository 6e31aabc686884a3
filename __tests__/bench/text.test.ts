import { describe, expect, it } from '@jest/globals';
import { formatBytes, formatRatio, formatTime } from '../../bench/text.ts';

describe('a time', () => {
  it.each([
    [38.4, '38 ms'],
    [270, '0.27 s'],
    [1364, '1.36 s'],
    [17_240, '17.2 s'],
  ])('of %d ms is told as %s', (ms, text) => expect(formatTime(ms)).toBe(text));
});

describe('an amount of bytes', () => {
  it.each([
    [3_100, '3 kB'],
    [256_000, '0.26 MB'],
    [3_040_000, '3.0 MB'],
    [335_600_000, '336 MB'],
    [2_048_000_000, '2.05 GB'],
  ])('of %d is told as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('a ratio', () => {
  it('has two digits', () => expect(formatRatio(0.8749, 1)).toBe('0.87'));
  it('has a third one where two would hide that the limit is passed', () =>
    expect(formatRatio(1.004, 1)).toBe('1.004'));
});
