import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import {
  type Early,
  type Reply,
  type Script,
  type ScriptedRegistry,
  startScripted,
  unknown,
} from './scripted-registry.ts';

const content = Buffer.alloc(300_000, 'layer ');
const blob = { digest: digestOf(content), size: content.length };
const POST = 'POST /v2/app/blobs/uploads/';
const HEAD = `HEAD /v2/app/blobs/${blob.digest}`;
const accepted: Reply = { status: 202, headers: { Location: '/up/1?state=a%2Fb%3D' } };

/** A registry that takes an upload; parts of it are replaced by each test. */
const honest: Readonly<Record<string, Script>> = {
  [POST]: accepted,
  'PATCH /up/1': { status: 202, headers: { Location: '/up/2?state=c%7e+d' } },
  'PUT /up/2': { status: 201, headers: { 'Docker-Content-Digest': blob.digest } },
  'DELETE /up/1': { status: 204 },
  'DELETE /up/2': { status: 204 },
};

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(more: Readonly<Record<string, Script>> = {}, early?: Early) {
  const server = await startScripted({ ...honest, ...more }, early);
  open.push(server);
  const recording = createRecordingClient();
  const repository = parseRepository(`${server.host}/app`);
  const opened = { times: 0 };
  const upload = (bytes: Buffer = content, descriptor = blob) =>
    recording.client.uploadBlob(repository, descriptor, () => {
      opened.times++;
      return Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)], { objectMode: false });
    });
  return { server, repository, upload, opened, ...recording };
}

