import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Github, type GithubOptions, startGithub } from '../../../lab/github.ts';
import { createPullRequests } from '../../../src/host/actions/pull-requests.ts';

const env = { GITHUB_REPOSITORY: 'acme/shop' };
const WANTED = { branch: 'promote-image/pin', base: 'main', title: 'Pin 2 images', body: 'A table' };

let github: Github;
/** Changed by a test before it asks. */
const right: { pulls: NonNullable<GithubOptions['pulls']> } = { pulls: 'allowed' };

beforeAll(async () => {
  const options = { repository: 'acme/shop', commit: 'c'.repeat(40), files: {}, token: 'ghs_token' };
  github = await startGithub(Object.defineProperty(options, 'pulls', { get: () => right.pulls, enumerable: true }));
  // @actions/github reads it when it is loaded, which is when it is first needed.
  process.env.GITHUB_API_URL = github.url;
});
afterAll(async () => {
  delete process.env.GITHUB_API_URL;
  await github.close();
});
beforeEach(() => {
  github.pulls.length = 0;
  right.pulls = 'allowed';
});

const open = (more: object = {}, token = 'ghs_token') => createPullRequests(env, token).open({ ...WANTED, ...more });

describe('a pull request', () => {
  it('is opened once and updated from then on', async () => {
    const url = 'https://github.com/acme/shop/pull/1';
    expect(await open()).toEqual({ number: 1, url, isNew: true });
    expect(await open({ title: 'Pin 3 images', body: 'Another' })).toEqual({ number: 1, url, isNew: false });
    expect(github.pulls).toEqual([
      { number: 1, head: WANTED.branch, base: 'main', title: 'Pin 3 images', body: 'Another', state: 'open' },
    ]);
  });

  it('that was closed, or is for another branch, is not touched', async () => {
    await open();
    const [first] = github.pulls;
    if (first !== undefined) github.pulls[0] = { ...first, state: 'closed' };
    expect(await open()).toMatchObject({ number: 2, isNew: true });
    expect(await open({ base: 'release' })).toMatchObject({ number: 3, isNew: true });
  });

  it.each([
    ['denied', /permissions: pull-requests: write/],
    ['not-permitted', /Allow GitHub Actions to create and approve pull requests/],
  ] as const)('names what is missing where it is %s', async (pulls, hint) => {
    right.pulls = pulls;
    const failing = open();
    await expect(failing).rejects.toMatchObject({ code: 'PULL_REQUEST', hint: expect.stringMatching(hint) });
    await expect(failing).rejects.toThrow('the branch promote-image/pin is pushed');
  });

  it.each(['', 'ghs_other'])('needs a token, not %j', async (token) => {
    await expect(open({}, token)).rejects.toMatchObject({ hint: expect.stringContaining('github-token') });
  });
});
