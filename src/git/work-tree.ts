import { commitPaths, createCommit, type NewCommit, type NewFile } from './commit.ts';
import { createGit, type Git, type GitPorts } from './git-process.ts';
import { deepen, type FileCommit, listHistory } from './history.ts';
import { locateFiles } from './locate.ts';
import { findTip, type Pushed, pushCommit, pushHead, type Tip, type Upstream } from './push.ts';
import { type FileVersion, readVersions } from './read-versions.ts';

/** The repository that files of a workspace are in. All paths are from its root, with slashes. */
export interface WorkTree {
  /** Where its files are, as an absolute path. */
  readonly root: string;
  /** Where each of the files is in it, by the name the workspace has for it: a link is what it leads to. */
  readonly paths: ReadonlyMap<string, string>;
  /** The current commit; undefined before the first. */
  readonly head: () => Promise<string | undefined>;
  /** The current branch; undefined where HEAD is detached, as on a pull request. */
  readonly branch: () => Promise<string | undefined>;
  /** The branch of a remote that the current branch follows; undefined where it follows none. */
  readonly upstream: () => Promise<Upstream | undefined>;
  readonly isShallow: () => Promise<boolean>;
  /** Fetches more of the history; false where there is no more to fetch, or no remote to fetch it from. Throws FETCH_FAILED. */
  readonly deepen: () => Promise<boolean>;
  /** The commits that changed a file, newest first, along first parents and through renames; of a shallow clone, what is there. */
  readonly history: (path: string) => Promise<readonly FileCommit[]>;
  /** The bytes of files as they were committed, in order, by one process; undefined where a commit has no such file. */
  readonly readAll: (versions: readonly FileVersion[]) => Promise<readonly (Uint8Array | undefined)[]>;
  /** Those of these files that are not as HEAD has them, untracked ones too. */
  readonly listDirty: (paths: readonly string[]) => Promise<readonly string[]>;
  /** Commits these files as they are, and returns the commit. What else is staged or dirty stays as it was. Runs no hooks. */
  readonly commit: (commit: NewCommit) => Promise<string>;
  /** Makes a commit on top of HEAD with these files, of which neither the work tree, the index nor a branch knows. */
  readonly createCommit: (files: readonly NewFile[], message: string) => Promise<string>;
  /** Pushes HEAD to the branch it follows. Throws PUSH_REJECTED or PUSH_NOT_ALLOWED. */
  readonly push: (upstream: Upstream) => Promise<void>;
  /** The newest commit of a branch at a remote; undefined where there is no such branch. */
  readonly findTip: (branch: Upstream) => Promise<Tip | undefined>;
  /** True for two commits with the same files and message: a branch at the first gains nothing by the second. */
  readonly isSame: (a: string, b: string) => Promise<boolean>;
  /** Pushes a commit to a branch that nothing else is on since `tip` was seen. Throws as `push` does. */
  readonly pushCommit: (pushed: Pushed) => Promise<void>;
}

/** Opens the repository that these files of a workspace are in. Throws NO_REPOSITORY where one of them is in none, or they are in several. */
export async function openWorkTree(ports: GitPorts, workspace: string, files: readonly string[]): Promise<WorkTree> {
  const { root, paths, isInside } = await locateFiles(workspace, files);
  const git = createGit(ports, root, isInside);
  const head = () => readOptional(git, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  const branch = () => readOptional(git, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  const upstream = () => findUpstream(git, branch);
  return {
    ...{ root, paths, head, branch, upstream },
    isShallow: () => isShallow(git),
    deepen: async () => deepen(git, { isShallow: await isShallow(git), upstream: await upstream() }),
    history: (path) => listHistory(git, path),
    readAll: (versions) => readVersions(git, versions),
    listDirty: (wanted) => listDirty(git, wanted),
    commit: (commit) => commitPaths(git, commit, ports.gitEnv),
    createCommit: (added, message) => createCommit(git, added, message, ports.gitEnv),
    push: (to) => pushHead(git, to),
    findTip: async (from) => findTip(git, from, await isShallow(git)),
    isSame: async (a, b) => (await describeCommit(git, a)) === (await describeCommit(git, b)),
    pushCommit: (pushed) => pushCommit(git, pushed),
  };
}

async function readOptional(git: Git, args: readonly string[]): Promise<string | undefined> {
  const { code, stdout } = await git.try(args);
  return code === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
}

async function describeCommit(git: Git, commit: string): Promise<string> {
  return git.read(['log', '-1', '--format=%T%n%B', commit]);
}

async function isShallow(git: Git): Promise<boolean> {
  return (await git.readLine(['rev-parse', '--is-shallow-repository'])) === 'true';
}

async function findUpstream(git: Git, readBranch: () => Promise<string | undefined>): Promise<Upstream | undefined> {
  const name = await readBranch();
  if (name === undefined) return undefined;
  const remote = await readOptional(git, ['config', '--get', `branch.${name}.remote`]);
  const merge = await readOptional(git, ['config', '--get', `branch.${name}.merge`]);
  const branch = /^refs\/heads\/(.+)$/.exec(merge ?? '')?.[1];
  // A branch may follow one of the same repository, which is no remote.
  return remote === undefined || remote === '.' || branch === undefined ? undefined : { remote, branch };
}

async function listDirty(git: Git, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const args = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--ignored=matching', '--'];
  const text = await git.read([...args, ...paths], { env: { GIT_OPTIONAL_LOCKS: '0' } });
  const changed = text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice(3));
  // A folder that is ignored as a whole is told as one.
  return paths.filter((path) => changed.some((each) => each === path || (each.endsWith('/') && path.startsWith(each))));
}