describe('uploadBlob', () => {
  it('is one POST, one PATCH with a length, and one PUT', async () => {
    const { upload, server } = await start();
    await upload();
    expect(server.lines).toEqual([
      POST,
      'PATCH /up/1?state=a%2Fb%3D',
      `PUT /up/2?state=c%7e+d&digest=${encodeURIComponent(blob.digest)}`,
    ]);
    const patch = server.calls.find(({ method }) => method === 'PATCH');
    expect(patch?.headers).toMatchObject({ 'content-length': '300000', 'content-type': 'application/octet-stream' });
    expect(patch?.headers['transfer-encoding']).toBeUndefined();
    expect(patch?.body.equals(content)).toBe(true);
  });

  it('needs no PATCH for the empty blob', async () => {
    const { upload, server, opened } = await start({ 'PUT /up/1': { status: 201 } });
    await upload(Buffer.alloc(0), { digest: digestOf(''), size: 0 });
    expect(server.lines.map((line) => line.split(' ')[0])).toEqual(['POST', 'PUT']);
    expect(opened.times).toBe(0);
  });

  it.each<[string, Script]>([
    ['a lost session', unknown('BLOB_UPLOAD_UNKNOWN')],
    ['an invalid session', unknown('BLOB_UPLOAD_INVALID', 400)],
    ['a 404 without a word', { status: 404 }],
    ['a 500', { status: 500 }],
    ['a dropped connection', () => 'drop'],
  ])('starts over from the beginning after %s', async (_, fault) => {
    let count = 0;
    const { upload, server, opened, waits } = await start({
      'PATCH /up/1': (call) => {
        if (++count > 1) return honest['PATCH /up/1'] as Reply;
        return typeof fault === 'function' ? fault(call) : (fault as Reply);
      },
    });
    await upload();
    expect(server.lines.filter((line) => line === POST)).toHaveLength(2);
    expect(opened.times).toBe(2);
    expect(waits).toEqual([500]);
  });

  it('starts over when the connection breaks while bytes are being sent', async () => {
    const large = Buffer.alloc(20_000_000, 'large ');
    const descriptor = { digest: digestOf(large), size: large.length };
    let patches = 0;
    const { upload, opened, server } = await start({ 'PUT /up/2': { status: 201 } }, (line) =>
      line.startsWith('PATCH') && ++patches === 1 ? 'drop' : undefined,
    );
    await upload(large, descriptor);
    expect(opened.times).toBe(2);
    expect(
      server.calls
        .filter(({ method }) => method === 'PATCH')
        .at(-1)
        ?.body.equals(large),
    ).toBe(true);
  });

  it('tells the refusal that came while bytes were being sent', async () => {
    const large = Buffer.alloc(20_000_000, 'large ');
    const descriptor = { digest: digestOf(large), size: large.length };
    const { upload } = await start({}, (line) => (line.startsWith('PATCH') ? unknown('SIZE_INVALID', 413) : undefined));
    await expect(upload(large, descriptor)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('sends a step again that was turned away, as it was, when the registry asks for it', async () => {
    const busy: Reply = { status: 429, headers: { 'Retry-After': '9' } };
    const { upload, waits, server } = await start({
      'PATCH /up/1': [busy, honest['PATCH /up/1'] as Reply],
      'PUT /up/2': [busy, { status: 201 }],
    });
    await upload();
    expect(waits).toEqual([9000, 9000]);
    expect(server.lines.filter((line) => line === POST)).toHaveLength(1);
    expect(server.lines.filter((line) => line.startsWith('PATCH'))).toHaveLength(2);
  });

  it('does not start over when the registry asks for longer than anyone would wait', async () => {
    const busy: Reply = { status: 429, headers: { 'Retry-After': '3600' } };
    const { upload, waits } = await start({ 'PATCH /up/1': busy });
    await expect(upload()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: '3600' });
    expect(waits).toEqual([]);
  });

  it('is done when only the last answer was lost', async () => {
    const { upload, server } = await start({ 'PUT /up/2': () => 'drop', [HEAD]: { status: 200, body: content } });
    await upload();
    expect(server.lines.filter((line) => line === POST)).toHaveLength(1);
  });

  it('is not done when what is there has another size', async () => {
    let commits = 0;
    const { upload, server } = await start({
      'PUT /up/2': () => (++commits === 1 ? 'drop' : { status: 201 }),
      [HEAD]: { status: 200, body: content.subarray(1) },
    });
    await upload();
    expect(server.lines.filter((line) => line === POST)).toHaveLength(2);
  });

  it('stays where it is when a step names no other address', async () => {
    const { upload, server } = await start({ 'PATCH /up/1': { status: 202 }, 'PUT /up/1': { status: 201 } });
    await upload();
    expect(server.lines.at(-1)).toBe(`PUT /up/1?state=a%2Fb%3D&digest=${encodeURIComponent(blob.digest)}`);
  });

  it('is given up after five tries', async () => {
    const { upload, server } = await start({ 'PUT /up/2': { status: 503 } });
    await expect(upload()).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    expect(server.lines.filter((line) => line === POST)).toHaveLength(5);
  });

  it.each([
    [403, 'DENIED'],
    [400, 'PROTOCOL'],
    [409, 'PROTOCOL'],
  ])('is not repeated after %d, and its session is cancelled', async (status, code) => {
    const { upload, server } = await start({ 'PATCH /up/1': { status } });
    await expect(upload()).rejects.toMatchObject({ code, status, message: expect.stringContaining(blob.digest) });
    expect(server.lines.map((line) => line.split(' ')[0])).toEqual(['POST', 'PATCH', 'DELETE']);
  });

  it('renews a token that ends in the middle, and sends the bytes again', async () => {
    let valid = 'T1';
    let given = 0;
    const guard =
      (script: Reply): Script =>
      ({ headers }) =>
        headers.authorization === `Bearer ${valid}`
          ? script
          : { status: 401, headers: { 'WWW-Authenticate': `Bearer realm="http://${headers.host}/token"` } };
    const { upload, server, opened } = await start({
      'GET /token': () => ({ status: 200, body: JSON.stringify({ token: `T${++given}` }) }),
      [POST]: (call) => {
        const reply = (guard(accepted) as (c: typeof call) => Reply)(call);
        if (reply === accepted) valid = 'T2';
        return reply;
      },
      'PATCH /up/1': guard(honest['PATCH /up/1'] as Reply),
      'PUT /up/2': guard(honest['PUT /up/2'] as Reply),
    });
    await upload();
    expect(given).toBe(2);
    expect(opened.times).toBe(2);
    expect(server.lines.filter((line) => line === POST)).toHaveLength(2);
  });
});

describe('a registry that knows no PATCH', () => {
  it.each([405, 501])('gets the blob with the PUT (%d)', async (status) => {
    const { upload, server, waits } = await start({
      'PATCH /up/1': { status },
      'PUT /up/1': { status: 201, headers: { 'Docker-Content-Digest': blob.digest } },
    });
    await upload();
    const put = server.calls.at(-1);
    expect(put?.url).toBe(`/up/1?state=a%2Fb%3D&digest=${encodeURIComponent(blob.digest)}`);
    expect(put?.headers).toMatchObject({ 'content-length': '300000', 'content-type': 'application/octet-stream' });
    expect(put?.body.equals(content)).toBe(true);
    expect(waits).toEqual([]);
  });

  it('is not asked a third way', async () => {
    const { upload, server } = await start({ 'PATCH /up/1': { status: 405 }, 'PUT /up/1': { status: 413 } });
    await expect(upload()).rejects.toMatchObject({ code: 'TOO_LARGE', hint: expect.any(String) });
    expect(server.lines.filter((line) => line === POST)).toHaveLength(2);
  });

  it('never gets all of what is not the blob', async () => {
    const { upload, server } = await start({ 'PATCH /up/1': { status: 405 }, 'PUT /up/1': { status: 201 } });
    await expect(upload(Buffer.alloc(300_000, 'other '))).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(server.lines.filter((line) => line.startsWith('PUT'))).toEqual([]);
  });
});

describe('what is sent', () => {
  it.each<[string, Buffer, string]>([
    ['other bytes', Buffer.alloc(300_000, 'other '), 'DIGEST_MISMATCH'],
    ['too few bytes', content.subarray(1), 'SIZE_MISMATCH'],
    ['too many bytes', Buffer.concat([content, content]), 'SIZE_MISMATCH'],
  ])('is never finished when it is %s', async (_, bytes, code) => {
    const { upload, server, opened } = await start();
    await expect(upload(bytes)).rejects.toMatchObject({ code });
    expect(server.lines.some((line) => line.startsWith('PUT'))).toBe(false);
    expect(opened.times).toBe(1);
  });

  it('fails with the fault of its source, once', async () => {
    const { client, repository } = await start();
    let times = 0;
    const broken = () => {
      times++;
      return new Readable({ read: (): void => void broken.last?.destroy(new Error('disk is gone')) });
    };
    broken.last = undefined as Readable | undefined;
    const openBroken = () => {
      broken.last = broken();
      return broken.last;
    };
    await expect(client.uploadBlob(repository, blob, openBroken)).rejects.toThrow('disk is gone');
    expect(times).toBe(1);
  });

  it('was something else when the registry says it stored another digest', async () => {
    const { upload } = await start({
      'PUT /up/2': { status: 201, headers: { 'Docker-Content-Digest': digestOf('x') } },
    });
    await expect(upload()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });
});

describe('where the registry sends an upload', () => {
  it('may be another origin', async () => {
    const storage = await startScripted({
      'PATCH /s': { status: 202, headers: { Location: '/s2' } },
      'PUT /s2': { status: 201 },
    });
    open.push(storage);
    const { upload } = await start({ [POST]: { status: 202, headers: { Location: `http://${storage.host}/s` } } });
    await upload();
    expect(storage.lines).toHaveLength(2);
  });

  it.each([
    ['nowhere', {}, 'PROTOCOL'],
    ['a file', { Location: 'file:///etc/passwd' }, 'REDIRECT_REFUSED'],
    ['no address', { Location: 'http://[' }, 'PROTOCOL'],
  ])('is refused when it is %s', async (_, headers, code) => {
    const { upload } = await start({ [POST]: { status: 202, headers } });
    await expect(upload()).rejects.toMatchObject({ code });
  });
});
