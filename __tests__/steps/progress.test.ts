import { describe, expect, it } from '@jest/globals';
import { reportProgress } from '../../src/steps/progress.ts';
import { recordLog } from '../promote/fake-ports.ts';

function tell(steps: readonly (readonly [seconds: number, done: number, total: number])[]): string[] {
  const log = recordLog();
  let now = 0;
  const onBytes = reportProgress('Copied', log, () => new Date(now));
  for (const [seconds, done, total] of steps) {
    now = seconds * 1000;
    onBytes(done, total);
  }
  return log.lines;
}

describe('progress', () => {
  it('is silent about what takes less than five seconds', () => {
    expect(
      tell([
        [0, 1, 10],
        [2, 5, 10],
        [4.999, 10, 10],
      ]),
    ).toEqual([]);
  });

  it('is told every five seconds, in bytes and rounded-down percent', () => {
    expect(
      tell([
        [5, 1_000_000, 3_000_000],
        [6, 1_500_000, 3_000_000],
        [10, 2_999_999, 3_000_000],
      ]),
    ).toEqual(['info Copied 1.0 MB of 3.0 MB (33 %)', 'info Copied 3.0 MB of 3.0 MB (99 %)']);
  });

  it('divides nothing by nothing', () => {
    expect(tell([[60, 0, 0]])).toEqual([]);
  });
});
