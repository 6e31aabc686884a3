import type { ChildProcess } from 'node:child_process';
import type { Command, Exec, ExecResult } from '../../base/ports.ts';
import { HostError } from './error.ts';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const KILL_AFTER_MS = 5_000;

/** What a process needs to start at all, on whatever system: wrapper scripts find their interpreter by it. */
const START_VARIABLES: readonly string[] = ['PATH', 'SystemRoot', 'PATHEXT'];

/**
 * Runs a tool without a shell, with the environment that is listed and a PATH, and stops it when the run is cancelled:
 * SIGTERM, then SIGKILL. `@actions/exec` cannot stop a child, which is why it is not used for tools.
 */
export const runCommand: Exec = (command: Command, signal: AbortSignal) =>
  new Promise<ExecResult>((resolve, reject) => {
    // Most runs start no process: what Node needs for it is loaded by the first.
    const { spawn } = process.getBuiltinModule('node:child_process');
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: { ...startEnvironment(), ...command.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own, so that what a wrapper script started is stopped with it.
      detached: process.platform !== 'win32',
    });
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    let killTimer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      killGroup(child, 'SIGTERM');
      killTimer = setTimeout(() => {
        killGroup(child, 'SIGKILL');
        // A grandchild may hold these open for ever.
        for (const stream of [child.stdout, child.stderr]) stream.destroy();
      }, KILL_AFTER_MS);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const settle = (): void => {
      clearTimeout(killTimer);
      signal.removeEventListener('abort', stop);
      // What a wrapper started may outlive it, with its output elsewhere.
      if (signal.aborted) killGroup(child, 'SIGKILL');
    };
    child.on('error', (cause) => {
      settle();
      reject(
        new HostError('EXEC_FAILED', `${command.file} could not be started: ${cause.message}`, {
          cause,
          hint: 'Check that the file exists, may be executed, and was built for this machine.',
        }),
      );
    });
    child.on('close', (code, endedBy) => {
      settle();
      resolve({ code, signal: endedBy, stdout: stdout(), stderr: stderr() });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(command.input ?? '');
  });

/** Keeps the last 64 MiB of a stream. */
function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    while (size > MAX_OUTPUT_BYTES && chunks.length > 1) size -= chunks.shift()?.length ?? 0;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function startEnvironment(): Record<string, string> {
  return Object.fromEntries(START_VARIABLES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It ended meanwhile.
  }
}
