import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../../src/image/reference.ts';
import { createRecordingClient } from '../recording-client.ts';
import type { Script } from '../scripted-registry.ts';
import { ALICE, ALICE_HEADER, closeServers, manifest, PATH, read, start, startServer } from './token-session.ts';

afterEach(closeServers);

describe('a realm', () => {
  const realmed = (realm: string): Record<string, Script> => ({
    'GET /v2/': { status: 401, headers: { 'WWW-Authenticate': `Bearer realm="${realm}"` } },
  });

  it('on another host gets the credentials the user gave for this registry, once', async () => {
    const service = await startServer({ 'GET /token': { status: 200, body: '{"token":"T1"}' } });
    const session = await start({ ...realmed(`http://${service.host}/token`), [`GET ${PATH}`]: manifest });
    await read(session);
    expect(service.calls.map(({ headers }) => headers.authorization)).toEqual([ALICE_HEADER]);
  });

  it('that redirects to another host does not take them there', async () => {
    const thief = await startServer({ 'GET /x': { status: 200, body: '{"token":"T1"}' } });
    const service = await startServer({
      'GET /token': { status: 307, headers: { Location: `http://${thief.host}/x` } },
    });
    const session = await start({ ...realmed(`http://${service.host}/token`), [`GET ${PATH}`]: manifest });
    await read(session);
    expect(thief.calls.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it.each(['file:///token', 'http://[', 'ftp://auth.test/token'])('of %s is refused', async (realm) => {
    await expect(read(await start(realmed(realm)))).rejects.toMatchObject({
      code: expect.stringMatching(/REDIRECT_REFUSED|PROTOCOL/),
    });
  });
});

describe('credentials', () => {
  it('do not follow a redirect to another port', async () => {
    const storage = await startServer({ 'GET /blob': manifest });
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
      const thief = await startServer({
        'GET /x': ({ headers }) => ({
          status: 401,
          headers: { 'WWW-Authenticate': challenge.replace('THIEF', headers.host ?? '') },
        }),
      });
      const session = await start({
        [`GET ${PATH}`]: { status: 302, headers: { Location: `http://${thief.host}/x` } },
      });
      await expect(read(session)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
      expect(thief.calls.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/x', undefined]]);
    },
  );

  it('do not go along with an upload to an address on another port', async () => {
    const storage = await startServer({ 'DELETE /up': { status: 204 } });
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
    const server = await startServer({ [`GET ${PATH}`]: manifest });
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
