import { afterEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../../lab/image/image.ts';
import { pushImage } from '../../../lab/image/push.ts';
import type { AuthOptions } from '../../../lab/registry/auth.ts';
import { type LabRegistry, startRegistry } from '../../../lab/registry/server.ts';

const account = { username: 'robot', password: 'p:a ss"' };
const basic = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`;

let registry: LabRegistry;
afterEach(() => registry.close());
const start = async (auth: Partial<AuthOptions>) => {
  registry = await startRegistry({ auth: { kind: 'bearer', ...account, ...auth } });
};
const get = (path: string, authorization?: string, init: RequestInit = {}) =>
  fetch(new URL(path, registry.url), {
    ...init,
    headers: authorization === undefined ? {} : { Authorization: authorization },
  });
const tokenFor = async (scope: string, authorization?: string) => {
  const answer = await get(`/token?${new URLSearchParams({ service: registry.host, scope })}`, authorization);
  return `Bearer ${((await answer.json()) as { token: string }).token}`;
};
const challengeOf = (answer: Response) => answer.headers.get('www-authenticate');

describe('bearer authentication', () => {
  it('tells where to get a token, and for what', async () => {
    await start({});
    const answer = await get('/v2/app/tags/list');
    const realm = `Bearer realm="${registry.url}/token",service="${registry.host}"`;
    expect([answer.status, challengeOf(answer)]).toEqual([401, `${realm},scope="repository:app:pull"`]);
    expect(challengeOf(await get('/v2/'))).toBe(realm);
  });

  it('asks for both repositories of a mount', async () => {
    await start({});
    const path = `/v2/app/blobs/uploads/?mount=sha256:${'0'.repeat(64)}&from=base`;
    const answer = await get(path, undefined, { method: 'POST' });
    expect(challengeOf(answer)).toContain('scope="repository:app:pull,push repository:base:pull"');
  });

  it('refuses a token for another repository or action as insufficient', async () => {
    await start({});
    const token = await tokenFor('repository:app:pull', basic);
    expect((await get('/v2/app/tags/list', token)).status).toBe(404);
    for (const [path, method] of [
      ['/v2/other/tags/list', 'GET'],
      ['/v2/app/blobs/uploads/', 'POST'],
    ] as const) {
      const answer = await get(path, token, { method });
      expect([answer.status, challengeOf(answer)]).toEqual([
        401,
        expect.stringContaining('error="insufficient_scope"'),
      ]);
    }
  });

  it('grants no mount from a repository that the account may not read', async () => {
    const team = { username: 'team', password: 'x', pull: ['app'], push: ['app'] };
    const login = `Basic ${Buffer.from('team:x').toString('base64')}`;
    const path = `/v2/app/blobs/uploads/?mount=sha256:${'0'.repeat(64)}&from=secret`;
    await start({ accounts: [team] });
    const token = await tokenFor('repository:app:pull,push repository:secret:pull', login);
    expect((await get('/v2/app/blobs/uploads/', token, { method: 'POST' })).status).toBe(202);
    const answer = await get(path, token, { method: 'POST' });
    expect([answer.status, challengeOf(answer)]).toEqual([401, expect.stringContaining('error="insufficient_scope"')]);
    await registry.close();
    await start({ kind: 'basic', accounts: [team] });
    expect((await get(path, login, { method: 'POST' })).status).toBe(403);
  });

  it('refuses a token that ran out or was never given', async () => {
    await start({ tokenSeconds: 0 });
    for (const token of [await tokenFor('repository:app:pull', basic), 'Bearer made-up']) {
      const answer = await get('/v2/app/tags/list', token);
      expect([answer.status, challengeOf(answer)]).toEqual([401, expect.stringContaining('error="invalid_token"')]);
    }
  });

  it('gives no token to a wrong password, and none without an account', async () => {
    await start({});
    expect((await get('/token', 'Basic eDp5')).status).toBe(401);
    expect((await get('/token')).status).toBe(401);
  });

  it('lets everyone pull where pulling is anonymous, and nobody push', async () => {
    await start({ pull: 'anonymous' });
    const token = await tokenFor('repository:app:pull,push');
    expect((await get('/v2/app/tags/list', token)).status).toBe(404);
    expect((await get('/v2/app/blobs/uploads/', token, { method: 'POST' })).status).toBe(401);
  });

  it('gives an account that may only pull a token that only pulls', async () => {
    await start({ push: 'denied' });
    const token = await tokenFor('repository:app:pull,push', basic);
    expect((await get('/v2/app/tags/list', token)).status).toBe(404);
    expect((await get('/v2/app/blobs/uploads/', token, { method: 'POST' })).status).toBe(401);
  });

  it('takes a refresh token by POST where it is told one, else answers 405', async () => {
    const form = (refresh_token: string) => ({
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token, scope: 'repository:app:pull' }),
    });
    await start({ identityToken: 'refresh' });
    expect((await get('/token', undefined, form('refresh'))).status).toBe(200);
    expect((await get('/token', undefined, form('other'))).status).toBe(401);
    await registry.close();
    await start({});
    expect((await get('/token', undefined, form('refresh'))).status).toBe(405);
  });

  it('is understood by pushImage', async () => {
    await start({});
    const image = buildImage();
    await pushImage(registry.host, 'app', '1', image, account);
    expect(registry.digestOf('app', '1')).toBe(image.root.digest);
    expect(new Set(registry.log.entries.map((entry) => entry.authorizationScheme))).toEqual(
      new Set([undefined, 'Basic', 'Bearer']),
    );
  });
});

describe('basic authentication', () => {
  it('takes the right password only', async () => {
    await start({ kind: 'basic' });
    const answer = await get('/v2/');
    expect([answer.status, challengeOf(answer)]).toEqual([401, 'Basic realm="lab"']);
    expect((await get('/v2/', 'Basic eDp5')).status).toBe(401);
    expect((await get('/v2/', basic)).status).toBe(200);
  });

  it('answers 403 to what the account may not do', async () => {
    await start({ kind: 'basic', push: 'denied' });
    expect((await get('/v2/app/blobs/uploads/', basic, { method: 'POST' })).status).toBe(403);
  });
});

describe('further accounts', () => {
  const accounts = [
    { username: 'reader', password: 'r', pull: ['dev/'], push: [] },
    { username: 'writer', password: 'w', pull: ['prod/'], push: ['prod/'] },
  ];

  it.each(['basic', 'bearer'] as const)(
    'may do what their own rights say, and are told apart in the log (%s)',
    async (kind) => {
      const own = await startRegistry({ auth: { kind, username: 'admin', password: 'a', accounts } });
      try {
        const image = buildImage();
        const push = (repository: string, username: string, password: string) =>
          pushImage(own.host, repository, '1', image, { username, password }).then(
            () => 'pushed',
            (error: Error) => /: (40[13]) /.exec(error.message)?.[1],
          );
        const refused = kind === 'basic' ? '403' : '401';
        expect(await push('prod/web', 'writer', 'w')).toBe('pushed');
        expect(await push('prod/web', 'reader', 'r')).toBe(refused);
        expect(await push('dev/web', 'writer', 'w')).toBe(refused);
        expect(await push('dev/web', 'writer', 'r')).toMatch(/40[13]/);
        expect(await push('dev/web', 'admin', 'a')).toBe('pushed');
        const writers = own.log.manifestWrites('1').filter(({ status }) => status === 201);
        expect(writers.map(({ path, account }) => [path, account])).toEqual([
          ['/v2/prod/web/manifests/1', 'writer'],
          ['/v2/dev/web/manifests/1', 'admin'],
        ]);
      } finally {
        await own.close();
      }
    },
  );
});
