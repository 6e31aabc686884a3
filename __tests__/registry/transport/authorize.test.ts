import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository, type Repository } from '../../../src/image/reference.ts';
import type { Credential } from '../../../src/registry/credentials.ts';
import { createRecordingClient, type RecordingClient } from '../recording-client.ts';
import { makeManifest, tagOf } from '../sample-image.ts';
import {
  type Call,
  type Reply,
  type Script,
  type ScriptedRegistry,
  startScripted,
  unknown,
} from '../scripted-registry.ts';

const image = makeManifest();
const manifest: Reply = { status: 200, headers: { 'Content-Type': image.mediaType }, body: image.bytes };
const ALICE: Credential = { kind: 'basic', username: 'alice', password: 'pass:word' };
const ALICE_HEADER = `Basic ${Buffer.from('alice:pass:word').toString('base64')}`;
const PATH = '/v2/app/manifests/v1';

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(table: Readonly<Record<string, Script>>, credential: Credential = ALICE) {
  const server = await startScripted(table);
  open.push(server);
  const recording = createRecordingClient({ credentials: { resolve: async () => credential } });
  return { server, ...recording, repository: parseRepository(`${server.host}/app`) };
}

function read({ client, repository }: { client: RecordingClient['client']; repository: Repository }) {
  return client.resolve({ kind: 'tag', repository, tag: tagOf('v1') });
}

/** A registry that wants the tokens in `valid`, and a token service that hands out `tokens` in a row. */
function bearerTable(tokens: readonly object[], valid: () => string, more: string = ''): Record<string, Script> {
  const challenge = (call: Call): Reply => ({
    ...unknown('UNAUTHORIZED', 401),
    headers: { 'WWW-Authenticate': `Bearer realm="http://${call.headers.host}/token",service="svc"${more}` },
  });
  const check = (call: Call): Reply =>
    call.headers.authorization === `Bearer ${valid()}` ? manifest : challenge(call);
  return {
    'GET /v2/': challenge,
    [`GET ${PATH}`]: check,
    'GET /token': tokens.map((token) => ({ status: 200, body: JSON.stringify(token) })),
  };
}

describe('Basic authentication', () => {
  it('sends user and password where the registry asks for them, and masks what is sent', async () => {
    const session = await start({
      'GET /v2/': { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } },
      [`GET ${PATH}`]: (call) =>
        call.headers.authorization === ALICE_HEADER ? manifest : unknown('UNAUTHORIZED', 401),
    });
    expect((await read(session)).digest).toBe(image.digest);
    expect(session.masked).toEqual(expect.arrayContaining(['pass:word', ALICE_HEADER.slice('Basic '.length)]));
  });

  it('is also used where everyone may read, so that what is hidden is not taken for absent', async () => {
    const session = await start({
      [`GET ${PATH}`]: (call) => (call.headers.authorization === ALICE_HEADER ? manifest : unknown('MANIFEST_UNKNOWN')),
    });
    expect((await read(session)).digest).toBe(image.digest);
  });

  it('does not try a refused password again', async () => {
    const refused: Reply = { ...unknown('UNAUTHORIZED', 401), headers: { 'WWW-Authenticate': 'Basic realm="x"' } };
    const session = await start({ 'GET /v2/': refused, [`GET ${PATH}`]: refused });
    await expect(read(session)).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      status: 401,
      hint: expect.stringContaining('Log in'),
    });
    expect(session.server.lines).toEqual([`GET ${PATH}`]);
  });

  it('is not sent in the clear by the first look at the registry', async () => {
    const session = await start({ [`GET ${PATH}`]: manifest });
    await read(session);
    expect(session.server.calls[0]).toMatchObject({
      url: '/v2/',
      headers: expect.not.objectContaining({ authorization: expect.anything() }),
    });
  });
});

