import { stat } from 'node:fs/promises';
import { findTool } from '../lab/tools.ts';
import { measureRun } from './measure.ts';
import type { ScaleCase } from './scale-cases.ts';
import type { PhaseFigures, ScaleFigures } from './scale-results.ts';
import type { ScaleRoom } from './scale-room.ts';

/** Runs every round of a case against targets of its own; the figures are medians. */
export async function runScaleCase(one: ScaleCase, room: ScaleRoom, cli: string): Promise<ScaleFigures> {
  const rounds: PhaseFigures[][] = [];
  for (let round = 1; round <= one.rounds; round++) rounds.push(await runRound(one, room, cli, round));
  const phases = (rounds[0] ?? []).map(({ phase }) =>
    takeMedian(rounds.flatMap((all) => all.filter((each) => each.phase === phase))),
  );
  const { name, registry, images } = one;
  return { name, registry, images, imageBytes: room.imageBytes, rounds: one.rounds, phases };
}

async function runRound(one: ScaleCase, room: ScaleRoom, cli: string, round: number): Promise<PhaseFigures[]> {
  const promotions = ['--promotions', `promotions-${round}.json`, '--timeout', '6h'];
  if (one.kind === 'copy') {
    const off = ['--scan', 'off', '--sign', 'false', '--attest', 'false', '--referrers', 'ignore'];
    return [(await runPhase('copy', ['promote', ...promotions, ...off], room, cli)).figures];
  }
  const tools = ['--policy', 'policy.json', '--cosign', findTool('cosign')];
  const promote = ['promote', '--trivy', findTool('trivy'), ...tools];
  const planned = await runPhase('plan', [...promote, ...promotions, '--dry-run'], room, cli);
  const { plan = '', 'plan-digest': digest = '' } = planned.outputs;
  const given = ['--plan', plan, '--plan-digest', digest, '--timeout', '6h'];
  const key = ['--cosign-key', 'env://COSIGN_PRIVATE_KEY'];
  const done = await runPhase('promote', [...promote, ...given, ...key], room, cli);
  const verified = await runPhase('verify', ['verify', ...tools, ...given, '--key', 'cosign.pub'], room, cli);
  const planBytes = (await stat(plan)).size;
  return [{ ...planned.figures, planBytes }, done.figures, verified.figures];
}

interface Phase {
  readonly figures: PhaseFigures;
  readonly outputs: Readonly<Record<string, string>>;
}

async function runPhase(
  phase: PhaseFigures['phase'],
  args: readonly string[],
  room: ScaleRoom,
  cli: string,
): Promise<Phase> {
  const before = await readCounters(room);
  const { code, output, cost } = await measureRun({
    ...{ file: process.execPath, args: [cli, ...args, '--json'], cwd: room.directory },
    env: { COSIGN_PRIVATE_KEY: room.key.privateKey, COSIGN_PASSWORD: room.key.password },
  });
  if (code !== 0) throw new Error(`${phase} ended with ${code}: ${output.slice(-4000)}`);
  const after = await readCounters(room);
  const difference = (pick: (counters: Counters) => number): number => pick(after) - pick(before);
  return {
    outputs: readOutputs(output),
    figures: {
      ...{
        phase,
        wallMs: Math.round(cost.wallMs),
        cpuMs: cost.cpuMs,
        peakMb: cost.peakMb,
        childrenMb: cost.childrenMb,
      },
      requests: { source: difference(({ source }) => source), target: difference(({ target }) => target) },
      bytes: {
        fromSource: difference(({ fromSource }) => fromSource),
        toTarget: difference(({ toTarget }) => toTarget),
        fromTarget: difference(({ fromTarget }) => fromTarget),
      },
    },
  };
}

/** Standard output, which comes first, is one indented object. */
function readOutputs(output: string): Record<string, string> {
  return JSON.parse(output.slice(0, output.indexOf('\n}\n') + 3)) as Record<string, string>;
}

type Counters = Awaited<ReturnType<typeof readCounters>>;

async function readCounters({ source, target, sourceLink, targetLink }: ScaleRoom) {
  const [from, to] = await Promise.all([sourceLink.read(), targetLink.read()]);
  return {
    ...{ source: (await source.log()).length, target: (await target.log()).length },
    ...{ fromSource: from.back, toTarget: to.there, fromTarget: to.back },
  };
}

function takeMedian(all: readonly PhaseFigures[]): PhaseFigures {
  const sorted = all.toSorted((a, b) => a.wallMs - b.wallMs);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new TypeError('no round was run');
  return middle;
}
