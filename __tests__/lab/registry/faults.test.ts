import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../lab/registry/digest.ts';
import type { Fault } from '../../../lab/registry/faults.ts';
import { type LabRegistry, startRegistry } from '../../../lab/registry/server.ts';

const BYTES = 'x'.repeat(100_000);
const DIGEST = digestOf(BYTES);

let registry: LabRegistry;
beforeEach(async () => {
  registry = await startRegistry();
  await fetch(`${registry.url}/v2/app/blobs/uploads/?digest=${DIGEST}`, { method: 'POST', body: BYTES });
  registry.log.clear();
});
afterEach(() => registry.close());

const read = () => fetch(`${registry.url}/v2/app/blobs/${DIGEST}`);
const breakWith = (...faults: Fault[]) => registry.faults.push(...faults);

describe('a fault', () => {
  it('answers instead of the registry, as often as told', async () => {
    breakWith({ status: 429, headers: { 'Retry-After': '1' }, body: 'slow down', skip: 1, times: 2 });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await read()).status);
    expect(statuses).toEqual([200, 429, 429, 200]);
  });

  it('gives way to the next one when it is used up', async () => {
    breakWith({ status: 503, times: 1 }, { status: 500, times: 1 });
    expect([(await read()).status, (await read()).status, (await read()).status]).toEqual([503, 500, 200]);
  });

  it('applies only where method and path match', async () => {
    breakWith({ method: 'PUT', status: 500 }, { path: /\/manifests\//g, status: 501 });
    expect((await read()).status).toBe(200);
    expect((await fetch(`${registry.url}/v2/app/manifests/1`)).status).toBe(501);
    expect((await fetch(`${registry.url}/v2/app/manifests/1`)).status).toBe(501);
  });

  it('waits for the PUT that it comes after', async () => {
    breakWith({ method: 'GET', status: 500, afterPut: /manifests\/1$/ });
    expect((await read()).status).toBe(200);
    await fetch(`${registry.url}/v2/app/manifests/1`, { method: 'PUT', body: 'no manifest' });
    expect((await read()).status).toBe(500);
  });

  it('changes, adds and removes headers of a true answer', async () => {
    breakWith({ headers: { 'docker-content-digest': undefined, Warning: '299 - "old"' } });
    const answer = await read();
    expect([answer.status, answer.headers.get('docker-content-digest'), answer.headers.get('warning')]).toEqual([
      200,
      null,
      '299 - "old"',
    ]);
  });

  it.each([0, 70_000])('cuts an answer after %d bytes', async (cutAfterBytes) => {
    breakWith({ cutAfterBytes });
    const answer = await read();
    expect(answer.headers.get('content-length')).toBe('100000');
    await expect(answer.text()).rejects.toThrow();
    expect(registry.log.entries).toMatchObject([{ status: 200, responseBytes: cutAfterBytes }]);
  });

  it('sends a shorter or a longer body than it should, and says so', async () => {
    breakWith({ shortenBytes: 10, times: 1 }, { extraBytes: 5, times: 1 });
    const lengths = [];
    for (let i = 0; i < 3; i++) lengths.push((await (await read()).arrayBuffer()).byteLength);
    expect(lengths).toEqual([99_990, 100_005, 100_000]);
  });

  it('leaves out how long the body is', async () => {
    breakWith({ withoutLength: true });
    const answer = await read();
    expect(answer.headers.get('content-length')).toBeNull();
    expect(await answer.text()).toBe(BYTES);
  });

  it.each<[string, Fault]>([
    ['stops in the middle of a body', { stallAfterBytes: 10 }],
    ['never answers', { silent: true }],
  ])('%s, and holds the connection', async (_what, fault) => {
    breakWith(fault);
    const signal = AbortSignal.timeout(200);
    const ended = fetch(`${registry.url}/v2/app/blobs/${DIGEST}`, { signal }).then((answer) => answer.text());
    await expect(ended).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('sends something that is no HTTP', async () => {
    breakWith({ raw: 'hello' });
    await expect(read()).rejects.toThrow();
    expect(registry.log.entries).toMatchObject([{ status: 0 }]);
  });

  it('hangs up in the middle of a request', async () => {
    breakWith({ dropConnection: 'during' });
    const body = 'y'.repeat(1_000);
    const address = `${registry.url}/v2/app/blobs/uploads/?digest=${digestOf(body)}`;
    await expect(fetch(address, { method: 'POST', body })).rejects.toThrow();
    expect(registry.hasBlob('app', digestOf(body))).toBe(false);
  });

  it('does what it should, and answers something else', async () => {
    breakWith({ status: 504, takesEffect: true });
    const address = `${registry.url}/v2/app/blobs/uploads/?digest=${digestOf('z')}`;
    expect((await fetch(address, { method: 'POST', body: 'z' })).status).toBe(504);
    expect(registry.hasBlob('app', digestOf('z'))).toBe(true);
  });

  it('lasts until it is left alone for a time', async () => {
    breakWith({ status: 503, quietMs: 200 });
    const statuses: number[] = [];
    for (const pause of [0, 10, 250, 0]) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      statuses.push((await read()).status);
    }
    expect(statuses).toEqual([503, 503, 200, 200]);
  });

  it('meets only requests with a header, and counts those it spoilt', async () => {
    const fault: Fault = { withHeader: 'range', status: 500 };
    breakWith(fault);
    expect((await read()).status).toBe(200);
    expect((await fetch(`${registry.url}/v2/app/blobs/${DIGEST}`, { headers: { Range: 'bytes=1-' } })).status).toBe(
      500,
    );
    expect(registry.spoilt(fault)).toBe(1);
  });

  it('flips bytes without touching what is stored', async () => {
    breakWith({ corruptBytes: 2, times: 1 });
    const spoiled = Buffer.from(await (await read()).arrayBuffer());
    expect([spoiled.length, digestOf(spoiled) === DIGEST]).toEqual([BYTES.length, false]);
    expect(await (await read()).text()).toBe(BYTES);
  });

  it('lies about the digest', async () => {
    breakWith({ wrongDigestHeader: true });
    expect((await read()).headers.get('docker-content-digest')).toBe(digestOf('something else'));
  });

  it('drops a connection before the request has an effect, or after', async () => {
    const push = (name: string) =>
      fetch(`${registry.url}/v2/app/blobs/uploads/?digest=${digestOf(name)}`, { method: 'POST', body: name });
    breakWith({ dropConnection: true, times: 1 }, { dropConnection: 'after', times: 1 });
    await expect(push('one')).rejects.toThrow();
    await expect(push('two')).rejects.toThrow();
    expect([registry.hasBlob('app', digestOf('one')), registry.hasBlob('app', digestOf('two'))]).toEqual([false, true]);
    expect(registry.log.entries.map((entry) => entry.status)).toEqual([0, 0]);
  });

  it('runs a script before the request has an effect', async () => {
    breakWith({ path: /\/manifests\/1$/, before: () => registry.setTag('app', '1', DIGEST) });
    await fetch(`${registry.url}/v2/app/manifests/1`);
    expect(registry.digestOf('app', '1')).toBe(DIGEST);
  });

  it('delays an answer', async () => {
    breakWith({ delayMs: 60 });
    const start = performance.now();
    await read();
    expect(performance.now() - start).toBeGreaterThan(50);
  });
});
