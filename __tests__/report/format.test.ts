import { describe, expect, it } from '@jest/globals';
import { parseDigest } from '../../src/image/digest.ts';
import { formatBytes, formatCount, formatDate, formatDuration, formatShortDigest } from '../../src/report/format.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1_234_567, '1.2 MB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [5e9, '5.0 GB'],
    [2e18, '2000.0 PB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [12_345, '12.3 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [3_780_000, '1 h 3 min'],
    [-5, '0 ms'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('formatCount', () => {
  it('separates thousands and minds the plural', () => {
    expect([7, 999, 1234, 12_345_678, -1234].map((count) => formatCount(count))).toEqual([
      ...['7', '999', '1,234', '12,345,678', '-1,234'],
    ]);
    expect(formatCount(1, 'platform')).toBe('1 platform');
    expect(formatCount(0, 'platform')).toBe('0 platforms');
    expect(formatCount(2, 'vulnerability', 'vulnerabilities')).toBe('2 vulnerabilities');
  });
});

describe('formatShortDigest', () => {
  it('names the algorithm and twelve digits', () => {
    expect(formatShortDigest(parseDigest(`sha256:${'0123456789abcdef'.repeat(4)}`))).toBe('sha256:0123456789ab');
  });
});

describe('formatDate', () => {
  it('is in UTC, to the minute', () => {
    expect(formatDate(new Date('2026-11-21T10:34:59+01:00'))).toBe('2026-11-21 09:34 UTC');
  });
});
