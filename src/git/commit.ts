import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { mapConcurrently } from '../base/concurrency.ts';
import type { Git } from './git-process.ts';

/** What goes into a commit, and nothing else of the work tree or the index. */
export interface NewCommit {
  readonly paths: readonly string[];
  readonly message: string;
}

/** A file as it is to be in a commit that leaves the work tree alone. */
export interface NewFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Who commits where git's own configuration names nobody; https://github.com/actions/checkout#push-a-commit-using-the-built-in-token */
const BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' };
const CONCURRENT_FILES = 8;

type Env = Readonly<Record<string, string>>;

/** See WorkTree.commit. */
export async function commitPaths(git: Git, { paths, message }: NewCommit, gitEnv: Env): Promise<string> {
  const env = await nameAuthor(git, gitEnv);
  const options = ['--quiet', '--no-verify', '--cleanup=whitespace', '--file=-', '--only'];
  await git.read(['commit', ...options, '--', ...paths], { input: message, env });
  return git.readLine(['rev-parse', 'HEAD']);
}

/** See WorkTree.createCommit. */
export async function createCommit(git: Git, files: readonly NewFile[], message: string, gitEnv: Env): Promise<string> {
  const head = await git.readLine(['rev-parse', '--verify', 'HEAD^{commit}']);
  const index = await git.readLine(['rev-parse', '--git-path', `promote-image-${randomUUID()}`]);
  const env = { GIT_INDEX_FILE: resolve(await git.readLine(['rev-parse', '--show-toplevel']), index) };
  try {
    await git.read(['read-tree', head], { env });
    const modes = await readModes(git, head, files);
    const entries = await mapConcurrently(files, CONCURRENT_FILES, async ({ path, bytes }) => {
      // What is kept may differ from what is checked out, such as in its line ends.
      const args = ['hash-object', '-w', '--stdin', `--path=${path}`];
      const blob = await git.readLine(args, { input: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) });
      return `${modes.get(path) ?? '100644'} ${blob}\t${path}\0`;
    });
    await git.read(['update-index', '-z', '--index-info'], { env, input: entries.join('') });
    const tree = await git.readLine(['write-tree'], { env });
    const isSigned = (await git.try(['config', '--type=bool', '--get', 'commit.gpgSign'])).stdout.trim() === 'true';
    const options = [tree, '-p', head, ...(isSigned ? ['-S'] : []), '-F', '-'];
    return await git.readLine(['commit-tree', ...options], { input: message, env: await nameAuthor(git, gitEnv) });
  } finally {
    for (const path of [env.GIT_INDEX_FILE, `${env.GIT_INDEX_FILE}.lock`]) await rm(path, { force: true });
  }
}

async function readModes(git: Git, commit: string, files: readonly NewFile[]): Promise<ReadonlyMap<string, string>> {
  const args = ['ls-tree', '-z', '--full-tree', commit, '--', ...files.map(({ path }) => path)];
  const found = (await git.read(args)).matchAll(/(\d{6}) \w+ [0-9a-f]+\t([^\0]*)\0/g);
  return new Map([...found].map(([, mode = '', path = '']) => [path, mode]));
}

async function nameAuthor(git: Git, gitEnv: Env): Promise<Record<string, string>> {
  const isNamed = async (key: 'name' | 'email'): Promise<boolean> =>
    (await git.try(['config', '--get', `user.${key}`])).stdout.trim() !== '';
  const [hasName, hasEmail] = [await isNamed('name'), await isNamed('email')];
  const fill = (role: 'AUTHOR' | 'COMMITTER'): Record<string, string> => ({
    ...(hasName || gitEnv[`GIT_${role}_NAME`] ? {} : { [`GIT_${role}_NAME`]: BOT.name }),
    ...(hasEmail || gitEnv[`GIT_${role}_EMAIL`] ? {} : { [`GIT_${role}_EMAIL`]: BOT.email }),
  });
  return { ...fill('AUTHOR'), ...fill('COMMITTER') };
}
