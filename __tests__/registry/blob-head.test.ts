import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { lookForBlob } from '../../src/registry/blob-head.ts';
import { createRecordingClient } from './recording-client.ts';
import { type Script, type ScriptedRegistry, startScripted } from './scripted-registry.ts';

const content = 'a blob';
const blob = { digest: digestOf(content), size: content.length };

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(script: Script) {
  const server = await startScripted({ [`HEAD /v2/app/blobs/${blob.digest}`]: script });
  open.push(server);
  const { client } = createRecordingClient();
  return { client, repository: parseRepository(`${server.host}/app`) };
}

describe('hasBlob', () => {
  it.each([
    [200, true],
    [404, false],
  ])('is told by %d', async (status, expected) => {
    const { client, repository } = await start({ status });
    expect(await client.hasBlob(repository, blob.digest)).toBe(expected);
  });

  it.each([405, 501])('is false where nobody can ask (%d): the blob is sent then', async (status) => {
    const { client, repository } = await start({ status });
    expect(await client.hasBlob(repository, blob)).toBe(false);
  });

  it.each([
    [401, 'UNAUTHORIZED'],
    [403, 'DENIED'],
    [500, 'UNAVAILABLE'],
  ])('is not told by %d', async (status, code) => {
    const { client, repository } = await start({ status });
    await expect(client.hasBlob(repository, blob)).rejects.toMatchObject({ code });
  });

  it.each([
    ['of the size', { status: 200, body: content }, true],
    ['of a size that is not told', { status: 200, chunked: true }, true],
    ['that is too long', { status: 200, body: `${content}.` }, false],
    ['that is empty', { status: 200 }, false],
  ])('holds a descriptor to its size: something %s', async (_, reply, expected) => {
    const { client, repository } = await start(reply);
    expect(await client.hasBlob(repository, blob)).toBe(expected);
  });

  it('takes the digest that was asked for, and fails for another', async () => {
    const { client, repository } = await start([
      { status: 200, body: content, headers: { 'Docker-Content-Digest': blob.digest } },
      { status: 200, body: content, headers: { 'Docker-Content-Digest': digestOf('x') } },
    ]);
    expect(await client.hasBlob(repository, blob)).toBe(true);
    await expect(client.hasBlob(repository, blob)).rejects.toMatchObject({
      ...{ code: 'DIGEST_MISMATCH', status: 200, method: 'HEAD' },
      message: expect.stringContaining(digestOf('x')),
    });
  });
});

describe('lookForBlob', () => {
  it('tells something of another size from nothing', async () => {
    const { client, repository } = await start([{ status: 200, body: 'x' }, { status: 404 }]);
    expect(await lookForBlob(client.transport, repository, blob, 'push')).toBe('other-size');
    expect(await lookForBlob(client.transport, repository, blob, 'push')).toBe('absent');
  });
});
