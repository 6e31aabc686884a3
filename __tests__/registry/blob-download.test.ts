import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf, parseDigest } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import {
  type Call,
  type Reply,
  type Script,
  type ScriptedRegistry,
  startScripted,
  unknown,
} from './scripted-registry.ts';

const content = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251));
const blob = { digest: digestOf(content), size: content.length };
const PATH = `GET /v2/app/blobs/${blob.digest}`;

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(script: Script, more: Readonly<Record<string, Script>> = {}) {
  const server = await startScripted({ [PATH]: script, ...more });
  open.push(server);
  const recording = createRecordingClient();
  const repository = parseRepository(`${server.host}/app`);
  const ranges = () => server.calls.filter(({ url }) => url.includes('/blobs/')).map(({ headers }) => headers.range);
  return { server, repository, ranges, read: () => recording.client.readBlob(repository, blob, 10_000), ...recording };
}

/** What an honest registry sends from `offset` on. */
function part(offset: number, end = content.length): Reply {
  const headers = { 'Content-Range': `bytes ${offset}-${end - 1}/${content.length}` };
  return { status: 206, headers, body: content.subarray(offset, end) };
}

const whole: Reply = { status: 200, body: content };

describe('readBlob', () => {
  it('is the blob', async () => {
    const { read } = await start(whole);
    expect(content.equals(await read())).toBe(true);
  });

  it('checks a sha512 digest too', async () => {
    const digest = parseDigest(`sha512:${createHash('sha512').update(content).digest('hex')}`);
    const { client, repository } = await start(whole, { [`GET /v2/app/blobs/${digest}`]: whole });
    expect(content.equals(await client.readBlob(repository, { digest, size: content.length }, 10_000))).toBe(true);
  });

  it('refuses what declares more than is allowed before it asks', async () => {
    const { client, repository, server } = await start(whole);
    await expect(client.readBlob(repository, blob, 999)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(server.calls).toEqual([]);
  });

  it('is empty for the empty blob', async () => {
    const empty = { digest: digestOf(''), size: 0 };
    const { client, repository } = await start(whole, { [`GET /v2/app/blobs/${empty.digest}`]: { status: 200 } });
    expect(await client.readBlob(repository, empty, 10)).toHaveLength(0);
  });
});

describe('openBlob', () => {
  it('fails at once when the blob is not there', async () => {
    const { client, repository } = await start(unknown('BLOB_UNKNOWN'));
    await expect(client.openBlob(repository, blob)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('errors before its end when one byte is another', async () => {
    const wrong = Buffer.from(content);
    wrong[999] = 0;
    const { client, repository } = await start({ status: 200, body: wrong });
    const events: string[] = [];
    const stream = await client.openBlob(repository, blob);
    const error = await new Promise<Error>((resolve) => {
      stream
        .on('end', () => events.push('end'))
        .on('error', resolve)
        .resume();
    });
    expect(error).toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(events).toEqual([]);
  });

  it.each<[string, Reply]>([
    ['a Content-Length that is too long', { status: 200, body: Buffer.concat([content, content]) }],
    ['a Content-Length that is too short', { status: 200, body: content.subarray(1) }],
    ['too many bytes without a length', { status: 200, body: Buffer.concat([content, content]), chunked: true }],
    ['too few bytes without a length, every time', { status: 200, body: content.subarray(0, 900), chunked: true }],
  ])('fails for %s', async (_, reply) => {
    const { read } = await start(reply);
    await expect(read()).rejects.toMatchObject({ code: 'SIZE_MISMATCH' });
  });

  it('frees the connection of a stream that nobody reads', async () => {
    const big = Buffer.alloc(2 * 1024 * 1024);
    const large = { digest: digestOf(big), size: big.length };
    const table = { [`GET /v2/app/blobs/${large.digest}`]: { status: 200, body: big } };
    const { client, repository, server } = await start({ status: 200 }, table);
    for (let i = 0; i < 12; i++) {
      const stream = await client.openBlob(repository, large);
      await new Promise((resolve) => stream.once('close', resolve).destroy());
    }
    expect(server.lines).toHaveLength(12);
  });
});

describe('a body that breaks', () => {
  it('is continued where it broke, as often as it makes progress possible', async () => {
    const { read, ranges } = await start([{ ...whole, cutAfter: 100 }, { ...part(100), cutAfter: 300 }, part(400)]);
    expect(content.equals(await read())).toBe(true);
    expect(ranges()).toEqual([undefined, 'bytes=100-', 'bytes=400-']);
  });

  it('is continued when a proxy ended it as if it were whole', async () => {
    const { read } = await start([{ status: 200, body: content.subarray(0, 900), chunked: true }, part(900)]);
    expect(content.equals(await read())).toBe(true);
  });

  it('may come back in a shorter part than was asked for', async () => {
    const { read, ranges } = await start([{ ...whole, cutAfter: 100 }, part(100, 500), part(500)]);
    expect(content.equals(await read())).toBe(true);
    expect(ranges()).toEqual([undefined, 'bytes=100-', 'bytes=500-']);
  });

  it('may start over: what was handed out is skipped', async () => {
    const { read } = await start([{ ...whole, cutAfter: 100 }, whole]);
    expect(content.equals(await read())).toBe(true);
  });

  it('does not pass when the part handed out was another than the one skipped', async () => {
    const wrong = Buffer.from(content);
    wrong[0] = 99;
    const { read } = await start([{ status: 200, body: wrong, cutAfter: 100 }, whole]);
    await expect(read()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  it.each([
    'bytes 0-999/1000',
    'bytes 99-999/1000',
    'bytes 100-999/1001',
    'bytes 100-1000/1000',
    'bytes 100-99/1000',
    'bytes */1000',
    '100-999',
    '',
  ])('refuses a part with Content-Range %j', async (range) => {
    const reply: Reply = { ...part(100), headers: range === '' ? {} : { 'Content-Range': range } };
    const { read } = await start([{ ...whole, cutAfter: 100 }, reply]);
    await expect(read()).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  it('is given up after five breaks without progress', async () => {
    const { read, server } = await start({ ...whole, cutAfter: 0 });
    await expect(read()).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining(blob.digest) });
    expect(server.lines).toHaveLength(5);
  });

  it('counts breaks anew after a MiB of progress', async () => {
    const big = Buffer.alloc(8 * 1024 * 1024, 'x');
    const large = { digest: digestOf(big), size: big.length };
    const reply = ({ headers }: Call): Reply => {
      const offset = Number(/\d+/.exec(headers.range ?? '0')?.[0]);
      const rest = { body: big.subarray(offset), ...(big.length - offset > 1_100_000 ? { cutAfter: 1_100_000 } : {}) };
      if (offset === 0) return { status: 200, ...rest };
      return { status: 206, headers: { 'Content-Range': `bytes ${offset}-${big.length - 1}/${big.length}` }, ...rest };
    };
    const { client, repository, server } = await start(whole, { [`GET /v2/app/blobs/${large.digest}`]: reply });
    expect(big.equals(await client.readBlob(repository, large, big.length))).toBe(true);
    expect(server.lines.length).toBeGreaterThan(5);
  });

  it('says why when the registry will not continue', async () => {
    const { read } = await start([{ ...whole, cutAfter: 100 }, unknown('DENIED', 403)]);
    await expect(read()).rejects.toMatchObject({ code: 'DENIED' });
  });

  it('ends as cancelled when it is cancelled', async () => {
    const { client, repository, cancel } = await start({ ...whole, cutAfter: 100 });
    const stream = await client.openBlob(repository, blob);
    cancel.abort();
    await expect(stream.toArray()).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('an answer that is not the blob as it is', () => {
  it.each<[string, Reply, string]>([
    ['a part that nobody asked for', part(0), 'PROTOCOL'],
    ['another digest', { ...whole, headers: { 'Docker-Content-Digest': digestOf('x') } }, 'DIGEST_MISMATCH'],
    ['compressed content', { ...whole, headers: { 'Content-Encoding': 'gzip' } }, 'PROTOCOL'],
    ['compressed content of no length', { ...whole, chunked: true, headers: { 'Content-Encoding': 'br' } }, 'PROTOCOL'],
  ])('is refused before a byte is handed out: %s', async (_, reply, code) => {
    const { client, repository, server } = await start(reply);
    await expect(client.openBlob(repository, blob)).rejects.toMatchObject({ code, status: reply.status });
    expect(server.lines).toHaveLength(1);
  });

  it.each(['identity', ''])('is the blob all the same when it says it is encoded as %j', async (encoding) => {
    const { read, server } = await start({ ...whole, headers: { 'Content-Encoding': encoding } });
    expect(content.equals(await read())).toBe(true);
    expect(server.calls.at(-1)?.headers['accept-encoding']).toBe('identity');
  });

  it('says who compresses, and what to do', async () => {
    const { client, repository, server } = await start({ ...whole, headers: { 'Content-Encoding': 'gzip' } });
    await expect(client.openBlob(repository, blob)).rejects.toMatchObject({
      message: expect.stringContaining('Content-Encoding gzip'),
      hint: expect.stringContaining(`the proxy before ${server.host}`),
    });
  });

  it.each<[string, Reply, string]>([
    ['compressed', { ...part(100), headers: { ...part(100).headers, 'Content-Encoding': 'gzip' } }, 'PROTOCOL'],
    [
      'of another digest',
      { ...part(100), headers: { ...part(100).headers, 'Docker-Content-Digest': digestOf('x') } },
      'DIGEST_MISMATCH',
    ],
    ['compressed, and whole', { ...whole, headers: { 'Content-Encoding': 'gzip' } }, 'PROTOCOL'],
  ])('is refused as the rest of a blob, too: %s', async (_, reply, code) => {
    const { read } = await start([{ ...whole, cutAfter: 100 }, reply]);
    await expect(read()).rejects.toMatchObject({ code });
  });
});

describe('a registry that sends us to its storage', () => {
  it('is asked again for the rest: the address it gave first may have expired', async () => {
    let times = 0;
    const storage = await startScripted({
      'GET /signed': ({ url, headers }) => {
        if (url !== `/signed?until=${times}`) return { status: 403, body: 'expired' };
        return headers.range === undefined ? { ...whole, cutAfter: 400 } : part(400);
      },
    });
    open.push(storage);
    const { read, ranges } = await start(() => ({
      status: 307,
      headers: { Location: `http://${storage.host}/signed?until=${++times}` },
    }));
    expect(content.equals(await read())).toBe(true);
    expect(ranges()).toEqual([undefined, 'bytes=400-']);
    expect(storage.lines).toEqual(['GET /signed?until=1', 'GET /signed?until=2']);
  });
});
