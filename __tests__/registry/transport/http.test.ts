import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../../src/image/reference.ts';
import { createRecordingClient } from '../recording-client.ts';
import { makeManifest, tagOf } from '../sample-image.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted, unknown } from '../scripted-registry.ts';

const image = makeManifest();
const manifest: Reply = { status: 200, headers: { 'Content-Type': image.mediaType }, body: image.bytes };
const PATH = 'GET /v2/app/manifests/v1';

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
  const recording = createRecordingClient(options);
  const repository = parseRepository(`${server.host}/app`);
  const read = () => recording.client.resolve({ kind: 'tag', repository, tag: tagOf('v1') });
  return { server, repository, read, ...recording };
}

describe('a registry in trouble', () => {
  it('is asked again after each retryable answer and dropped connection', async () => {
    let count = 0;
    const { read, waits, server } = await start({
      [PATH]: () => (++count === 1 ? 'drop' : count < 4 ? { status: 503 } : manifest),
    });
    expect((await read()).digest).toBe(image.digest);
    expect(waits).toEqual([500, 1000, 2000]);
    expect(server.lines).toHaveLength(4);
  });

  it('is asked five times at most, and then quoted', async () => {
    const { read, server } = await start({ [PATH]: unknown('UNAVAILABLE', 503, 'on fire') });
    await expect(read()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      status: 503,
      method: 'GET',
      message: expect.stringContaining('UNAVAILABLE: on fire'),
      diagnostics: [{ code: 'UNAVAILABLE', message: 'on fire' }],
      hint: expect.stringContaining('again later'),
    });
    expect(server.lines).toHaveLength(5);
  });

  it('is waited for as long as it asks', async () => {
    const { read, waits } = await start({
      [PATH]: [
        { status: 429, headers: { 'Retry-After': '3' } },
        { status: 429, headers: { 'Retry-After': '120' } },
        manifest,
      ],
    });
    await read();
    expect(waits).toEqual([3000, 90_000]);
  });

  it('is named when its limit is all there is to say', async () => {
    const { read } = await start({ [PATH]: unknown('TOOMANYREQUESTS', 429, 'You have reached your pull rate limit') });
    await expect(read()).rejects.toMatchObject({ code: 'RATE_LIMITED', hint: expect.stringContaining('log in') });
  });

  it.each([
    [400, 'PROTOCOL'],
    [401, 'UNAUTHORIZED'],
    [403, 'DENIED'],
    [404, 'NOT_FOUND'],
    [409, 'PROTOCOL'],
    [413, 'TOO_LARGE'],
  ])('is not asked again after %d', async (status, code) => {
    const { read, server } = await start({ [PATH]: { status } });
    await expect(read()).rejects.toMatchObject({ code, status });
    expect(server.lines).toHaveLength(1);
  });

  it('that does not answer in time is unavailable', async () => {
    const never = await startSilent();
    const { client } = createRecordingClient({ timeouts: { headers: 100, connect: 100 }, retry: { attempts: 1 } });
    const reading = client.resolve({ kind: 'tag', repository: parseRepository(`${never.host}/app`), tag: tagOf('v1') });
    await expect(reading).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      hint: expect.stringContaining('can be reached'),
    });
    await client.close();
    await never.close();
  });
});

describe('hostile error bodies', () => {
  it('are read no further than they matter', async () => {
    const { read } = await start({ [PATH]: { status: 403, body: Buffer.alloc(8 * 1024 * 1024, 'x'), chunked: true } });
    await expect(read()).rejects.toMatchObject({ code: 'DENIED', diagnostics: [] });
  });

  it('put no line break or escape into a message', async () => {
    const { read } = await start({ [PATH]: unknown('DENIED', 403, 'x\n::set-output name=a::b\u001b[2J') });
    const error = await read().catch((fault: Error) => fault);
    expect((error as Error).message).toContain('x ::set-output');
    expect((error as Error).message).not.toMatch(/\p{Cc}/u);
  });

  it('that break off do not hide the status', async () => {
    const { read } = await start({ [PATH]: { status: 403, body: '{"errors":[{"code":"DENIED"', cutAfter: 10 } });
    await expect(read()).rejects.toMatchObject({ code: 'DENIED' });
  });
});

describe('the client', () => {
  it('shows each warning of a registry once', async () => {
    const { read, warnings, server } = await start({
      [PATH]: { ...manifest, headers: { ...manifest.headers, Warning: '299 - "use the new name"' } },
    });
    await read();
    await read();
    expect(warnings).toEqual([`${server.host} says: use the new name`]);
  });

  it('uses a connection again, also after errors and bodies it did not want', async () => {
    const flaky = [
      { status: 503, body: 'x'.repeat(20_000) },
      manifest,
      unknown('MANIFEST_UNKNOWN'),
      manifest,
      manifest,
    ];
    const { read, server, repository, client } = await start({ [PATH]: flaky });
    for (let i = 0; i < 4; i++) await read().catch(() => {});
    for (let i = 0; i < 10; i++) await client.hasBlob(repository, image.digest);
    expect(server.lines).toHaveLength(15);
    // Two for the first contact, which asks for /v2/ and the manifest side by side.
    expect(server.connections()).toBe(2);
  });

  it('opens at most twelve connections to a host', async () => {
    const { read, server } = await start({ [PATH]: manifest });
    await Promise.all(Array.from({ length: 60 }, read));
    expect(server.connections()).toBeLessThanOrEqual(12);
  });

  it('names itself', async () => {
    const { read, server } = await start({ [PATH]: manifest });
    await read();
    expect(server.calls.at(-1)?.headers['user-agent']).toBe('promote-image-test');
  });

  it('stops waiting when it is cancelled', async () => {
    const { client, cancel, repository } = await start(
      { [PATH]: { status: 503 } },
      {
        retry: {
          sleep: (_, signal) =>
            new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        },
      },
    );
    const pending = client.resolve({ kind: 'tag', repository, tag: tagOf('v1') });
    setTimeout(() => cancel.abort(), 50);
    await expect(pending).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('fails as cancelled after it was closed', async () => {
    const { client, read } = await start({ [PATH]: manifest });
    await client.close();
    await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

async function startSilent(): Promise<{ host: string; close(): Promise<void> }> {
  const { createServer } = await import('node:net');
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    host: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
