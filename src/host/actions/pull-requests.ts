import type { OpenPullRequest, PullRequests, WantedPullRequest } from '../../base/ports.ts';
import { HostError } from '../machine/error.ts';

type Rest = ReturnType<typeof import('@actions/github').getOctokit>['rest'];

/** The pull requests of the repository whose job this is, by GitHub's API; https://docs.github.com/en/rest/pulls/pulls */
export function createPullRequests(env: NodeJS.ProcessEnv, token: string): PullRequests {
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/');
  return {
    async open(wanted) {
      try {
        if (token === '') throw new HostError('PULL_REQUEST', 'github-token is empty');
        const { getOctokit } = await import('@actions/github');
        return await openOrUpdate(getOctokit(token).rest, { owner, repo }, wanted);
      } catch (cause) {
        throw explain(cause, wanted);
      }
    },
  };
}

async function openOrUpdate(
  { pulls }: Rest,
  at: { readonly owner: string; readonly repo: string },
  { branch, base, title, body }: WantedPullRequest,
): Promise<OpenPullRequest> {
  const find = async () =>
    (await pulls.list({ ...at, head: `${at.owner}:${branch}`, base, state: 'open', per_page: 1 })).data[0];
  const update = async (number: number): Promise<OpenPullRequest> => {
    const { data } = await pulls.update({ ...at, pull_number: number, title, body });
    return { number, url: data.html_url, isNew: false };
  };
  const open = await find();
  if (open !== undefined) return update(open.number);
  try {
    const { data } = await pulls.create({ ...at, head: branch, base, title, body });
    return { number: data.number, url: data.html_url, isNew: true };
  } catch (error) {
    // Another job may have opened it meanwhile.
    const raced = (error as { status?: number }).status === 422 ? await find() : undefined;
    if (raced === undefined) throw error;
    return update(raced.number);
  }
}

/** What a token needs is told by what was refused; https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
function explain(cause: unknown, { branch, base }: WantedPullRequest): HostError {
  const { status, message = '' } = cause as { status?: number; message?: string };
  const what = `the branch ${branch} is pushed, and its pull request into ${base} could not be opened or updated`;
  if (/not permitted to create or approve/i.test(message)) {
    const hint =
      'Allow it in the settings of the repository: Actions, General, Workflow permissions, "Allow GitHub Actions to create and approve pull requests".';
    return new HostError('PULL_REQUEST', what, { cause, hint });
  }
  const isDenied = status === 401 || status === 403 || status === 404 || message.includes('github-token');
  const hint = isDenied
    ? 'Give the job permissions: pull-requests: write and contents: write, or another github-token that has them.'
    : undefined;
  return new HostError('PULL_REQUEST', what, { cause, ...(hint === undefined ? {} : { hint }) });
}
