import { readFile } from 'node:fs/promises';
import { HostError } from '../machine/error.ts';

/** Where the base commit of a pull request can be read. */
export interface BaseCommitContext {
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  readonly token: string;
}

/** The text of a file in the base commit of the pull request, or undefined when that commit does not have it: from the checkout where it is deep enough, else from GitHub's API. */
export async function readFromBaseCommit(path: string, context: BaseCommitContext): Promise<string | undefined> {
  if (path.split(/[\\/]/).includes('..')) return undefined;
  const sha = await readBaseSha(context.env);
  const local = await readWithGit(sha, path, context.workspace);
  return local === 'no such commit' ? readWithApi(sha, path, context) : local?.text;
}

async function readBaseSha(env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const event: unknown = JSON.parse(await readFile(env.GITHUB_EVENT_PATH ?? '', 'utf8'));
    const sha = (event as { pull_request?: { base?: { sha?: unknown } } }).pull_request?.base?.sha;
    if (typeof sha === 'string' && /^[a-f0-9]{40}([a-f0-9]{24})?$/.test(sha)) return sha;
  } catch (cause) {
    throw new HostError('BASE_COMMIT', 'the event of this pull request cannot be read', { cause });
  }
  throw new HostError('BASE_COMMIT', 'the event of this pull request names no base commit');
}

async function readWithGit(
  sha: string,
  path: string,
  cwd: string,
): Promise<'no such commit' | { readonly text: string } | undefined> {
  const { getExecOutput } = await import('@actions/exec');
  const options = { cwd, silent: true, ignoreReturnCode: true };
  const git = async (...args: string[]) =>
    getExecOutput('git', ['--no-replace-objects', ...args], options).catch(() => ({ exitCode: 127, stdout: '' }));
  if ((await git('cat-file', '-e', `${sha}^{commit}`)).exitCode !== 0) return 'no such commit';
  const { exitCode, stdout } = await git('show', `${sha}:${path}`);
  return exitCode === 0 ? { text: stdout } : undefined;
}

async function readWithApi(sha: string, path: string, { env, token }: BaseCommitContext): Promise<string | undefined> {
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/');
  try {
    const { getOctokit } = await import('@actions/github');
    const { repos, git } = getOctokit(token).rest;
    // A token without the right to read gets a 404 too: only a commit that can be read may lack the file.
    await git.getCommit({ owner, repo, commit_sha: sha });
    const { data } = await repos
      .getContent({ ...{ owner, repo, path, ref: sha }, mediaType: { format: 'raw' } })
      .catch((error: { status?: number }) => {
        if (error.status === 404) return { data: undefined };
        throw error;
      });
    return data === undefined ? undefined : String(data);
  } catch (cause) {
    throw new HostError('BASE_COMMIT', `the policy ${path} of the base commit ${sha} cannot be read`, {
      cause,
      hint: 'Give actions/checkout fetch-depth: 0, or this step a github-token with contents: read.',
    });
  }
}
