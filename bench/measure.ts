import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../lab/process.ts';
import { type TreeWatch, watchTree } from './process-tree.ts';
import type { Cost } from './result.ts';

/** A program to run, without a shell. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** What its home directory, which is otherwise empty, holds: texts by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** How a measured run ended. */
export interface Measured {
  readonly code: number | null;
  readonly output: string;
  readonly cost: Cost;
}

/** Runs a command and says what it cost, as GNU time and the kernel count it. Its environment is a bare one: no logins, no variables of ours. */
export async function measureRun({ file, args, env, cwd, files }: Command): Promise<Measured> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-bench-'));
  try {
    for (const [path, text] of Object.entries(files ?? {})) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), text);
    }
    const report = join(directory, 'time');
    let watch: TreeWatch | undefined;
    const startedAt = performance.now();
    const { code, stdout, stderr } = await run('/usr/bin/time', ['-q', '-f', '%U %S %M', '-o', report, file, ...args], {
      cwd: cwd ?? directory,
      env: { PATH: process.env.PATH, HOME: directory, TMPDIR: tmpdir(), DOCKER_CONFIG: directory, ...env },
      onStart: (pid) => {
        watch = watchTree(pid);
      },
    });
    const wallMs = performance.now() - startedAt;
    const tree = await watch?.stop();
    const [user = 0, system = 0, kilobytes = 0] = (await readFile(report, 'utf8')).trim().split(' ').map(Number);
    const childrenMb = tree?.childrenMb ?? {};
    // GNU time knows the largest process of the tree to the end: without others it is the command's own.
    const isAlone = Object.keys(childrenMb).length === 0;
    const peakMb = isAlone ? Math.round(kilobytes / 102.4) / 10 : (tree?.peakMb ?? 0);
    const cost = {
      wallMs: Math.round(wallMs * 10) / 10,
      cpuMs: Math.round((user + system) * 1000),
      peakMb,
      childrenMb,
    };
    return { code, output: `${stdout}${stderr}`, cost };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
