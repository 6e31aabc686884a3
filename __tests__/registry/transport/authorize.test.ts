import { afterEach, describe, expect, it } from '@jest/globals';
import type { Credential } from '../../../src/registry/credentials.ts';
import { tagOf } from '../sample-image.ts';
import { type Reply, unknown } from '../scripted-registry.ts';
import {
  ALICE_HEADER,
  bearerTable,
  closeServers,
  image,
  manifest,
  PATH,
  read,
  start,
  startServer,
} from './token-session.ts';

afterEach(closeServers);

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
    const thief = await startServer({ 'POST /': { status: 200, body: '{"token":"T1"}' } });
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
