import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../lab/registry/faults.ts';
import { type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import { startScripted } from './scripted-registry.ts';

const content = Buffer.from(Array.from({ length: 10_000 }, (_, i) => (i * 7) % 251));
const blob = { digest: digestOf(content), size: content.length };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((registry) => registry.close()));
});

async function start(options: RegistryOptions, bytes: Buffer = content, descriptor = blob) {
  const registry = await startRegistry(options);
  open.push(registry);
  const { client, waits } = createRecordingClient();
  const opened: Readable[] = [];
  const read = () => Readable.from([bytes.subarray(0, 4_321), bytes.subarray(4_321)], { objectMode: false });
  const upload = (open = read) =>
    client.uploadBlob(parseRepository(`${registry.host}/app`), descriptor, () => {
      const stream = open();
      opened.push(stream);
      return stream;
    });
  const count = (method: string) => registry.log.find(method, /\/uploads\//).length;
  /** Bytes and status of each PATCH. */
  const patches = () => registry.log.find('PATCH', /./).map(({ requestBytes, status }) => [requestBytes, status]);
  const isWhole = () => registry.read('app', descriptor.digest)?.equals(bytes) === true && registry.openUploads() === 0;
  return { registry, upload, opened, waits, count, patches, isWhole };
}

const fault = (more: Fault): Fault => ({ method: 'PATCH', times: 1, ...more });

describe('chunks', () => {
  it('say which part of the blob they are, in the form of the specification; a whole blob does not', async () => {
    const patches: (readonly [string | undefined, string | undefined])[] = [];
    const server = await startScripted({
      'POST /v2/app/blobs/uploads/': { status: 202, headers: { Location: '/up' } },
      'PATCH /up': ({ headers }) => {
        patches.push([headers['content-range'], headers['content-length']]);
        return { status: patches.length === 1 ? 413 : 202 };
      },
      'PUT /up': { status: 201 },
      'DELETE /up': { status: 204 },
    });
    open.push(server);
    const { client } = createRecordingClient();
    await client.uploadBlob(parseRepository(`${server.host}/app`), blob, () => Readable.from([content]));
    expect(patches).toEqual([
      [undefined, '10000'],
      ['0-4999', '5000'],
      ['5000-9999', '5000'],
    ]);
  });

  it('are sent where the registry asks for them, the last one shorter, in one session', async () => {
    const large = Buffer.alloc(40_000_000, 'large ');
    const descriptor = { digest: digestOf(large), size: large.length };
    const { upload, patches, count, opened, isWhole } = await start(
      { uploads: { minChunkBytes: 17_000_000 } },
      large,
      descriptor,
    );
    await upload();
    expect(patches()).toEqual([
      [17_000_000, 202],
      [17_000_000, 202],
      [6_000_000, 202],
    ]);
    expect([count('POST'), count('GET'), opened.length, isWhole()]).toEqual([1, 0, 1, true]);
  });

  it('are not sent where the whole blob is no longer than one', async () => {
    const { upload, patches, isWhole } = await start({ uploads: { minChunkBytes: 5_000 } });
    await upload();
    expect(patches()).toEqual([[10_000, 202]]);
    expect(isWhole()).toBe(true);
  });

  it('are sent after a 413, halved until they are taken', async () => {
    const { upload, patches, waits, isWhole } = await start({ uploads: { maxRequestBytes: 3_000 } });
    await upload();
    expect(patches()).toEqual([[10_000, 413], [5_000, 413], ...Array.from({ length: 4 }, () => [2_500, 202])]);
    expect(isWhole()).toBe(true);
    expect(waits).toEqual([]);
  });

  it('are not made smaller than the registry asks for', async () => {
    const { upload, patches, registry } = await start({ uploads: { maxRequestBytes: 3_000, minChunkBytes: 4_000 } });
    await expect(upload()).rejects.toMatchObject({
      ...{ code: 'TOO_LARGE', status: 413 },
      message: expect.stringContaining('4000 bytes'),
      hint: expect.stringContaining('limit'),
    });
    expect(patches().map(([bytes]) => bytes)).toEqual([10_000, 5_000, 4_000]);
    expect(registry.openUploads()).toBe(0);
  });

  it('go on where the registry says that it took less, in the length that it takes', async () => {
    const { upload, patches, count, isWhole } = await start({ uploads: { maxRequestBytes: 5_000, keptBytes: 2_000 } });
    await upload();
    expect(patches()).toEqual([[10_000, 413], [5_000, 202], ...Array.from({ length: 4 }, () => [2_000, 202])]);
    expect([count('POST'), isWhole()]).toEqual([2, true]);
  });

  it('follow a whole blob of which the registry took a part, once it says so twice', async () => {
    const { upload, patches, count, isWhole } = await start({ uploads: { keptBytes: 4_000 } });
    await upload();
    expect(patches()).toEqual([
      [10_000, 202],
      [4_000, 202],
      [2_000, 202],
    ]);
    expect([count('POST'), count('GET'), isWhole()]).toEqual([1, 1, true]);
  });

  it('are given up when the registry takes nothing of them', async () => {
    const headers = { Range: '0-1' };
    const { upload, registry } = await start({
      uploads: { maxRequestBytes: 5_000 },
      faults: [{ method: 'PATCH', skip: 1, status: 202, headers }],
    });
    await expect(upload()).rejects.toMatchObject({ code: 'PROTOCOL', message: expect.stringContaining('took less') });
    expect(registry.hasBlob('app', blob.digest)).toBe(false);
  });

  it('hold the whole content to its digest, and are not finished when it is another', async () => {
    const other = Buffer.concat([Buffer.from('x'), content.subarray(1)]);
    const { upload, registry } = await start({ uploads: { maxRequestBytes: 3_000 } }, other, blob);
    await expect(upload()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(registry.log.find('PUT', /./)).toEqual([]);
  });
});

describe('a content', () => {
  const uploads = { maxRequestBytes: 3_000 };

  it('that breaks by itself ends the upload, whatever its fault looks like', async () => {
    const { upload, opened } = await start({ uploads });
    const reset = Object.assign(new Error('the disk is remote'), { code: 'ECONNRESET' });
    const breakOff = async function* () {
      yield content.subarray(0, 2_600);
      if (opened.length > 2) throw reset;
      yield content.subarray(2_600);
    };
    await expect(upload(() => Readable.from(breakOff(), { objectMode: false }))).rejects.toBe(reset);
    expect(opened).toHaveLength(3);
  });

  it('is closed when a later chunk is refused', async () => {
    const { upload, opened } = await start({ uploads, faults: [fault({ skip: 3, status: 403 })] });
    const blocks = Array.from({ length: 10 }, (_, i) => content.subarray(i * 1_000, (i + 1) * 1_000));
    const refused = upload(() => Readable.from(blocks, { objectMode: false }));
    await expect(refused).rejects.toMatchObject({ code: 'DENIED' });
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  });
});

describe('a whole blob', () => {
  it('is not sent again because of a Range that the session itself does not confirm', async () => {
    const { upload, patches, isWhole } = await start({ faults: [fault({ headers: { Range: '0-4' } })] });
    await upload();
    expect([patches(), isWhole()]).toEqual([[[10_000, 202]], true]);
  });

  it.each([{ Range: '0-0' }, { Range: undefined }])('needs no Range to be taken (%j)', async (headers) => {
    const { upload, count, isWhole } = await start({ faults: [fault({ headers })] });
    await upload();
    expect([count('GET'), isWhole()]).toEqual([0, true]);
  });

  it('is finished without being sent again after a 416 when the session has all of it', async () => {
    const { upload, patches, count, isWhole } = await start({
      faults: [fault({ status: 416, takesEffect: true })],
    });
    await upload();
    expect([patches(), count('GET'), count('POST'), isWhole()]).toEqual([[[10_000, 416]], 1, 1, true]);
  });
});

describe('a chunk', () => {
  const uploads = { maxRequestBytes: 5_000 };
  /** The first chunk is the second PATCH: the whole blob was refused before. */
  const second = (more: Fault): RegistryOptions => ({ uploads, faults: [fault({ skip: 2, ...more })] });

  it.each<[string, Fault]>([
    ['with 416 although it was taken', { status: 416, takesEffect: true }],
    ['with 503', { status: 503 }],
    ['with 503 although it was taken', { status: 503, takesEffect: true }],
    ['not at all, its connection broken', { dropConnection: 'during' }],
    ['not at all, although it was taken', { dropConnection: 'after' }],
  ])('that is answered %s is asked about, and the upload goes on', async (_, spoilt) => {
    const { upload, count, isWhole, waits } = await start(second(spoilt));
    await upload();
    expect([count('POST'), count('GET'), isWhole()]).toEqual([2, 1, true]);
    expect(waits).toEqual([500]);
  });

  it.each<[string, Fault]>([
    ['unknown', { status: 404, body: '{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN"}]}' }],
    ['invalid', { status: 400, body: '{"errors":[{"code":"BLOB_UPLOAD_INVALID"}]}' }],
  ])('of a session that became %s begins another one, in chunks', async (_, spoilt) => {
    const { upload, count, patches, isWhole } = await start(second(spoilt));
    await upload();
    expect([count('POST'), count('GET'), isWhole()]).toEqual([3, 0, true]);
    expect(patches().slice(-2)).toEqual([
      [5_000, 202],
      [5_000, 202],
    ]);
  });

  it.each<[string, Fault]>([
    ['does not know it any more', { method: 'GET', path: /uploads/, status: 404 }],
    ['does not tell', { method: 'GET', path: /uploads/, headers: { Range: undefined } }],
    ['has more than was sent', { method: 'GET', path: /uploads/, headers: { Range: '0-10000' } }],
  ])('begins another session when, asked about it, the registry %s', async (_, status) => {
    const { upload, count, isWhole } = await start({
      uploads,
      faults: [fault({ skip: 1, dropConnection: 'during' }), status],
    });
    await upload();
    expect([count('POST'), isWhole()]).toEqual([3, true]);
  });

  it('begins another session when this one agrees on where we are and refuses all the same', async () => {
    const { upload, count, isWhole } = await start(second({ status: 416 }));
    await upload();
    expect([count('POST'), isWhole()]).toEqual([3, true]);
  });

  it('is not sent for ever', async () => {
    const { upload, patches, count } = await start({ uploads, faults: [fault({ skip: 1, times: 99, status: 503 })] });
    await expect(upload()).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    expect(count('POST')).toBe(6);
    expect(patches()).toHaveLength(1 + 5 * 5);
  });
});
