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

describe('its pull requests', () => {
  const send = async (method: string, path: string, body?: object): Promise<[number, unknown]> => {
    const init = { method, headers: { authorization: 'token right' }, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${github.url}/repos/acme/shop/${path}`, init);
    return [answer.status, await answer.json()];
  };
  const wanted = { head: 'topic', base: 'main', title: 'A', body: 'B' };

  it('are opened once for a branch and a base, listed by both, and changed', async () => {
    expect(await send('POST', 'pulls', wanted)).toMatchObject([201, { number: 1 }]);
    expect((await send('POST', 'pulls', wanted))[0]).toBe(422);
    expect(await send('GET', 'pulls?head=acme:topic&base=main&state=open')).toMatchObject([200, [{ number: 1 }]]);
    expect(await send('GET', 'pulls?head=acme:topic&base=other&state=open')).toEqual([200, []]);
    expect(await send('PATCH', 'pulls/1', { title: 'C' })).toMatchObject([200, { title: 'C', body: 'B' }]);
    expect((await send('PATCH', 'pulls/2', {}))[0]).toBe(404);
    expect(github.pulls).toEqual([{ ...wanted, number: 1, title: 'C', state: 'open' }]);
  });
});
