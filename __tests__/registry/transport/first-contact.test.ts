import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../../src/image/reference.ts';
import { createRecordingClient } from '../recording-client.ts';
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
const PATH = '/v2/app/manifests/v1';
const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(
  table: Readonly<Record<string, Script>>,
  options: Parameters<typeof createRecordingClient>[0] = {},
) {
  const server = await startScripted(table);
  open.push(server);
  const { client } = createRecordingClient(options);
  const repository = parseRepository(`${server.host}/app`);
  const read = () => client.resolve({ kind: 'tag', repository, tag: tagOf('v1') });
  const find = () => client.headManifest(repository, tagOf('v1'));
  return { server, client, repository, read, find };
}

const challenge = ({ headers }: Call): Reply => ({
  status: 401,
  headers: { 'WWW-Authenticate': `Bearer realm="http://${headers.host}/token"` },
});

describe('the first request to a registry', () => {
  it('does not wait for /v2/', async () => {
    let answer: (() => void) | undefined;
    const { server, read } = await start({ [`GET ${PATH}`]: manifest });
    const slow = await startSlow(server.host, (release) => (answer = release));
    const { client } = createRecordingClient();
    const reading = client.resolve({ kind: 'tag', repository: parseRepository(`${slow.host}/app`), tag: tagOf('v1') });
    expect((await reading).digest).toBe(image.digest);
    expect(answer).toBeDefined();
    answer?.();
    expect((await read()).digest).toBe(image.digest);
    await slow.close();
  });

  it('is asked for with a token where /v2/ wants one, although it was answered without', async () => {
    const { find } = await start({
      'GET /v2/': challenge,
      'GET /token': { status: 200, body: '{"token":"T"}' },
      [`GET ${PATH}`]: ({ headers }) => (headers.authorization === 'Bearer T' ? manifest : unknown('MANIFEST_UNKNOWN')),
    });
    expect((await find())?.digest).toBe(image.digest);
  });

  it('answers its own challenge, and is not sent a third time', async () => {
    const { server, read } = await start({
      'GET /v2/': challenge,
      'GET /token': { status: 200, body: '{"token":"T"}' },
      [`GET ${PATH}`]: (call) => (call.headers.authorization === 'Bearer T' ? manifest : challenge(call)),
    });
    expect((await read()).digest).toBe(image.digest);
    expect(server.lines).toEqual([`GET ${PATH}`, 'GET /token?scope=repository%3Aapp%3Apull', `GET ${PATH}`]);
  });

  it('carries no credentials to a place that did not answer yet', async () => {
    const { server, read } = await start(
      { [`GET ${PATH}`]: manifest },
      { credentials: { resolve: async () => ({ kind: 'basic', username: 'u', password: 'p' }) } },
    );
    await read();
    expect(server.calls.map(({ url }) => url)).toEqual(['/v2/', PATH]);
  });

  it('is one of three that do not wait: fifty others come after /v2/', async () => {
    const { server, read } = await start({ [`GET ${PATH}`]: manifest });
    await Promise.all(Array.from({ length: 51 }, read));
    const position = server.calls.findIndex(({ url }) => url === '/v2/');
    expect(position).toBeLessThanOrEqual(3);
    expect(server.lines).toHaveLength(51);
  });

  it('finds connections that were opened ahead, where they were', async () => {
    const { server, client, repository, read } = await start({ [`GET ${PATH}`]: manifest });
    await client.warm(repository, 4);
    expect(server.connections()).toBe(4);
    await Promise.all([read(), read(), read()]);
    expect(server.connections()).toBe(4);
    await server.close();
    await expect(client.warm(repository, 4)).resolves.toBeUndefined();
  });

  it('follows a redirect', async () => {
    const { server, read } = await start({
      [`GET ${PATH}`]: { status: 307, headers: { Location: '/v2/app/manifests/moved' } },
      'GET /v2/app/manifests/moved': manifest,
    });
    expect((await read()).digest).toBe(image.digest);
    expect(server.lines).toEqual([`GET ${PATH}`, 'GET /v2/app/manifests/moved']);
  });
});

/** A registry in front of another that keeps `/v2/` waiting until it is released. */
async function startSlow(host: string, onAsked: (release: () => void) => void) {
  const server = createServer(async (request, response) => {
    if (request.url === '/v2/') return void onAsked(() => response.end('{}'));
    const answer = await fetch(`http://${host}${request.url}`);
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
    response.end(await answer.bytes());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    host: `127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
