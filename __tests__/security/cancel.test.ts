import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { errorsOf } from '../e2e/fixture.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { openSecurityRoom, type SecurityRoom } from './security-room.ts';

/** A moment of a promotion at which the job is cancelled. */
interface Moment {
  readonly what: string;
  /** What the tools do then, in JavaScript; `mark` is a file that tells that the moment has come. */
  readonly trivy?: (mark: string) => string;
  readonly cosign?: (mark: string) => string;
  /** What the registries do then. */
  readonly spoil?: (source: LabRegistry, target: LabRegistry, here: () => void) => void;
  /** The longest time from the first signal to the end, in milliseconds. */
  readonly within: number;
}

/** What a tool does that wants to stay: it ignores the signals, and leaves a child that does too and holds no pipe. */
const STAY = `for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
const { spawn } = await import('node:child_process');
const stay = ['-e', "for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {}); setInterval(() => {}, 1000)"];
const child = spawn(process.execPath, stay, { stdio: 'ignore' });`;
const markIt = (mark: string, child: string): string =>
  `await new Promise((resolve) => setTimeout(resolve, 150)); fs.writeFileSync(${JSON.stringify(mark)}, [process.pid, ${child}].join(' '));`;
const WAIT = 'await new Promise((resolve) => setTimeout(resolve, 60_000));';

const MOMENTS: readonly Moment[] = [
  {
    what: 'while the image is fetched',
    spoil: (source, _, here) => void source.faults.push({ method: 'GET', path: /blobs/, before: here, silent: true }),
    within: 3_000,
  },
  {
    what: 'while a scanner runs that does not listen, and left a process behind',
    trivy: (mark) => `if (call.args[0] === 'image') { ${STAY} ${markIt(mark, 'child.pid')} ${WAIT} }`,
    within: 7_000,
  },
  {
    what: 'while a scanner runs whose child outlives it',
    trivy: (mark) => {
      const leave = "process.removeAllListeners('SIGTERM'); process.removeAllListeners('SIGINT');";
      return `if (call.args[0] === 'image') { ${STAY} ${leave} ${markIt(mark, 'child.pid')} ${WAIT} }`;
    },
    within: 3_000,
  },
  {
    what: 'while cosign signs',
    cosign: (mark) => `if (call.args[0] === 'attest-blob') { ${markIt(mark, 'process.pid')} ${WAIT} }`,
    within: 3_000,
  },
  {
    what: 'while blobs are uploaded',
    spoil: (_, target, here) => void target.faults.push({ method: 'PUT', path: /uploads/, before: here, silent: true }),
    within: 7_500,
  },
  {
    what: 'while cosign verifies what was written',
    cosign: (mark) => `if (call.args[0] === 'verify') { ${markIt(mark, 'process.pid')} ${WAIT} }`,
    within: 3_000,
  },
];

/** How such a run ended. */
interface Ending {
  readonly step: StepResult;
  readonly target: LabRegistry;
  readonly milliseconds: number;
  /** The processes that were there when it was cancelled. */
  readonly pids: readonly number[];
}

let room: SecurityRoom;
const registries: LabRegistry[] = [];
const endings = new Map<string, Promise<Ending>>();

beforeAll(async () => {
  room = await openSecurityRoom();
  for (const moment of MOMENTS) {
    endings.set(moment.what, cancelAt(moment));
    endings.get(moment.what)?.catch(() => undefined);
  }
}, 120_000);

afterAll(async () => {
  await Promise.allSettled(endings.values());
  await Promise.all([room?.close(), ...registries.map((registry) => registry.close())]);
}, 120_000);

/** Cancels as a runner does: SIGINT, and SIGTERM while the run is still at it. */
async function cancelAt({ trivy, cosign, spoil }: Moment): Promise<Ending> {
  const [source, target] = await Promise.all([startRegistry(), startRegistry()]);
  registries.push(source, target);
  await pushImage(source.host, 'dev/web', '1', makeImage('fixed'));
  const mark = join(await room.makeDirectory(), 'mark');
  let isHere = false;
  spoil?.(source, target, () => {
    isHere = true;
  });
  const inputs = {
    ...(trivy === undefined ? {} : { trivy: (await room.makeTool('trivy', trivy(mark))).path }),
    ...(cosign === undefined ? {} : { cosign: (await room.makeTool('cosign', cosign(mark))).path }),
  };
  let action = 0;
  const running = room.promote(`${source.host}/dev/web:1`, `${target.host}/prod/web:1`, {
    inputs,
    onStart: (pid) => {
      action = pid;
    },
  });
  for (let i = 0; i < 1_000 && !isHere && !existsSync(mark); i++) await sleep(20);
  const pids = existsSync(mark) ? (await readFile(mark, 'utf8')).split(' ').map(Number) : [];
  const at = Date.now();
  process.kill(action, 'SIGINT');
  const second = setTimeout(() => isAlive(action) && process.kill(action, 'SIGTERM'), 1_000);
  const step = await running;
  clearTimeout(second);
  return { step, target, pids: [action, ...pids], milliseconds: Date.now() - at };
}

describe('a job that is cancelled ends in time, without a tag, a process or a secret file', () => {
  it.each(MOMENTS.map((moment) => [moment.what, moment] as const))(
    '%s',
    async (what, { trivy, cosign, within }) => {
      const ending = await endings.get(what);
      if (ending === undefined) throw new Error('it was not started');
      const { step, target, pids, milliseconds } = ending;
      expect(step).toMatchObject({ code: 1, outputs: { result: 'failed' } });
      expect(errorsOf(step).map(({ title }) => title)).toEqual(['CANCELLED']);
      expect(milliseconds).toBeLessThan(within);
      expect(pids.length).toBe(1 + ((trivy ?? cosign) ? 2 : 0));
      expect(pids.filter(isAlive)).toEqual([]);
      expect(target.tags('prod/web')).toEqual([]);
      const rooms = (await readdir(step.temporary)).filter((name) => name.startsWith('promote-image-'));
      expect(rooms).toHaveLength(1);
      expect(await readdir(join(step.temporary, rooms[0] ?? ''))).toEqual(['results']);
    },
    120_000,
  );
});

/** A process that has ended, and whose end nobody has asked for yet, is not alive. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
