import type { Contestant, Cost, Result } from '../../bench/result.ts';

/** What a run cost that took so long. */
export function makeCost(wallMs: number, more: Partial<Cost> = {}): Cost {
  return { wallMs, cpuMs: wallMs / 2, peakMb: 100, childrenMb: {}, ...more };
}

/** A contender with runs of these lengths. */
export function makeContestant(name: string, runs: readonly number[], more: Partial<Contestant> = {}): Contestant {
  const isOurs = name === 'promote-image';
  return {
    name,
    isOurs,
    version: '1.0.0',
    command: `${name} copy`,
    runs: runs.map((ms) => makeCost(ms)),
    voids: [],
    ...more,
  };
}

/** A result in which ours took 200 ms, and the peers 250 and 400. */
export function makeResult(more: Partial<Result> = {}): Result {
  return {
    ...{
      scenario: 'sample',
      title: 'A <sample>',
      about: ['An image.'],
      date: '2026-11-21T10:00:00.000Z',
      figure: 'wall',
    },
    machine: { cores: 2, processor: 'A processor', memoryGb: 8, system: 'linux 6', node: '24.0.0' },
    imageBytes: 1_000_000,
    contestants: [
      makeContestant('crane', [240, 250, 900]),
      makeContestant('oras', [400, 390, 410]),
      makeContestant('promote-image', [210, 190, 200]),
    ],
    goals: [{ what: 'wall', of: 'promote-image', against: ['crane', 'oras'], limit: 1 }],
    ...more,
  };
}
