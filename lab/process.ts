import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessOptions {
  /** Replaces the environment; without it the child inherits ours. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

export interface RunOptions extends ProcessOptions {
  /** Written to standard input, which is closed in any case. */
  readonly input?: string;
  readonly signal?: AbortSignal;
  /** Told the id of the process as soon as it runs. */
  readonly onStart?: (pid: number) => void;
  /** Told what comes on standard output while it comes. */
  readonly onStdout?: (text: string) => void;
  /** Told what comes on standard error while it comes. */
  readonly onStderr?: (text: string) => void;
}

/** What a process left behind; `code` is null when a signal ended it. */
export interface RunResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long a process has to end by itself after its SIGTERM. */
const GRACE_MS = 5000;

/** Runs a process without a shell, to its end. Rejects only when it cannot be started or `signal` fires, and then not before it has ended. */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { input, signal, onStart, onStdout, onStderr, ...others } = options;
  const child = spawn(file, args, { ...others, ...(signal && { signal }), stdio: ['pipe', 'pipe', 'pipe'] });
  if (child.pid !== undefined) onStart?.(child.pid);
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout.push(text);
    onStdout?.(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr.push(text);
    onStderr?.(text);
  });
  child.stdin.on('error', () => undefined); // a child need not read its input
  child.stdin.end(input);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout: stdout.join(''), stderr: stderr.join('') };
  } finally {
    await waitForExit(child);
  }
}

async function waitForExit(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await once(child, 'exit');
  clearTimeout(force);
}

/** A process that runs until it is stopped. */
export interface ServerProcess {
  /** Everything printed so far, standard output and error together, in complete lines. */
  lines(): readonly string[];
  /** True until it ended. */
  isRunning(): boolean;
  /** Ends it (gently, after 3 s by force) and waits until it is gone. */
  stop(): Promise<void>;
}

/** Ends the server when our end of its standard input closes: also when this process is killed. */
const END_WITH_PARENT =
  'exec 3<&0; server=$$; (cat <&3; kill "$server") >/dev/null 2>&1 & exec 3<&- </dev/null; exec "$0" "$@"';

/** Starts a server and waits until `isReady`, asked again and again, is true; throws with its output when it ends before. */
export async function startServer(
  file: string,
  args: readonly string[],
  isReady: (server: ServerProcess) => boolean | Promise<boolean>,
  options: ProcessOptions & { readonly timeoutMs?: number } = {},
): Promise<ServerProcess> {
  const { timeoutMs = 20_000, ...others } = options;
  const child = spawnWatched(file, args, { ...others, stdio: ['pipe', 'pipe', 'pipe'] });
  const server = observe(child);
  await Promise.race([once(child, 'spawn'), once(child, 'exit')]); // rejects when it cannot be started
  const end = Date.now() + timeoutMs;
  for (;;) {
    if (await isReady(server)) return server;
    if (!server.isRunning() || Date.now() > end) {
      await server.stop();
      throw new Error(`${file} did not become ready:\n${server.lines().slice(-20).join('\n')}`);
    }
    await sleep(20);
  }
}

function spawnWatched(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  if (process.platform === 'win32') return spawn(file, args, options);
  return spawn('/bin/sh', ['-c', END_WITH_PARENT, file, ...args], options);
}

function observe(child: ChildProcess): ServerProcess {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const parts = `${rest}${text}`.split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
  }
  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.once('exit', () => child.stdin?.destroy());
  return {
    lines: () => lines,
    isRunning,
    async stop() {
      const force = setTimeout(() => child.kill('SIGKILL'), 3000);
      if (isRunning()) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      clearTimeout(force);
      await Promise.race([closed, sleep(200)]); // the last lines; a grandchild may hold the pipes open for ever
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}
