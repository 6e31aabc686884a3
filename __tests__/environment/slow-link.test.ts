import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from '../registry/recording-client.ts';

const MIB = 1024 * 1024;
/** Milliseconds; each transfer below takes several times as long. */
const timeouts = { connect: 1000, headers: 300, stored: 600, body: 300 };
const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function start(listener: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.method ?? '');
    if (request.url === '/v2/') response.end('{}');
    else listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { client } = createRecordingClient({ timeouts, retry: { attempts: 1 } });
  open.push({
    async close() {
      await client.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  const repository = parseRepository(`127.0.0.1:${(server.address() as AddressInfo).port}/app`);
  return { client, repository, asked: () => asked.filter((method) => method !== 'HEAD') };
}

describe('a download over a slow link', () => {
  const bytes = Buffer.alloc(160, 'x');
  const blob = { digest: digestOf(bytes), size: bytes.length };

  /** Sends ten bytes at a time, this many times, then no more. */
  const trickle = (times: number): RequestListener => {
    return async (_, response) => {
      response.writeHead(200, { 'Content-Length': bytes.length });
      for (let i = 0; i < times; i++) {
        response.write(bytes.subarray(i * 10, i * 10 + 10));
        await sleep(100);
      }
      if (times === 16) response.end();
    };
  };

  it('goes on while a few bytes come now and then, in one request', async () => {
    const { client, repository, asked } = await start(trickle(16));
    expect(Buffer.from(await client.readBlob(repository, blob, 1000))).toEqual(bytes);
    expect(asked()).toEqual(['GET', 'GET']);
  }, 120_000);

  it('ends when nothing comes any more', async () => {
    const { client, repository } = await start(trickle(3));
    await expect(client.readBlob(repository, blob, 1000)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  }, 120_000);
});

describe('an upload to a slow registry', () => {
  const bytes = Buffer.alloc(24 * MIB, 'x');
  const blob = { digest: digestOf(bytes), size: bytes.length };
  const source = () => Readable.from(cut(bytes), { objectMode: false });

  /** Takes a body a mebibyte at a time, up to a number of bytes, and then no more. */
  const takeSlowly = async (request: IncomingMessage, end: number): Promise<void> => {
    let taken = 0;
    let pause = MIB;
    for await (const chunk of request) {
      taken += (chunk as Buffer).length;
      if (taken >= end && end < bytes.length) await new Promise(() => undefined);
      if (taken < pause) continue;
      pause += MIB;
      await sleep(80);
    }
  };
  const registry = (end: number): RequestListener => {
    return async (request, response) => {
      const headers = { Location: '/v2/app/blobs/uploads/1' };
      if (request.method === 'HEAD') return void response.writeHead(404).end();
      await takeSlowly(request, end);
      response.writeHead(request.method === 'PUT' ? 201 : 202, headers).end();
    };
  };

  it('goes on while it takes some now and then, in one session', async () => {
    const { client, repository, asked } = await start(registry(bytes.length));
    const started = Date.now();
    await client.uploadBlob(repository, blob, source);
    expect(Date.now() - started).toBeGreaterThan(2 * timeouts.stored);
    expect(asked()).toEqual(['GET', 'POST', 'PATCH', 'PUT']);
  }, 120_000);

  it('ends when it takes no more', async () => {
    const { client, repository } = await start(registry(2 * MIB));
    await expect(client.uploadBlob(repository, blob, source)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  }, 120_000);
});

function* cut(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += MIB) yield bytes.subarray(at, at + MIB);
}
