import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GitPorts } from '../../src/git/git-process.ts';
import { runCommand } from '../../src/host/machine/exec.ts';

/** A repository with a remote, in a temporary directory. */
export interface GitRoom {
  readonly home: string;
  readonly origin: string;
  /** A clone whose branch `main` follows the remote's. */
  readonly workspace: string;
  readonly ports: GitPorts;
  /** Runs git in the workspace, or in another directory, as somebody named Ada. */
  git(args: readonly string[], directory?: string): string;
  write(files: Readonly<Record<string, string | Uint8Array>>, directory?: string): Promise<void>;
  /** Writes, adds and commits everything; the commit. */
  commit(files: Readonly<Record<string, string | Uint8Array>>, message?: string, directory?: string): Promise<string>;
  /** Another clone of the remote; a shallow one with `depth`. */
  clone(name: string, depth?: number): string;
  remove(): Promise<void>;
}

/** Makes the repository with these files in its first commit, pushed. */
export async function openGitRoom(files: Readonly<Record<string, string | Uint8Array>>): Promise<GitRoom> {
  const home = await mkdtemp(join(tmpdir(), 'git-'));
  const [origin, workspace] = [join(home, 'origin.git'), join(home, 'workspace')];
  const git = (args: readonly string[], directory = workspace): string => {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    const env = { PATH: process.env.PATH ?? '', HOME: home, LC_ALL: 'C' };
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
      cwd: directory,
      encoding: 'utf8',
      env,
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  const write: GitRoom['write'] = async (added, directory = workspace) => {
    for (const [path, content] of Object.entries(added)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), content);
    }
  };
  const commit: GitRoom['commit'] = async (added, message = 'A change', directory = workspace) => {
    await write(added, directory);
    git(['add', '-A'], directory);
    git(['commit', '-q', '-m', message], directory);
    return git(['rev-parse', 'HEAD'], directory);
  };
  const clone = (name: string, depth?: number): string => {
    const options = depth === undefined ? [] : [`--depth=${depth}`];
    git(['clone', '-q', ...options, `file://${origin}`, name], home);
    return join(home, name);
  };
  git(['init', '-q', '--bare', '-b', 'main', origin], home);
  clone('workspace');
  git(['checkout', '-q', '-B', 'main']);
  await commit(files, 'First');
  git(['push', '-q', '-u', 'origin', 'main']);
  const signal = new AbortController().signal;
  return {
    ...{ home, origin, workspace, git, write, commit, clone },
    ports: { exec: runCommand, gitEnv: { HOME: home }, networkEnv: {}, signal },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
