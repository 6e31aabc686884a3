import { appendFile, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../lab/process.ts';
import { BENCH_TOOLS, TEST_TOOLS } from '../../lab/tools.ts';
import { withLock } from '../../scripts/tools/lock.ts';
import { provideTools } from '../../scripts/tools/provide.ts';
import { RECIPES } from '../../scripts/tools/recipes.ts';
import { hashSource, isProvided, PLATFORM, placeTool } from '../../scripts/tools/stamp.ts';
import { countTests, workerOption } from '../../scripts/tools/test-count.ts';

const { signal } = new AbortController();
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-scripts-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('the recipes', () => {
  it('provide every tool once', () => {
    expect(RECIPES.map(({ name }) => name).sort()).toEqual([...TEST_TOOLS, ...BENCH_TOOLS].sort());
  });
});

describe('a stamp', () => {
  const stamp = { name: 'crane', version: '1.0.0', platform: PLATFORM, from: 'go' } as const;
  const place = async (changes = {}) => {
    await writeFile(join(directory, 'built'), 'the tool');
    await placeTool(join(directory, 'built'), join(directory, 'crane'), { ...stamp, ...changes });
  };

  it('vouches for what was placed, and leaves nothing else', async () => {
    await place();
    expect(await isProvided(join(directory, 'crane'), '1.0.0')).toBe(true);
    expect((await readdir(directory)).sort()).toEqual(['crane', 'crane.stamp.json']);
  });

  it('does not vouch for another version, another machine, or bytes that changed', async () => {
    await place();
    expect(await isProvided(join(directory, 'crane'), '1.0.1')).toBe(false);
    await place({ platform: 'plan9/mips' });
    expect(await isProvided(join(directory, 'crane'), '1.0.0')).toBe(false);
    await place();
    await appendFile(join(directory, 'crane'), '!');
    expect(await isProvided(join(directory, 'crane'), '1.0.0')).toBe(false);
  });

  it('of a program of ours does not vouch for another source', async () => {
    const source = () => hashSource(directory);
    expect(await source()).toBeUndefined();
    await writeFile(join(directory, 'go.mod'), 'module m');
    expect(await source()).toBeUndefined(); // somebody else's program: its version says all
    await writeFile(join(directory, 'main.go'), 'package main');
    await place({ source: await source() });
    expect(await isProvided(join(directory, 'crane'), '1.0.0', await source())).toBe(true);
    await appendFile(join(directory, 'main.go'), ' ');
    expect(await isProvided(join(directory, 'crane'), '1.0.0', await source())).toBe(false);
    expect(await isProvided(join(directory, 'crane'), '1.0.0')).toBe(false);
  });

  it('that is missing or broken vouches for nothing', async () => {
    await writeFile(join(directory, 'crane'), 'the tool');
    expect(await isProvided(join(directory, 'crane'), '1.0.0')).toBe(false);
    await writeFile(join(directory, 'crane.stamp.json'), '{');
    expect(await isProvided(join(directory, 'crane'), '1.0.0')).toBe(false);
  });
});

describe('withLock', () => {
  it('lets one run in at a time', async () => {
    const events: string[] = [];
    const lock = join(directory, '.lock');
    const enter = (name: string) =>
      withLock(lock, { signal, staleMs: 300, onWait: () => events.push(`${name} waits`) }, async () => {
        events.push(`${name} in`);
        await new Promise((wait) => setTimeout(wait, 700)); // longer than staleMs: it must be kept alive
        events.push(`${name} out`);
      });
    const first = enter('a');
    await new Promise((wait) => setTimeout(wait, 50));
    await Promise.all([first, enter('b')]);
    expect(events).toEqual(['a in', 'b waits', 'a out', 'b in', 'b out']);
    expect(await readdir(directory)).toEqual([]);
  });

  it('takes over from a run that is gone', async () => {
    const lock = join(directory, '.lock');
    await writeFile(lock, 'somebody');
    await utimes(lock, new Date(0), new Date(0));
    expect(await withLock(lock, { signal, onWait: () => {} }, async () => 'in')).toBe('in');
    expect(await readdir(directory)).toEqual([]);
  });

  it('is released by a body that throws', async () => {
    const lock = join(directory, '.lock');
    const failing = withLock(lock, { signal, onWait: () => {} }, async () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await readdir(directory)).toEqual([]);
  });

  it('does not wait on when it is cancelled', async () => {
    const lock = join(directory, '.lock');
    await writeFile(lock, 'somebody');
    const waiting = withLock(lock, { signal: AbortSignal.timeout(50), onWait: () => {} }, async () => 'in');
    await expect(waiting).rejects.toThrow();
    expect(await readFile(lock, 'utf8')).toBe('somebody');
  });
});

describe('provideTools', () => {
  it('names every tool that needs Go where there is none, and where to get it', async () => {
    const context = { directory, env: { PATH: directory }, signal, say: () => {} };
    const providing = provideTools(['crane', 'olareg'], context);
    await expect(providing).rejects.toThrow(
      /Go is needed to build olareg 0\.1\.2, crane 0\.22\.1.*https:\/\/go\.dev\/dl/,
    );
    expect(await readdir(directory)).toEqual([]);
  });

  it('builds with Go, and finds what it built the next time', async () => {
    const said: string[] = [];
    const context = { directory, env: process.env, signal, say: (line: string) => said.push(line) };
    const path = join(directory, 'olareg');
    expect(await provideTools(['olareg'], context)).toEqual([{ name: 'olareg', version: '0.1.2', path }]);
    expect(await run(path, ['version'])).toMatchObject({ code: 0, stdout: expect.stringContaining('v0.1.2') });
    expect(said).toEqual([expect.stringContaining('building with Go'), expect.stringMatching(/built in \d+ s/)]);
    said.length = 0;
    await provideTools(['olareg'], { ...context, env: { PATH: directory } });
    expect(said).toEqual([]);
  }, 120_000);
});

describe('countTests', () => {
  const result = { numPassedTests: 5, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };

  it('counts what passed', () => {
    expect(countTests(result, 0)).toEqual({ passed: 5, failed: 0 });
  });

  it('counts a suite that did not run as a failure, like a test', () => {
    const broken = { numPassedTests: 5, numFailedTests: 2, numRuntimeErrorTestSuites: 1 };
    expect(countTests(broken, 1)).toEqual({ passed: 5, failed: 3 });
  });

  it.each([
    ['jest left no result', undefined, 0],
    ['no test ran', { ...result, numPassedTests: 0 }, 0],
    ['jest failed although all tests passed', result, 1],
    ['a signal ended jest', result, null],
  ])('counts the run as a failure when %s', (_why, given, code) => {
    expect(countTests(given, code).failed).toBe(1);
  });
});

describe('workerOption', () => {
  it.each([
    [1, 1],
    [2, 2],
    [64, 4],
  ])('gives %d cores %d workers', (cores, workers) => {
    expect(workerOption([], cores)).toEqual([`--maxWorkers=${workers}`]);
  });

  it.each(['-i', '-w2', '-w', '--runInBand', '--maxWorkers=1', '--maxWorkers'])('leaves the choice to %s', (arg) => {
    expect(workerOption([arg], 2)).toEqual([]);
  });

  it.each(['--watchAll', '__tests__/wait.test.ts', '--ignoreProjects'])('is not misled by %s', (arg) => {
    expect(workerOption([arg], 2)).toHaveLength(1);
  });
});
