import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Command } from '../../../src/base/ports.ts';
import { runCommand } from '../../../src/host/machine/exec.ts';

let directory: string;
beforeAll(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'promote-image-exec-')));
});
afterAll(() => rm(directory, { recursive: true }));

const never = new AbortController().signal;
const node = (script: string, more: Partial<Command> = {}): Command => ({
  file: process.execPath,
  args: ['-e', script],
  cwd: directory,
  env: {},
  ...more,
});

describe('runCommand', () => {
  it('tells what the child wrote and how it ended', async () => {
    const script = 'process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 3';
    expect(await runCommand(node(script), never)).toEqual({ code: 3, signal: null, stdout: 'out', stderr: 'err' });
  });

  it('passes on the environment that is listed and a PATH, and nothing else of ours', async () => {
    process.env.PROMOTE_IMAGE_SECRET = 'secret';
    const { stdout } = await runCommand(node('console.log(JSON.stringify(process.env))', { env: { A: 'b' } }), never);
    delete process.env.PROMOTE_IMAGE_SECRET;
    expect(JSON.parse(stdout)).toEqual({ A: 'b', PATH: process.env.PATH });
  });

  it('uses no shell', async () => {
    const args = ['-e', 'console.log(process.argv[1])', '$(id); `id` && "x"'];
    const { stdout } = await runCommand(node('', { args }), never);
    expect(stdout.trim()).toBe('$(id); `id` && "x"');
  });

  it('runs in the given directory', async () => {
    expect((await runCommand(node('process.stdout.write(process.cwd())'), never)).stdout).toBe(directory);
  });

  it('writes the input and closes it, also when nothing is given', async () => {
    const echo = 'process.stdin.pipe(process.stdout)';
    expect((await runCommand(node(echo, { input: 'hello' }), never)).stdout).toBe('hello');
    expect((await runCommand(node(echo), never)).code).toBe(0);
  });

  it('does not mind a child that reads no input', async () => {
    expect((await runCommand(node('', { input: 'x'.repeat(1_000_000) }), never)).code).toBe(0);
  });

  it('keeps characters whole, however the pipe cuts them', async () => {
    const script = 'for (const b of Buffer.from("häé€😀")) process.stdout.write(Buffer.from([b]))';
    expect((await runCommand(node(script), never)).stdout).toBe('häé€😀');
  });

  it('says what could not be started', async () => {
    const start = runCommand(node('', { file: join(directory, 'absent') }), never);
    await expect(start).rejects.toMatchObject({ code: 'EXEC_FAILED', message: expect.stringContaining('absent') });
    await writeFile(join(directory, 'plain'), 'text', { mode: 0o644 });
    await expect(runCommand(node('', { file: join(directory, 'plain') }), never)).rejects.toMatchObject({
      code: 'EXEC_FAILED',
    });
  });
});

describe('runCommand, when the run is cancelled', () => {
  it('asks the child to end', async () => {
    const stop = new AbortController();
    const script =
      'process.on("SIGTERM", () => { console.log("bye"); process.exit(7) }); console.log("up"); setInterval(() => {}, 1e3)';
    const run = runCommand(node(script), stop.signal);
    await sleep(400);
    stop.abort();
    expect(await run).toMatchObject({ code: 7, stdout: 'up\nbye\n' });
  });

  it('ends a child that was started after that at once', async () => {
    const result = await runCommand(node('setInterval(() => {}, 1e3)'), AbortSignal.abort());
    expect(result).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  it('ends one that does not listen by force, and does not wait for what it left behind', async () => {
    const stop = new AbortController();
    const grandchild = `require("node:child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 20000)"], { stdio: "inherit" })`;
    const run = runCommand(
      node(`process.on("SIGTERM", () => {}); ${grandchild}; setInterval(() => {}, 1e3)`),
      stop.signal,
    );
    await sleep(400);
    stop.abort();
    expect(await run).toMatchObject({ code: null, signal: 'SIGKILL' });
  }, 15_000);

  it('ends what a wrapper left running elsewhere, once the wrapper is gone', async () => {
    const stop = new AbortController();
    const grandchild = `const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e3)"], { stdio: "ignore" });
      setTimeout(() => console.log(child.pid), 200); setInterval(() => {}, 1e3)`;
    const run = runCommand(node(grandchild), stop.signal);
    await sleep(600);
    stop.abort();
    const pid = Number((await run).stdout);
    expect(pid).toBeGreaterThan(1);
    await sleep(50);
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tZ');
    expect(status).toMatch(/^State:\tZ/m);
  });
});
