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

const limited = (retryAfter: string): Reply => ({
  ...unknown('TOOMANYREQUESTS', 429),
  headers: { 'Retry-After': retryAfter },
});

async function start(table: Readonly<Record<string, Script>>, retry = {}) {
  const server = await startScripted(table);
  open.push(server);
  const recording = createRecordingClient({ retry });
  const repository = parseRepository(`${server.host}/app`);
  return {
    server,
    ...recording,
    read: () => recording.client.resolve({ kind: 'tag', repository, tag: tagOf('v1') }),
  };
}

describe('a request with its default patience', () => {
  it('outlasts a registry that asks for a minute four times', async () => {
    const { read, waits } = await start({ [PATH]: [...Array.from({ length: 4 }, () => limited('60')), manifest] });
    expect((await read()).digest).toBe(image.digest);
    expect(waits).toEqual([60_000, 60_000, 60_000, 60_000]);
  });

  it.each(['3600', '999999999', 'Fri, 01 Jan 2100 00:00:00 GMT'])(
    'stops at once when it is asked to wait %s, and says so',
    async (asked) => {
      const { read, waits, server } = await start({ [PATH]: limited(asked) });
      const error = await read().catch((fault: Error) => fault);
      expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 429, retryAfter: asked });
      expect((error as Error).message).toMatch(/; gave up after 0 s and attempt 1: asked to wait \d{4,} s, and 300 s/);
      expect([waits, server.lines.length]).toEqual([[], 1]);
    },
  );

  it.each(['35µs', '-5', '0', 'Thu, 01 Jan 2015 00:00:00 GMT'])(
    'chooses its own wait when it is asked to wait %s',
    async (asked) => {
      const { read, waits } = await start({ [PATH]: [limited(Buffer.from(asked).toString('latin1')), manifest] });
      await read();
      expect(waits).toEqual([500]);
    },
  );
});

describe('a deadline', () => {
  it('counts from the first attempt, over all the waits', async () => {
    const { read, waits } = await start({ [PATH]: limited('60') }, { deadline: 150_000 });
    await expect(read()).rejects.toThrow(/gave up after 120 s and attempt 3: asked to wait 60 s, and 150 s are given/);
    expect(waits).toEqual([60_000, 60_000]);
  });

  it('ends the repetitions of a network fault too, with the fault as the cause', async () => {
    const { read, waits } = await start({ [PATH]: () => 'drop' }, { deadline: 2000 });
    await expect(read()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      cause: expect.objectContaining({
        message: expect.stringContaining('gave up after 2 s and attempt 3: the next attempt would be too late'),
        cause: expect.objectContaining({ code: 'UND_ERR_SOCKET' }),
      }),
    });
    expect(waits).toEqual([500, 1000]);
  });

  it('is told of by the token service as well', async () => {
    const { read } = await start({
      'GET /v2/': ({ headers }) => ({
        status: 401,
        headers: { 'WWW-Authenticate': `Bearer realm="http://${headers.host}/token"` },
      }),
      'GET /token': limited('7200'),
    });
    await expect(read()).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('asked to wait 7200 s'),
    });
  });
});
