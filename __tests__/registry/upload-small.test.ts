import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted } from './scripted-registry.ts';

const MIB = 1024 * 1024;
const POST = 'POST /v2/app/blobs/uploads/';
const DELETE = 'DELETE /up';
const stored: Reply = { status: 201 };

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Uploads zeros with the settings that users have, and returns the verbs of it. */
async function upload(size: number, put: Script): Promise<{ server: ScriptedRegistry; verbs: () => string[] }> {
  const content = Buffer.alloc(size);
  const server = await startScripted({
    [POST]: { status: 202, headers: { Location: '/up' } },
    'PATCH /up': { status: 202, headers: { Location: '/up' } },
    'PUT /up': put,
    [DELETE]: { status: 204 },
  });
  open.push(server);
  const { client } = createRecordingClient({ putUpTo: undefined as never });
  const blob = { digest: digestOf(content), size };
  const verbs = () => server.lines.map((line) => line.split(' ')[0] ?? '');
  await client.uploadBlob(parseRepository(`${server.host}/app`), blob, () => Readable.from([content]));
  return { server, verbs };
}

describe('a small blob', () => {
  it.each([1, 2 * MIB])('of %d bytes goes with the PUT that ends its upload', async (size) => {
    const { server, verbs } = await upload(size, stored);
    expect(verbs()).toEqual(['POST', 'PUT']);
    const { headers, body } = server.calls.at(-1) ?? {};
    expect(headers).toMatchObject({ 'content-length': `${size}`, 'content-type': 'application/octet-stream' });
    expect(body?.equals(Buffer.alloc(size))).toBe(true);
  });

  it('goes ahead of the PUT when it is larger than two MiB', async () => {
    const { verbs } = await upload(2 * MIB + 1, stored);
    expect(verbs()).toEqual(['POST', 'PATCH', 'PUT']);
  });

  it.each([400, 405, 411, 413, 415, 501])(
    'goes ahead of it, too, where content there is answered with %d',
    async (status) => {
      const { verbs } = await upload(10, [{ status }, stored]);
      expect(verbs()).toEqual(['POST', 'PUT', 'DELETE', 'POST', 'PATCH', 'PUT']);
    },
  );

  it('is sent again in the same way after a registry was in trouble', async () => {
    const { verbs } = await upload(10, [{ status: 503 }, stored]);
    expect(verbs().filter((verb) => verb === 'PATCH')).toEqual([]);
    expect(verbs().at(-1)).toBe('PUT');
  });

  it('is refused as it was said, without a second try', async () => {
    await expect(upload(10, { status: 403 })).rejects.toMatchObject({ code: 'DENIED' });
    expect(open[0]?.lines.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
  });
});
