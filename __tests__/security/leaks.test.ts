import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StepResult } from '../../lab/runner.ts';
import { mapConcurrently } from '../../src/base/concurrency.ts';
import { endOf, errorsOf, success } from '../e2e/fixture.ts';
import { LEAK_SCENES, SERVICE_SECRETS } from './leak-scenes.ts';
import { type Scene, setScenes } from './leak-stage.ts';
import { findSecrets, maskLog } from './runner-mask.ts';
import { SECRET_ENV, SECRET_INPUTS, SECRETS } from './secrets.ts';
import { openSecurityRoom, readLeftFiles, type SecurityRoom } from './security-room.ts';

let room: SecurityRoom;
let scene: Scene;
let secrets: Record<string, string>;
const results = new Map<string, StepResult>();
const CONCURRENT = 4;

beforeAll(async () => {
  room = await openSecurityRoom();
  secrets = { ...SECRETS, ...SERVICE_SECRETS, key: room.key.privateKey, keyPassword: room.key.password };
  const { HTTPS_PROXY: _, ...env } = SECRET_ENV;
  scene = setScenes(room, { inputs: SECRET_INPUTS, env });
  // Slow ones, which try again, come first.
  const ordered = [...LEAK_SCENES].sort((a, b) => Number(b.code === 'UNAVAILABLE') - Number(a.code === 'UNAVAILABLE'));
  await mapConcurrently(ordered, CONCURRENT, async ({ what, run }) => void results.set(what, await run(scene)));
}, 120_000);

afterAll(async () => {
  await Promise.all([room?.close(), scene?.close()]);
});

/** What a step shows: its log as a runner leaves it, and files, which nobody masks, as they are. */
async function findLeaks(step: StepResult): Promise<string[]> {
  const files = [...(await readLeftFiles(step))];
  return [
    ...findSecrets(maskLog(step.log), secrets).map((leak) => `log: ${leak}`),
    ...files.flatMap(([path, text]) => findSecrets(text, secrets).map((leak) => `${path}: ${leak}`)),
  ];
}

describe('a run that fails shows no secret in any form', () => {
  it.each(LEAK_SCENES.map(({ what, code }) => [what, code]))('%s', async (what, code) => {
    const step = results.get(what);
    if (step === undefined) throw new Error('it did not run');
    expect(step.outputs.result).toMatch(/failed|refused/);
    expect(new Set(errorsOf(step).map(({ title }) => title))).toEqual(new Set([code]));
    expect(await findLeaks(step)).toEqual([]);
  });
});

describe('a run that succeeds', () => {
  it('leaves no secret in log, outputs, summary, plan, record, report or SARIF', async () => {
    const step = await scene.run(`${await scene.source()}/dev/web:1`, `${await scene.target()}/prod/web:1`);
    expect(endOf(step)).toEqual(success('promoted'));
    expect((await readLeftFiles(step)).size).toBeGreaterThanOrEqual(9);
    expect(await findLeaks(step)).toEqual([]);
  }, 120_000);
});

describe('the masks of a run', () => {
  it('come before anything else that is printed', () => {
    const lines = (results.get('a wrong password of the key')?.log ?? '').split('\n');
    const firstOther = lines.findIndex((line) => !line.startsWith('::add-mask::'));
    const known = Object.values(SECRETS).filter((secret) =>
      lines.slice(0, firstOther).some((line) => decodeMask(line) === secret),
    );
    const { docker: _, proxy: __, ...given } = SECRETS;
    expect(known).toEqual(Object.values(given));
  });
});

function decodeMask(line: string): string {
  return line.replace('::add-mask::', '').replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
}
