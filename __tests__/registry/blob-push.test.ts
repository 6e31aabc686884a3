import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted } from './scripted-registry.ts';

const content = Buffer.alloc(5_000, 'blob ');
const blob = { digest: digestOf(content), size: content.length };
const HEAD = `HEAD /v2/app/blobs/${blob.digest}`;
const GET = `GET /v2/app/blobs/${blob.digest}`;
const POST = 'POST /v2/app/blobs/uploads/';
const MOUNT = `${POST}?mount=${encodeURIComponent(blob.digest)}&from=base`;

const honest: Readonly<Record<string, Script>> = {
  [HEAD]: { status: 404 },
  [POST]: { status: 202, headers: { Location: '/up' } },
  'PATCH /up': { status: 202, headers: { Location: '/up' } },
  'PUT /up': { status: 201 },
  'DELETE /up': { status: 204 },
};

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(more: Readonly<Record<string, Script>> = {}) {
  const server = await startScripted({ ...honest, ...more });
  open.push(server);
  const { client } = createRecordingClient();
  const push = (from?: string) =>
    client.pushBlob(parseRepository(`${server.host}/app`), blob, () => Readable.from([content]), {
      mountFrom: from === undefined ? undefined : parseRepository(from.replace('HOST', server.host)),
    });
  const verbs = () => server.lines.map((line) => line.split(' ')[0]);
  return { server, push, verbs };
}

describe('pushBlob', () => {
  it('moves nothing when the blob is there', async () => {
    const { push, server } = await start({ [HEAD]: { status: 200, body: content } });
    expect(await push()).toBe('present');
    expect(server.lines).toEqual([HEAD]);
  });

  it('moves nothing when the blob can be mounted, which is asked for while it is looked for', async () => {
    const { push, server } = await start({ [MOUNT]: { status: 201 } });
    expect(await push('HOST/base')).toBe('mounted');
    expect(server.lines).toEqual([HEAD, MOUNT]);
  });

  it('cancels the upload that a mount of what is there opened, and asks for no other mount at once', async () => {
    const { push, server } = await start({
      [HEAD]: { status: 200, body: content },
      [MOUNT]: { status: 202, headers: { Location: '/up' } },
    });
    expect(await push('HOST/base')).toBe('present');
    expect(server.lines).toEqual([HEAD, MOUNT, 'DELETE /up']);
    expect(await push('HOST/base')).toBe('present');
    expect(server.lines.slice(3)).toEqual([HEAD]);
  });

  it('asks a registry that refused a mount for another one when the blob is not there', async () => {
    const { push, server } = await start({ [MOUNT]: [{ status: 404 }, { status: 201 }] });
    expect(await push('HOST/base')).toBe('uploaded');
    const before = server.lines.length;
    expect(await push('HOST/base')).toBe('mounted');
    expect(server.lines.slice(before)).toEqual([HEAD, MOUNT]);
  });

  it('goes on with the upload that was opened instead of a mount', async () => {
    const { push, server } = await start({ [MOUNT]: { status: 202, headers: { Location: '/up?mounted=no' } } });
    expect(await push('HOST/base')).toBe('uploaded');
    const end = `PUT /up?digest=${encodeURIComponent(blob.digest)}`;
    expect(server.lines).toEqual([HEAD, MOUNT, 'PATCH /up?mounted=no', end]);
  });

  it('opens another upload when the one that was opened instead of a mount is lost', async () => {
    const { push, verbs } = await start({
      [MOUNT]: { status: 202, headers: { Location: '/gone' } },
      'PATCH /gone': { status: 404 },
    });
    expect(await push('HOST/base')).toBe('uploaded');
    expect(verbs()).toEqual(['HEAD', 'POST', 'PATCH', 'DELETE', 'HEAD', 'POST', 'PATCH', 'PUT']);
  });

  it.each<[string, Reply]>([
    ['202 without an address', { status: 202 }],
    ['400', { status: 400 }],
    ['404', { status: 404 }],
    ['500', { status: 500 }],
  ])('uploads after a mount that was answered with %s', async (_, reply) => {
    const { push, server } = await start({ [MOUNT]: reply });
    expect(await push('HOST/base')).toBe('uploaded');
    expect(server.lines.slice(-3)).toEqual([POST, 'PATCH /up', `PUT /up?digest=${encodeURIComponent(blob.digest)}`]);
  });

  it.each([
    ['no source', undefined],
    ['a source in another registry', 'other.test/base'],
    ['itself as the source', 'HOST/app'],
  ])('tries no mount with %s', async (_, from) => {
    const { push, server } = await start();
    expect(await push(from)).toBe('uploaded');
    expect(server.lines.filter((line) => line.startsWith('POST'))).toEqual([POST]);
  });
});

describe('a blob that is there with another size', () => {
  const wrong: Reply = { status: 200, body: 'short' };

  it('is uploaded, not mounted, and then looked for again', async () => {
    const { push, server, verbs } = await start({ [HEAD]: [wrong, { status: 200, body: content }] });
    expect(await push('HOST/base')).toBe('uploaded');
    expect(verbs()).toEqual(['HEAD', 'POST', 'PATCH', 'PUT', 'HEAD']);
    expect(server.lines[1]).toBe(MOUNT);
  });

  it('is uploaded even where the registry says that it mounted it', async () => {
    const { push, verbs } = await start({
      [HEAD]: [wrong, { status: 200, body: content }],
      [MOUNT]: { status: 201 },
    });
    expect(await push('HOST/base')).toBe('uploaded');
    expect(verbs()).toEqual(['HEAD', 'POST', 'POST', 'PATCH', 'PUT', 'HEAD']);
  });

  it('is read when the registry still says so, and passes when only its HEAD is wrong', async () => {
    const { push, verbs } = await start({ [HEAD]: wrong, [GET]: { status: 200, body: content } });
    expect(await push()).toBe('uploaded');
    expect(verbs().at(-1)).toBe('GET');
  });

  it.each<[string, Reply, string]>([
    ['size', wrong, 'SIZE_MISMATCH'],
    ['content', { status: 200, body: Buffer.alloc(5_000) }, 'DIGEST_MISMATCH'],
  ])('fails when the registry keeps the wrong %s', async (_, reply, code) => {
    const { push } = await start({ [HEAD]: wrong, [GET]: reply });
    await expect(push()).rejects.toMatchObject({ code });
  });
});
