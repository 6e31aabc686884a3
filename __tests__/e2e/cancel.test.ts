import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { errorsOf, type PromoteStep, type Scene, setScene, writeWrapper } from './fixture.ts';
import { makeImage } from './fixture-images.ts';

let scene: Scene;
let staging: LabRegistry;
let production: LabRegistry;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([setScene(), startRegistry(), startRegistry()]);
  await pushImage(staging.host, 'dev/web', '1', makeImage('fixed'));
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), staging?.close(), production?.close()]);
});

const promote = (step: PromoteStep): Promise<StepResult> =>
  scene.promote(`${staging.host}/dev/web:1`, `${production.host}/prod/web:1`, step);

describe('a cancelled job', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'that gets a %s while the scan runs ends at once: children gone, no tag, only results left',
    async (signal) => {
      const directory = await scene.makeDirectory();
      const pids = join(directory, 'pids');
      const script = `case "$*" in *--input*) echo "$PPID $$" > "${pids}"; exec sleep 300;; esac; exec "$REAL" "$@"`;
      const running = promote({ inputs: { trivy: await writeWrapper(directory, 'trivy', script) } });
      while (!existsSync(pids) || (await readFile(pids, 'utf8')) === '') await sleep(20);
      const [action = 0, scanner = 0] = (await readFile(pids, 'utf8')).split(' ').map(Number);
      const at = Date.now();
      process.kill(action, signal);
      const step = await running;

      expect(Date.now() - at).toBeLessThan(5_000);
      expect(step).toMatchObject({ code: 1, outputs: { result: 'failed' } });
      expect(errorsOf(step).map(({ title }) => title)).toEqual(['CANCELLED']);
      expect(() => process.kill(scanner, 0)).toThrow('ESRCH');
      expect(production.log.uploads()).toEqual([]);
      const rooms = (await readdir(step.temporary)).filter((name) => name.startsWith('promote-image-'));
      expect(rooms).toHaveLength(1);
      expect(await readdir(join(step.temporary, rooms[0] ?? ''))).toEqual(['results']);
    },
    120_000,
  );

  it('that takes longer than its timeout fails, and says so', async () => {
    const directory = await scene.makeDirectory();
    const script = 'case "$*" in *--input*) exec sleep 300;; esac; exec "$REAL" "$@"';
    const inputs = { trivy: await writeWrapper(directory, 'trivy', script), timeout: '4s' };
    const step = await promote({ inputs });
    expect(step).toMatchObject({ code: 1, outputs: { result: 'failed' } });
    expect(errorsOf(step)[0]?.message).toMatch(/timeout/i);
    expect(production.log.uploads()).toEqual([]);
  }, 120_000);
});
