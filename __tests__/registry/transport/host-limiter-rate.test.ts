import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../../src/image/reference.ts';
import { createRecordingClient } from '../recording-client.ts';
import { makeManifest, tagOf } from '../sample-image.ts';
import { type Call, type Reply, type ScriptedRegistry, startScripted, unknown } from '../scripted-registry.ts';

const image = makeManifest();
const manifest: Reply = { status: 200, headers: { 'Content-Type': image.mediaType }, body: image.bytes };
const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const WINDOW = 250;
const REQUESTS = 50;

/** A registry, with a token service on the same host, that answers 429 to more than `limit` requests in a window. */
async function startLimited(limit: number) {
  const counts = { refused: 0, window: 0, used: 0 };
  const within = (reply: (call: Call) => Reply) => (call: Call) => {
    const window = Math.floor(Date.now() / WINDOW);
    if (window !== counts.window) Object.assign(counts, { window, used: 0 });
    if (++counts.used <= limit) return reply(call);
    counts.refused++;
    return { ...unknown('TOOMANYREQUESTS', 429), headers: { 'Retry-After': String(WINDOW / 1000) } };
  };
  const challenge = ({ headers }: Call): Reply => ({
    status: 401,
    headers: { 'WWW-Authenticate': `Bearer realm="http://${headers.host}/token"` },
  });
  const server = await startScripted({
    'GET /v2/': challenge,
    'GET /token': within(() => ({ status: 200, body: '{"token":"T"}' })),
    'GET /v2/app/manifests/v1': within((call) =>
      call.headers.authorization === 'Bearer T' ? manifest : challenge(call),
    ),
  });
  open.push(server);
  return { server, counts };
}

describe('fifty requests at once to a registry that takes ten in a window', () => {
  it('all succeed, and few are refused on the way', async () => {
    const { server, counts } = await startLimited(10);
    const { client } = createRecordingClient({
      retry: { sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }), now: Date.now },
    });
    const repository = parseRepository(`${server.host}/app`);
    const read = () => client.resolve({ kind: 'tag', repository, tag: tagOf('v1') });
    const results = await Promise.all(Array.from({ length: REQUESTS }, read));
    expect(results.filter(({ digest }) => digest === image.digest)).toHaveLength(REQUESTS);
    // Without the limit each window refuses all that are left: some 40 + 30 + 20 + 10.
    expect(counts.refused).toBeGreaterThan(0);
    expect(counts.refused).toBeLessThan(REQUESTS / 2);
    await client.close();
  });
});
