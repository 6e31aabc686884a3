import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Github, startGithub } from '../../lab/github.ts';

const commit = 'c'.repeat(40);
let github: Github;

beforeEach(async () => {
  const files = { '.github/policy.yml': 'version: 1\n' };
  github = await startGithub({ repository: 'acme/shop', commit, files, token: 'right' });
});
afterEach(() => github.close());

const ask = async (path: string, authorization?: string): Promise<readonly [number, string]> => {
  const headers = authorization === undefined ? {} : { authorization };
  const answer = await fetch(`${github.url}/repos/acme/${path}`, { headers });
  return [answer.status, await answer.text()];
};

describe('the stand-in for the REST API', () => {
  it('gives a file of the commit, with its slashes escaped or not', async () => {
    expect(await ask(`shop/contents/.github/policy.yml?ref=${commit}`, 'token right')).toEqual([200, 'version: 1\n']);
    const [status] = await ask(`shop/contents/.github%2Fpolicy.yml?ref=${commit}`, 'Bearer right');
    expect(status).toBe(200);
  });

  it('knows its commit, and no other', async () => {
    expect((await ask(`shop/git/commits/${commit}`, 'token right'))[0]).toBe(200);
    expect((await ask(`shop/git/commits/${'d'.repeat(40)}`, 'token right'))[0]).toBe(404);
  });

  it.each([undefined, 'token wrong', 'Basic right', 'right'])('tells nothing to %s', async (authorization) => {
    expect((await ask(`shop/git/commits/${commit}`, authorization))[0]).toBe(401);
  });

  it.each([
    `shop/contents/.github/policy.yml?ref=${'d'.repeat(40)}`,
    'shop/contents/.github/policy.yml',
    `shop/contents/other.yml?ref=${commit}`,
    `other/contents/.github/policy.yml?ref=${commit}`,
  ])('has no %s', async (path) => {
    expect((await ask(path, 'token right'))[0]).toBe(404);
  });

  it('keeps what was asked, and with what', async () => {
    await ask('shop/x?y=1', 'token right');
    expect(github.requests).toEqual([{ path: '/repos/acme/shop/x?y=1', authorization: 'token right' }]);
  });
});
