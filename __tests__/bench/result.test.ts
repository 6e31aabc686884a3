import { describe, expect, it } from '@jest/globals';
import { type Goal, judgeGoals } from '../../bench/result.ts';
import { makeContestant, makeCost, makeResult } from './sample-result.ts';

const OURS = 'promote-image';
const WALL: Goal = { what: 'wall', of: OURS, against: ['crane', 'oras'], limit: 1 };

describe('a goal', () => {
  it('is the ratio of medians to the fastest that it is against', () => {
    expect(judgeGoals(makeResult())).toEqual([{ ...WALL, value: 0.8, best: 'crane', isMet: true }]);
  });

  it('looks at nobody else', () => {
    const goals = [{ ...WALL, against: ['oras'], limit: 0.4 }];
    expect(judgeGoals(makeResult({ goals }))).toMatchObject([{ value: 0.5, best: 'oras', isMet: false }]);
  });

  it('compares processor time where it says so', () => {
    const contestants = [
      makeContestant('crane', [], { runs: [makeCost(1, { cpuMs: 50 })] }),
      makeContestant(OURS, [], { runs: [makeCost(1000, { cpuMs: 55 })] }),
    ];
    const goals: Goal[] = [{ ...WALL, what: 'cpu', limit: 1.2 }];
    expect(judgeGoals(makeResult({ contestants, goals }))).toMatchObject([{ value: 1.1, isMet: true }]);
  });

  it.each([
    { name: 'has no run', ours: makeContestant(OURS, []) },
    { name: 'is not there', ours: makeContestant('another', [1]) },
  ])('is not met by one who $name', ({ ours }) => {
    const contestants = [makeContestant('crane', [250]), ours];
    expect(judgeGoals(makeResult({ contestants }))).toMatchObject([{ value: undefined, isMet: false }]);
  });

  it('is not met when there is nobody to compare with', () => {
    const contestants = [makeContestant(OURS, [200]), makeContestant('crane', [], { voids: ['ended with 1'] })];
    expect(judgeGoals(makeResult({ contestants }))).toMatchObject([{ value: undefined, isMet: false }]);
  });

  it('is not met by one with a void run, however fast the others were', () => {
    const contestants = [makeContestant('crane', [250]), makeContestant(OURS, [10], { voids: ['another digest'] })];
    expect(judgeGoals(makeResult({ contestants }))).toMatchObject([{ value: 0.04, isMet: false }]);
  });

  it('of memory is about the worst run', () => {
    const runs = [makeCost(1, { peakMb: 90 }), makeCost(1, { peakMb: 201, childrenMb: { trivy: 500 } })];
    const goals: Goal[] = [{ what: 'memory', of: OURS, against: [], limit: 200 }];
    const result = makeResult({ contestants: [makeContestant(OURS, [], { runs })], goals });
    expect(judgeGoals(result)).toMatchObject([{ value: 201, isMet: false }]);
  });

  it('of source bytes is about what left the source, by the size of the image', () => {
    const goals: Goal[] = [{ what: 'source bytes', of: OURS, against: [], limit: 1.01 }];
    const judge = (out: number) =>
      judgeGoals(makeResult({ contestants: [makeContestant(OURS, [1], { source: { out, in: 9 } })], goals }));
    expect(judge(1_005_000)).toMatchObject([{ value: 1.005, isMet: true }]);
    expect(judge(2_000_000)).toMatchObject([{ value: 2, isMet: false }]);
  });
});