describe('Bearer authentication', () => {
  it('asks for the least scope, with user, password and account, and keeps the token', async () => {
    const session = await start(bearerTable([{ token: 'T1', expires_in: 300 }], () => 'T1'));
    await read(session);
    await read(session);
    const asked = session.server.calls.filter(({ url }) => url.startsWith('/token'));
    expect(asked).toHaveLength(1);
    expect(Object.fromEntries(new URL(asked[0]?.url ?? '', 'http://x').searchParams)).toEqual({
      service: 'svc',
      scope: 'repository:app:pull',
      account: 'alice',
    });
    expect(asked[0]?.headers.authorization).toBe(ALICE_HEADER);
    expect(session.masked).toContain('T1');
  });

  it('asks for push as well where the access wanted is push', async () => {
    const session = await start({ ...bearerTable([{ token: 'T1' }], () => 'T1'), [`HEAD ${PATH}`]: { status: 405 } });
    await session.client.headManifest(session.repository, tagOf('v1'), 'push');
    expect(session.server.lines[0]).toContain('scope=repository%3Aapp%3Apull%2Cpush');
  });

  it('takes access_token too', async () => {
    const session = await start(bearerTable([{ access_token: 'T1' }], () => 'T1'));
    expect((await read(session)).digest).toBe(image.digest);
  });

  it('gets an anonymous token without credentials', async () => {
    const session = await start(
      bearerTable([{ token: 'T1' }], () => 'T1'),
      { kind: 'anonymous' },
    );
    await read(session);
    const asked = session.server.calls.find(({ url }) => url.startsWith('/token'));
    expect(asked?.headers.authorization).toBeUndefined();
    expect(asked?.url).not.toContain('account');
  });

  it('renews a token once when it ends early', async () => {
    let valid = 'T1';
    const session = await start(bearerTable([{ token: 'T1' }, { token: 'T2' }], () => valid));
    await read(session);
    valid = 'T2';
    await read(session);
    expect(session.server.lines.map((line) => line.split('?')[0])).toEqual([
      'GET /token',
      `GET ${PATH}`,
      `GET ${PATH}`,
      'GET /token',
      `GET ${PATH}`,
    ]);
  });

  it('gives up when the renewed token is refused as well', async () => {
    const session = await start(bearerTable([{ token: 'T1' }, { token: 'T2' }], () => 'never'));
    await expect(read(session)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(session.server.lines.filter((line) => line.startsWith(`GET ${PATH}`))).toHaveLength(2);
  });

  it('asks for the scope the registry names when ours is not enough', async () => {
    const more = ',error="insufficient_scope",scope="repository:app:pull repository:base:pull"';
    const session = await start(bearerTable([{ token: 'T1' }, { token: 'T2' }], () => 'T2', more));
    await read(session);
    const second = session.server.lines.filter((line) => line.startsWith('GET /token'))[1] ?? '';
    expect(new URL(second.slice(4), 'http://x').searchParams.getAll('scope')).toEqual([
      'repository:app:pull',
      'repository:base:pull',
    ]);
  });

  it('asks again after a 403 only if that says the scope was short', async () => {
    const short = {
      'WWW-Authenticate': 'Bearer realm="http://HOST/token",error="insufficient_scope",scope="repository:x:pull"',
    };
    for (const [headers, tokens] of [
      [short, 2],
      [{}, 1],
    ] as const) {
      const table = bearerTable([{ token: 'T1' }, { token: 'T2' }], () => 'T1');
      table[`GET ${PATH}`] = (call) => ({
        ...unknown('DENIED', 403),
        headers: Object.fromEntries(
          Object.entries(headers).map(([k, v]) => [k, v.replace('HOST', call.headers.host ?? '')]),
        ),
      });
      const session = await start(table);
      await expect(read(session)).rejects.toMatchObject({ code: 'DENIED' });
      expect(session.server.lines.filter((line) => line.startsWith('GET /token'))).toHaveLength(tokens);
    }
  });

  it('says whose credentials the token service refused, and for what', async () => {
    const table = { ...bearerTable([], () => 'T1'), 'GET /token': unknown('UNAUTHORIZED', 401, 'bad password') };
    const session = await start(table);
    await expect(read(session)).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      message: expect.stringContaining('bad password'),
      hint: expect.stringContaining('Check the credentials'),
    });
    const nobody = await start(table, { kind: 'anonymous' });
    await expect(read(nobody)).rejects.toMatchObject({ hint: expect.stringContaining('No credentials were found') });
  });

  it.each([
    ['no JSON', 'oops'],
    ['no token', '{}'],
    ['a token that would end the header', JSON.stringify({ token: 'a\r\nX-Evil: 1' })],
    ['a token that is no text', JSON.stringify({ token: 5 })],
  ])('fails when the token service answers with %s', async (_, body) => {
    const session = await start({ ...bearerTable([], () => 'T1'), 'GET /token': { status: 200, body } });
    await expect(read(session)).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  it('asks a struggling token service again, and does not multiply the attempts', async () => {
    const flaky = await start({
      ...bearerTable([], () => 'T1'),
      'GET /token': [
        { status: 503 },
        { status: 429, headers: { 'Retry-After': '2' } },
        { status: 200, body: '{"token":"T1"}' },
      ],
    });
    await read(flaky);
    expect(flaky.waits).toEqual([500, 2000]);
    const dead = await start({ ...bearerTable([], () => 'T1'), 'GET /token': () => 'drop' });
    await expect(read(dead)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(dead.server.lines).toHaveLength(5);
  });
});

describe('identity tokens', () => {
  const identity: Credential = { kind: 'identity-token', token: 'REFRESH' };

  it('are exchanged by POST and masked', async () => {
    const session = await start(
      { ...bearerTable([], () => 'T1'), 'POST /token': { status: 200, body: '{"access_token":"T1"}' } },
      identity,
    );
    await read(session);
    const post = session.server.calls.find(({ method }) => method === 'POST');
    expect(Object.fromEntries(new URLSearchParams(post?.body.toString()))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'REFRESH',
      client_id: 'promote-image',
      service: 'svc',
      scope: 'repository:app:pull',
    });
    expect(session.masked).toContain('REFRESH');
  });

  it.each([404, 405])('fall back to GET where POST answers %d', async (status) => {
    const session = await start({ ...bearerTable([{ token: 'T1' }], () => 'T1'), 'POST /token': { status } }, identity);
    await read(session);
    const get = session.server.calls.find(({ method, url }) => method === 'GET' && url.startsWith('/token'));
    expect(get?.headers.authorization).toBe(`Basic ${Buffer.from('<token>:REFRESH').toString('base64')}`);
  });

  it('do not follow a redirect of the POST to another origin', async () => {
    const thief = await startScripted({ 'POST /': { status: 200, body: '{"token":"T1"}' } });
    open.push(thief);
    const session = await start(
      {
        ...bearerTable([], () => 'T1'),
        'POST /token': { status: 307, headers: { Location: `http://${thief.host}/` } },
      },
      identity,
    );
    await expect(read(session)).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect(thief.calls).toEqual([]);
  });
});

describe('credentials', () => {
  it('do not follow a redirect to another port', async () => {
    const storage = await startScripted({ 'GET /blob': manifest });
    open.push(storage);
    const session = await start({
      'GET /v2/': { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } },
      [`GET ${PATH}`]: { status: 307, headers: { Location: `http://${storage.host}/blob` } },
    });
    await read(session);
    expect(session.server.calls.at(-1)?.headers.authorization).toBe(ALICE_HEADER);
    expect(storage.calls.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it.each(['Basic realm="gimme"', 'Bearer realm="http://THIEF/token",service="x"'])(
    'are not handed to whoever answers 401 with %s after a redirect',
    async (challenge) => {
      const thief = await startScripted({
        'GET /x': ({ headers }) => ({
          status: 401,
          headers: { 'WWW-Authenticate': challenge.replace('THIEF', headers.host ?? '') },
        }),
      });
      open.push(thief);
      const session = await start({
        [`GET ${PATH}`]: { status: 302, headers: { Location: `http://${thief.host}/x` } },
      });
      await expect(read(session)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
      expect(thief.calls.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/x', undefined]]);
    },
  );

  it('do not go along with an upload to an address on another port', async () => {
    const storage = await startScripted({ 'DELETE /up': { status: 204 } });
    open.push(storage);
    const session = await start({
      'GET /v2/': { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } },
      'POST /v2/app/blobs/uploads/': { status: 202, headers: { Location: `http://${storage.host}/up` } },
    });
    await session.client.probePush(session.repository);
    expect(storage.calls.map(({ method, headers }) => [method, headers.authorization])).toEqual([
      ['DELETE', undefined],
    ]);
  });

  it('are looked up once for a repository', async () => {
    const server = await startScripted({ [`GET ${PATH}`]: manifest });
    open.push(server);
    const asked: string[] = [];
    const { client } = createRecordingClient({
      credentials: {
        resolve: async (repository) => {
          asked.push(repository);
          return ALICE;
        },
      },
    });
    const repository = parseRepository(`${server.host}/app`);
    await Promise.all([read({ client, repository }), read({ client, repository })]);
    expect(asked).toEqual([repository]);
  });
});
