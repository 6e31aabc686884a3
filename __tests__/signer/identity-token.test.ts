import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openIdentityTokens } from '../../src/signer/identity-token.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-token-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const mint = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
const GITHUB = {
  iss: 'https://token.actions.githubusercontent.com',
  exp: inSeconds(600),
  repository: 'org/app',
  job_workflow_ref: 'shared/flows/.github/workflows/promote.yml@refs/tags/v1',
};

describe('a token', () => {
  it('says whom the certificate will name', async () => {
    const identity = 'https://github.com/shared/flows/.github/workflows/promote.yml@refs/tags/v1';
    expect((await openIdentityTokens(directory, async () => mint(GITHUB))).expected).toEqual({
      kind: 'certificate',
      name: identity,
      identity: { kind: 'exact', text: identity },
      issuer: { kind: 'exact', text: GITHUB.iss },
      repository: 'org/app',
    });
  });

  it('of a server of its own names that server', async () => {
    const token = mint({ ...GITHUB, iss: 'https://git.example/_services/token' });
    expect((await openIdentityTokens(directory, async () => token)).expected?.identity.text).toMatch(
      /^https:\/\/git\.example\/shared\/flows\//,
    );
  });

  it('of something else does not tell', async () => {
    const token = mint({ iss: 'https://accounts.example', email: 'a@b.example' });
    expect((await openIdentityTokens(directory, async () => token)).expected).toBeUndefined();
  });

  it('is lent in a private file that is gone afterwards, even when its use fails', async () => {
    const token = mint(GITHUB);
    const tokens = await openIdentityTokens(directory, async () => `${token}\n`);
    expect(await tokens.lend((file) => readFile(file, 'utf8'))).toBe(token);
    await expect(tokens.lend(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(directory)).toEqual([]);
  });

  it('is asked for once when several need a new one at the same time, and again when that failed', async () => {
    const answers = [mint({ ...GITHUB, exp: inSeconds(30) }), undefined, mint(GITHUB)];
    let asked = 0;
    const tokens = await openIdentityTokens(directory, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const answer = answers[asked++];
      if (answer === undefined) throw new Error('busy');
      return answer;
    });
    const lendToAll = () => Promise.allSettled([1, 2, 3].map(() => tokens.lend((file) => readFile(file, 'utf8'))));
    expect((await lendToAll()).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(asked).toBe(2);
    expect(await lendToAll()).toEqual([1, 2, 3].map(() => ({ status: 'fulfilled', value: answers[2] })));
    expect(asked).toBe(3);
  });

  it('is used while it lives for more than a minute', async () => {
    let asked = 0;
    const lives = [90, 59, 61];
    const ask = async () => mint({ ...GITHUB, exp: inSeconds(lives[asked++] ?? 0) });
    const tokens = await openIdentityTokens(directory, ask);
    await tokens.lend(async () => undefined);
    expect(asked).toBe(1);
    const short = await openIdentityTokens(directory, ask);
    await short.lend(async () => undefined);
    expect(asked).toBe(3);
  });

  it.each([
    ['is none', '', /no JSON Web Token/],
    ['is text', 'a secret', /no JSON Web Token/],
    ['holds no claims', 'e30.bm9wZQ.c2ln', /no JSON Web Token/],
    ['has expired', mint({ exp: inSeconds(-1) }), /has expired/],
  ])('is refused when it %s, and not shown', async (_what, text, message) => {
    const error: unknown = await openIdentityTokens(directory, async () => text).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TOKEN_UNUSABLE', message: expect.stringMatching(message) });
    if (text !== '') expect(JSON.stringify([error, String(error)])).not.toContain(text);
  });

  it('that nobody gives is explained', async () => {
    const ask = () => Promise.reject(new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL'));
    await expect(openIdentityTokens(directory, ask)).rejects.toMatchObject({
      code: 'TOKEN_UNUSABLE',
      message: expect.stringContaining('ACTIONS_ID_TOKEN_REQUEST_URL'),
      hint: expect.stringContaining('id-token: write'),
    });
  });
});
