import { describeMachine } from './machine.ts';
import { measureRun } from './measure.ts';
import { roundFigure } from './median.ts';
import type { Contestant, Cost, Result, Traffic } from './result.ts';
import type { BenchContext, Contender, Scenario } from './scenario.ts';

/** What is known of a contender so far. */
interface Tally {
  readonly contender: Contender;
  readonly runs: Cost[];
  readonly voids: string[];
  source?: Traffic;
  target?: Traffic;
}

/** How the rounds are told while they run. */
export type Say = (line: string) => void;

/**
 * Runs a scenario: a round that only counts bytes and warms the caches, then so many rounds in which every contender runs
 * once, each round beginning with another one. A run whose result is not what it should be is void, and costs nothing.
 */
export async function runScenario(
  scenario: Scenario,
  rounds: number,
  context: BenchContext,
  say: Say,
): Promise<Result> {
  const stage = await scenario.set(context);
  try {
    const tallies = stage.contenders.map((contender): Tally => ({ contender, runs: [], voids: [] }));
    for (let round = scenario.isLong === true ? 1 : 0; round <= rounds; round++) {
      const shift = round % tallies.length;
      for (const tally of [...tallies.slice(shift), ...tallies.slice(0, shift)]) await runOnce(tally, round, say);
    }
    return {
      scenario: scenario.name,
      title: scenario.title,
      about: stage.about,
      date: new Date().toISOString(),
      machine: await describeMachine(),
      imageBytes: stage.imageBytes,
      figure: scenario.figure,
      contestants: tallies.map(toContestant),
      goals: scenario.goals,
    };
  } finally {
    await stage.close();
  }
}

async function runOnce(tally: Tally, round: number, say: Say): Promise<void> {
  const { contender } = tally;
  const attempt = await contender.begin(round, round === 0);
  try {
    const { code, output, cost } = await measureRun(attempt.command);
    const why = code === 0 ? await explain(attempt.check(output)) : `ended with ${code}: ${output.trim().slice(-600)}`;
    const traffic = await attempt.read?.();
    if (traffic !== undefined && (traffic.source.in > 0 || round === 0)) Object.assign(tally, traffic);
    const { wallMs, cpuMs, peakMb } = cost;
    say(
      `  round ${round}  ${contender.name.padEnd(20)} ${wallMs.toFixed(0)} ms, cpu ${cpuMs} ms, ${peakMb} MB ${why ?? ''}`,
    );
    if (why !== undefined) tally.voids.push(why.split('\n').at(-1) ?? why);
    else if (round > 0) tally.runs.push(share(cost, contender.repeat ?? 1));
  } finally {
    await attempt.end();
  }
}

async function explain(check: Promise<void>): Promise<string | undefined> {
  return await check.then(
    () => undefined,
    (error: unknown) => String(error),
  );
}

function share({ wallMs, cpuMs, ...rest }: Cost, repeat: number): Cost {
  return { wallMs: roundFigure(wallMs / repeat), cpuMs: roundFigure(cpuMs / repeat), ...rest };
}

function toContestant({ contender, runs, voids, source, target }: Tally): Contestant {
  const { name, isOurs, version, shown: command } = contender;
  return {
    ...{ name, isOurs, version, command, runs, voids },
    ...(source === undefined ? {} : { source }),
    ...(target === undefined ? {} : { target }),
  };
}
