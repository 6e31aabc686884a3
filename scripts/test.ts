import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { JestResult } from './tools/test-count.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** `npm test [-- jest arguments]`: provides the tools, runs jest, and ends with one line `N passed, N failed`. */
async function main(args: readonly string[]): Promise<number> {
  await provideTestTools();
  const { countTests, workerOption } = await import('./tools/test-count.ts');
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-test-'));
  try {
    const output = join(directory, 'jest.json');
    const code = await runJest([
      ...workerOption(args, availableParallelism()),
      ...args,
      '--json',
      `--outputFile=${output}`,
    ]);
    const { passed, failed } = countTests(await readResult(output), code);
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A tool that is missing does not stop the run: the tests that need it fail and say so. */
async function provideTestTools(): Promise<void> {
  const { TEST_TOOLS, toolsDirectory } = await import('../lab/tools.ts');
  const { provideTools } = await import('./tools/provide.ts');
  const { signal } = new AbortController();
  const say = (line: string) => console.error(`tools: ${line}`);
  try {
    await provideTools(TEST_TOOLS, { directory: toolsDirectory(), env: process.env, signal, say });
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\ntools: tests that need these will fail`);
  }
}

async function runJest(args: readonly string[]): Promise<number | null> {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(process.execPath, [...flags, jest, ...args], { cwd: ROOT, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

async function readResult(file: string): Promise<JestResult | undefined> {
  return await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as JestResult,
    () => undefined,
  );
}

process.exitCode = await main(process.argv.slice(2));
