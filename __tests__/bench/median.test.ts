import { describe, expect, it } from '@jest/globals';
import { findMedian, roundFigure } from '../../bench/median.ts';

describe('a median', () => {
  it.each([
    { of: [3], is: 3 },
    { of: [9, 1, 2], is: 2 },
    { of: [4, 1, 3, 2], is: 2.5 },
    { of: [10, 9, 100], is: 10 },
  ])('of $of is $is', ({ of, is }) => expect(findMedian(of)).toBe(is));

  it('of nothing there is none', () => expect(() => findMedian([])).toThrow('no numbers have no median'));

  it('leaves its numbers in their order', () => {
    const numbers = [3, 1, 2];
    findMedian(numbers);
    expect(numbers).toEqual([3, 1, 2]);
  });
});

describe('a figure', () => {
  it.each([
    [0, 0],
    [1234.5, 1235],
    [99.94, 99.9],
    [1.2345, 1.23],
  ])('%d is kept as %d', (value, kept) => expect(roundFigure(value)).toBe(kept));
});
