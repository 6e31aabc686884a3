import { randomUUID } from 'node:crypto';
import { GitError } from './error.ts';
import { describeComplaint, type Git } from './git-process.ts';
import type { Upstream } from './push.ts';

/** A commit that changed a file. */
export interface FileCommit {
  readonly commit: string;
  /** What the file is called in it; undefined where the commit removed it. */
  readonly path: string | undefined;
  /** When it was committed. */
  readonly at: Date;
  readonly author: string;
  readonly subject: string;
}

/** How many commits more of a shallow clone are fetched at once. */
const DEEPEN_BY = 200;

/** See WorkTree.history. */
export async function listHistory(git: Git, path: string): Promise<readonly FileCommit[]> {
  // No commit can hold this: its texts are anybody's.
  const mark = `commit-${randomUUID()}`;
  const format = ['%H', '%cI', '%an', '%s'].join('%x00');
  const way = ['--first-parent', '--diff-merges=first-parent', '--follow', '--name-status', '-z'];
  const text = await git.read(['log', ...way, `--format=${mark}%x00${format}`, '--', path]);
  return text
    .split(`${mark}\0`)
    .slice(1)
    .map((entry) => {
      const [commit = '', at = '', author = '', subject = '', status = '', ...names] = entry.split('\0');
      const [from, to] = names;
      const kind = status.trim().charAt(0);
      const name = kind === 'R' || kind === 'C' ? to : from;
      return { commit, path: kind === 'D' ? undefined : name, at: new Date(at), author, subject };
    });
}

/** See WorkTree.deepen. */
export async function deepen(
  git: Git,
  { isShallow, upstream }: { readonly isShallow: boolean; readonly upstream: Upstream | undefined },
): Promise<boolean> {
  if (!isShallow) return false;
  const remotes = (await git.read(['remote'])).split('\n').filter((name) => name !== '');
  const remote = upstream?.remote ?? (remotes.includes('origin') ? 'origin' : remotes[0]);
  if (remote === undefined) return false;
  const before = await countCommits(git);
  const fetch = (what: string) =>
    git.try(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', `--deepen=${DEEPEN_BY}`, remote, what], {
      isRemote: true,
    });
  // A commit that was made here is not there: then the branch it is on.
  let result = await fetch(await git.readLine(['rev-parse', 'HEAD']));
  if (result.code !== 0 && upstream !== undefined) result = await fetch(`refs/heads/${upstream.branch}`);
  if (result.code !== 0) {
    throw new GitError('FETCH_FAILED', `more of the history could not be fetched: ${describeComplaint(result)}`, {
      hint: 'Give actions/checkout fetch-depth: 0, or let it keep its credentials (persist-credentials: true).',
    });
  }
  return (await countCommits(git)) > before;
}

async function countCommits(git: Git): Promise<number> {
  return Number(await git.readLine(['rev-list', '--count', 'HEAD']));
}
