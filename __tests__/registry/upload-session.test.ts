import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { askHeld, openSession, readHeld, uploadRequest, withQuery } from '../../src/registry/upload-session.ts';
import { createRecordingClient } from './recording-client.ts';
import { type Reply, type ScriptedRegistry, startScripted } from './scripted-registry.ts';

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(table: Readonly<Record<string, Reply>>) {
  const server = await startScripted(table);
  open.push(server);
  const { transport } = createRecordingClient().client;
  return { server, transport, repository: parseRepository(`${server.host}/app`) };
}

describe('openSession', () => {
  const begin = async (headers: Record<string, string>) => {
    const { transport, repository, server } = await start({ 'POST /v2/app/blobs/uploads/': { status: 202, headers } });
    const session = await openSession(transport, uploadRequest(repository, 'begin'));
    return { minChunk: session.minChunk, address: session.address.href.replace(`http://${server.host}`, '') };
  };

  it('knows where to go on, and which chunks are asked for', async () => {
    expect(await begin({ Location: '../x?y=%2f', 'OCI-Chunk-Min-Length': '5242880' })).toEqual({
      ...{ address: '/v2/app/blobs/x?y=%2f', minChunk: 5242880 },
    });
  });

  it.each([undefined, '', '-1', '1e3', '5 MB', '9'.repeat(16)])('reads no wish for chunks in %j', async (asked) => {
    const headers = asked === undefined ? {} : { 'OCI-Chunk-Min-Length': asked };
    expect(await begin({ Location: '/up', ...headers })).toMatchObject({ minChunk: 0 });
  });

  it('fails where nobody says where to go on', async () => {
    await expect(begin({})).rejects.toMatchObject({ code: 'PROTOCOL', status: 202 });
  });
});

describe('readHeld', () => {
  it.each([
    ['0-99', 100],
    ['bytes=0-99', 100],
    ['bytes 0-99', 100],
    ['0-0', 0],
    ['bytes=0--1', 0],
    ['1-99', undefined],
    ['0-', undefined],
    ['99', undefined],
    [`0-${'9'.repeat(16)}`, undefined],
  ])('reads %j as %p', (range, expected) => {
    const response = { status: 202, headers: { range }, url: new URL('https://r.test'), body: undefined as never };
    expect(readHeld(response)).toBe(expected);
  });
});

describe('askHeld', () => {
  const ask = async (reply: Reply) => {
    const { transport, repository, server } = await start({ 'GET /up/1': reply });
    const session = { address: new URL(`http://${server.host}/up/1`), minChunk: 0 };
    return { held: await askHeld(transport, repository, session), path: session.address.pathname };
  };

  it('moves the session to the newest address', async () => {
    const headers = { Range: '0-41', Location: '/up/2' };
    expect(await ask({ status: 204, headers })).toEqual({ held: 42, path: '/up/2' });
  });

  it('does not need another address', async () => {
    expect(await ask({ status: 204, headers: { Range: '0-0' } })).toEqual({ held: 0, path: '/up/1' });
  });

  it.each<Reply>([
    { status: 204 },
    { status: 404, headers: { Range: '0-41', Location: '/up/2' } },
    { status: 405, headers: { Range: '0-41', Location: '/up/2' } },
  ])('knows nothing after $status', async (reply) => {
    expect(await ask(reply)).toEqual({ held: undefined, path: '/up/1' });
  });
});

describe('withQuery', () => {
  it.each([
    ['https://r.test/up', 'https://r.test/up?digest=sha256%3Aab'],
    ['https://r.test/up?a=%2f~+%20x', 'https://r.test/up?a=%2f~+%20x&digest=sha256%3Aab'],
  ])('adds to %s without touching what is signed in it', (session, expected) => {
    expect(withQuery(new URL(session), 'digest', 'sha256:ab').href).toBe(expected);
  });
});
