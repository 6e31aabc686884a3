import type { ExecResult } from '../base/ports.ts';
import { GitError } from './error.ts';
import { describeComplaint, type Git } from './git-process.ts';

/** A branch of a remote. */
export interface Upstream {
  readonly remote: string;
  /** Without `refs/heads/`. */
  readonly branch: string;
}

/** The newest commit of a branch. */
export interface Tip {
  readonly commit: string;
  readonly tree: string;
  readonly message: string;
}

/** A commit for a branch of its own. */
export interface Pushed extends Upstream {
  readonly commit: string;
  /** What is there now, as it was seen; undefined for nothing. */
  readonly tip: string | undefined;
}

const DENIED =
  /\b(?:401|403)\b|permission to .* denied|write access to repository not granted|authentication failed|could not read (?:username|password)|permission denied|terminal prompts disabled/i;
const BEHIND = /fetch first|non-fast-forward|stale info|\[rejected\]/i;

/** See WorkTree.push. */
export async function pushHead(git: Git, upstream: Upstream): Promise<void> {
  await push(git, ['HEAD', upstream], []);
}

/** See WorkTree.pushCommit. */
export async function pushCommit(git: Git, { commit, tip, ...to }: Pushed): Promise<void> {
  // Only what was looked at is replaced: nothing that came meanwhile is lost.
  await push(git, [commit, to], [`--force-with-lease=refs/heads/${to.branch}:${tip ?? ''}`]);
}

async function push(git: Git, [what, to]: readonly [string, Upstream], options: readonly string[]): Promise<void> {
  const refspec = `${what}:refs/heads/${to.branch}`;
  const result = await git.try(['push', '--quiet', '--no-verify', ...options, to.remote, refspec], { isRemote: true });
  if (result.code !== 0) throw explain(result, to);
}

function explain(result: ExecResult, { remote, branch }: Upstream): GitError {
  const said = describeComplaint(result);
  const attempted = `the commit could not be pushed to ${branch} at ${remote}, and stays here`;
  if (DENIED.test(said)) {
    return new GitError('PUSH_NOT_ALLOWED', `${attempted}: ${said}`, {
      hint: 'Give the job permissions: contents: write, and let actions/checkout keep its credentials (persist-credentials: true).',
    });
  }
  if (/remote rejected|protected branch|GH\d{3}/i.test(said)) {
    return new GitError('PUSH_REJECTED', `${attempted}: ${said}`, {
      hint: 'Where the branch is protected, use pull-request: true.',
    });
  }
  if (BEHIND.test(said)) {
    return new GitError('PUSH_REJECTED', `${attempted}, since the branch moved meanwhile: ${said}`, {
      hint: 'Run the job again: it starts from what is there now. Two jobs that push belong into one concurrency group.',
    });
  }
  return new GitError('PUSH_REJECTED', `${attempted}: ${said}`);
}

/** See WorkTree.findTip. */
export async function findTip(git: Git, from: Upstream, isShallow: boolean): Promise<Tip | undefined> {
  const ref = `refs/heads/${from.branch}`;
  const listed = await git.try(['ls-remote', '--quiet', from.remote, ref], { isRemote: true });
  if (listed.code !== 0) throw failFetch(from, listed);
  const commit = /^([0-9a-f]{40,64})\t/.exec(listed.stdout)?.[1];
  if (commit === undefined) return undefined;
  // Only a clone that is shallow already may become so at another place.
  const depth = isShallow ? ['--depth=1'] : [];
  const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', ...depth, from.remote, commit];
  const fetched = await git.try(args, { isRemote: true });
  if (fetched.code !== 0) throw failFetch(from, fetched);
  const tree = await git.readLine(['rev-parse', `${commit}^{tree}`]);
  return { commit, tree, message: await git.read(['log', '-1', '--format=%B', commit]) };
}

function failFetch({ remote, branch }: Upstream, result: ExecResult): GitError {
  const message = `the branch ${branch} at ${remote} could not be looked at: ${describeComplaint(result)}`;
  return new GitError('FETCH_FAILED', message, {
    hint: 'Let actions/checkout keep its credentials (persist-credentials: true).',
  });
}
