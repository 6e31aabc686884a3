/** The middle of these numbers, the mean of the two middle ones for an even count; throws for none. */
export function findMedian(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new RangeError('no numbers have no median');
  return (low + high) / 2;
}

/** Rounds so that it is read, not computed with: three significant digits, whole numbers from 100. */
export function roundFigure(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
