import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../lab/process.ts';
import { readFromBaseCommit } from '../../../src/host/actions/base-commit.ts';
import { type Checkout, createCheckout } from './checkout.ts';

let directory: string;
let checkout: Checkout;
let github: Server;
let requests: {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly accept: string | undefined;
}[];
/** What the API answers, by the end of the path. */
let answers: Record<string, { readonly status: number; readonly body: string }>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-base-'));
  checkout = await createCheckout(directory, { 'policy.yml': 'strict\n' }, { 'policy.yml': 'lax\n' });
  github = createServer((request, response) => {
    const { url = '', headers } = request;
    requests.push({ url, authorization: headers.authorization, accept: headers.accept });
    const [, answer] = Object.entries(answers).find(([part]) => url.includes(part)) ?? [];
    response.writeHead(answer?.status ?? 404, { 'content-type': 'text/plain' });
    response.end(answer?.body ?? '{"message":"Not Found"}');
  });
  await new Promise<void>((resolve) => github.listen(0, '127.0.0.1', resolve));
  // @actions/github reads it when it is loaded, which is when it is first needed.
  process.env.GITHUB_API_URL = `http://127.0.0.1:${(github.address() as AddressInfo).port}`;
});
afterAll(async () => {
  delete process.env.GITHUB_API_URL;
  github.closeAllConnections();
  github.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  requests = [];
  answers = {};
});

const read = (path: string, more: { workspace?: string; env?: NodeJS.ProcessEnv; token?: string } = {}) =>
  readFromBaseCommit(path, { workspace: checkout.workspace, env: checkout.env, token: 'ghs_token', ...more });

describe('readFromBaseCommit, with the base commit in the checkout', () => {
  it('reads the file as it was before the pull request, byte for byte', async () => {
    expect(await read('policy.yml')).toBe('strict\n');
    expect(requests).toEqual([]);
  });

  it('knows that the base commit does not have a file', async () => {
    expect(await read('absent.yml')).toBeUndefined();
    expect(requests).toEqual([]);
  });

  it('never leaves the repository', async () => {
    expect(await read('../event.json')).toBeUndefined();
    expect(await read('sub/../../event.json')).toBeUndefined();
    expect(await read('..\\event.json')).toBeUndefined();
  });

  it('is not fooled by a replacement of the commit’s objects', async () => {
    const git = (...args: string[]) => run('git', args, { cwd: checkout.workspace });
    await git('replace', checkout.baseSha, 'HEAD');
    expect((await git('show', `${checkout.baseSha}:policy.yml`)).stdout).toBe('lax\n');
    expect(await read('policy.yml')).toBe('strict\n');
    await git('replace', '--delete', checkout.baseSha);
  });
});

describe('readFromBaseCommit, where the checkout is too shallow', () => {
  const shallow = async (): Promise<string> => {
    const workspace = join(directory, 'shallow');
    await mkdir(workspace, { recursive: true });
    return workspace;
  };

  it('asks GitHub for the file of that very commit', async () => {
    answers = { '/git/commits/': { status: 200, body: '{}' }, '/contents/policy.yml': { status: 200, body: 'strict' } };
    expect(await read('policy.yml', { workspace: await shallow() })).toBe('strict');
    expect(requests.at(-1)).toMatchObject({
      url: `/repos/org/app/contents/policy.yml?ref=${checkout.baseSha}`,
      authorization: 'token ghs_token',
      accept: expect.stringContaining('raw'),
    });
  });

  it('believes that a commit does not have a file only when the commit itself can be read', async () => {
    answers = { '/git/commits/': { status: 200, body: '{}' } };
    expect(await read('policy.yml', { workspace: await shallow() })).toBeUndefined();
    answers = {};
    await expect(read('policy.yml', { workspace: await shallow() })).rejects.toMatchObject({
      code: 'BASE_COMMIT',
      hint: expect.stringContaining('fetch-depth: 0'),
    });
  });

  it.each([401, 403, 410])('cannot decide when GitHub answers %s', async (status) => {
    answers = { '/git/commits/': { status: 200, body: '{}' }, '/contents/': { status, body: '{}' } };
    await expect(read('policy.yml', { workspace: await shallow() })).rejects.toMatchObject({ code: 'BASE_COMMIT' });
  });

  it('cannot decide without a token', async () => {
    await expect(read('policy.yml', { workspace: await shallow(), token: '' })).rejects.toMatchObject({
      code: 'BASE_COMMIT',
    });
  });
});

describe('readFromBaseCommit, with an event that does not tell', () => {
  it.each([
    ['no event', undefined],
    ['an event that is not JSON', 'nope'],
    ['an event of another kind', '{}'],
    ['a base that is no commit', JSON.stringify({ pull_request: { base: { sha: '--output=x' } } })],
  ])('cannot decide: %s', async (name, text) => {
    const file = join(directory, `${name}.json`);
    if (text !== undefined) await writeFile(file, text);
    await expect(read('policy.yml', { env: { GITHUB_EVENT_PATH: file } })).rejects.toMatchObject({
      code: 'BASE_COMMIT',
    });
  });
});
