import { findMedian } from './median.ts';

/** Bytes that left (`out`) and reached (`in`) a registry, on the wire. */
export interface Traffic {
  readonly out: number;
  readonly in: number;
}

/** What one run of a command cost. */
export interface Cost {
  readonly wallMs: number;
  /** Processor time of the whole tree of processes, user and system. */
  readonly cpuMs: number;
  /** Peak resident memory of the command's own process. */
  readonly peakMb: number;
  /** The same of the programs it started, by name. */
  readonly childrenMb: Readonly<Record<string, number>>;
}

/** What one contender of a scenario did, in all rounds. */
export interface Contestant {
  readonly name: string;
  readonly isOurs: boolean;
  readonly version: string;
  /** As it was run, with words for hosts and paths. */
  readonly command: string;
  readonly runs: readonly Cost[];
  readonly source?: Traffic;
  readonly target?: Traffic;
  /** Why a run does not count: it failed, or the target was not what it should be. */
  readonly voids: readonly string[];
}

/** What was promised of a scenario. */
export interface Goal {
  readonly what: 'wall' | 'cpu' | 'memory' | 'source bytes';
  /** Whose figure. */
  readonly of: string;
  /** The fastest of these is the measure; empty for a limit that is no ratio: MB of memory, or bytes per byte of the image. */
  readonly against: readonly string[];
  readonly limit: number;
}

/** The machine a result was measured on. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
}

/** A scenario's file under docs/benchmarks/. */
export interface Result {
  readonly scenario: string;
  readonly title: string;
  /** What was done, sentence by sentence. */
  readonly about: readonly string[];
  readonly date: string;
  readonly machine: Machine;
  readonly imageBytes: number;
  readonly figure: 'wall' | 'cpu';
  readonly contestants: readonly Contestant[];
  readonly goals: readonly Goal[];
}

/** A goal, and what came of it; `value` is undefined when there is nothing to compare. */
export interface Verdict extends Goal {
  readonly value: number | undefined;
  /** The one that was the measure. */
  readonly best: string | undefined;
  readonly isMet: boolean;
}

/** The median of a figure over the runs that count; undefined without any. */
export function findFigure(contestant: Contestant, figure: 'wall' | 'cpu'): number | undefined {
  const values = contestant.runs.map(({ wallMs, cpuMs }) => (figure === 'wall' ? wallMs : cpuMs));
  return values.length === 0 ? undefined : findMedian(values);
}

/** Compares every goal with what was measured. A contender with a void run meets nothing. */
export function judgeGoals({ goals, contestants, imageBytes }: Result): Verdict[] {
  return goals.map((goal) => {
    const own = contestants.find(({ name }) => name === goal.of);
    const { value, best } = own === undefined ? {} : measure(goal, own, contestants, imageBytes);
    const isMet = value !== undefined && own?.voids.length === 0 && value <= goal.limit;
    return { ...goal, value, best, isMet };
  });
}

interface Measured {
  readonly value?: number;
  readonly best?: string;
}

function measure(goal: Goal, own: Contestant, all: readonly Contestant[], imageBytes: number): Measured {
  if (own.runs.length === 0) return {};
  if (goal.what === 'memory') return { value: Math.max(...own.runs.map(({ peakMb }) => peakMb)) };
  if (goal.what === 'source bytes') return own.source === undefined ? {} : { value: own.source.out / imageBytes };
  const figure = goal.what;
  const figures = all
    .filter(({ name }) => goal.against.includes(name))
    .flatMap((other) => ({ name: other.name, value: findFigure(other, figure) ?? Number.POSITIVE_INFINITY }));
  const [best] = figures.toSorted((a, b) => a.value - b.value);
  const value = findFigure(own, figure);
  if (best === undefined || best.value === Number.POSITIVE_INFINITY || value === undefined) return {};
  return { value: value / best.value, best: best.name };
}
