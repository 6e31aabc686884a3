import { afterEach, describe, expect, it } from '@jest/globals';
import { discardBody, readBody, readBodyStart } from '../../../src/registry/transport/body.ts';
import { createDispatcher, DEFAULT_TIMEOUTS } from '../../../src/registry/transport/dispatcher.ts';
import { type Reply, startScripted } from '../scripted-registry.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** What asks a real server for this reply, over connections that can be counted. */
async function serve(reply: Reply) {
  const server = await startScripted({ 'GET /': reply });
  const { signal } = new AbortController();
  const options = { timeouts: DEFAULT_TIMEOUTS, userAgent: 'test', signal, isInsecure: () => false };
  const { send, close } = createDispatcher(options);
  closers.push(close, server.close);
  const get = () => send({ method: 'GET', url: new URL(`http://${server.host}/`), headers: {} });
  return { get, connections: server.connections };
}

const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : Buffer.from(bytes).toString());
const long: Reply = { status: 200, body: Buffer.alloc(4 << 20, 'x') };
const broken: Reply = { status: 200, body: '0123456789', cutAfter: 4 };

describe('readBody', () => {
  it.each([
    [10, '0123456789'],
    [9, undefined],
  ])('is the whole body or nothing: a limit of %d bytes gives %j for ten', async (limit, expected) => {
    const { get } = await serve({ status: 200, body: '0123456789' });
    expect(text(await readBody(await get(), limit))).toBe(expected);
  });

  it.each([0, 10])('is empty, and not nothing, for an empty body under a limit of %d', async (limit) => {
    const { get } = await serve({ status: 200 });
    expect(text(await readBody(await get(), limit))).toBe('');
  });

  it('counts bytes even where no length was announced', async () => {
    const { get } = await serve({ status: 200, body: '0123456789', chunked: true });
    expect(await readBody(await get(), 9)).toBeUndefined();
  });

  it('takes a part for no body when the connection breaks', async () => {
    const { get } = await serve(broken);
    await expect(readBody(await get(), 100)).rejects.toThrow();
  });

  it('frees the connection for whoever sends next', async () => {
    const { get, connections } = await serve({ status: 200, body: '0123456789' });
    for (let i = 0; i < 5; i++) await readBody(await get(), 100);
    expect(connections()).toBe(1);
  });

  it('leaves the connection of a body that is too long', async () => {
    const { get, connections } = await serve(long);
    for (let i = 0; i < 2; i++) expect(await readBody(await get(), 10)).toBeUndefined();
    expect(connections()).toBe(2);
  });
});

describe('readBodyStart', () => {
  it.each([
    [4, '0123'],
    [10, '0123456789'],
    [99, '0123456789'],
  ])('is at most the first %d bytes', async (limit, expected) => {
    const { get } = await serve({ status: 200, body: '0123456789' });
    expect(text(await readBodyStart(await get(), limit))).toBe(expected);
  });

  it('is what had come when the connection broke', async () => {
    const { get } = await serve(broken);
    expect(text(await readBodyStart(await get(), 100))).toBe('0123');
  });
});

describe('discardBody', () => {
  it('drains what is short, so that the connection serves again', async () => {
    const { get, connections } = await serve({ status: 404, body: 'x'.repeat(1000) });
    for (let i = 0; i < 5; i++) await discardBody(await get());
    expect(connections()).toBe(1);
  });

  it('cuts off what is long', async () => {
    const { get, connections } = await serve(long);
    for (let i = 0; i < 2; i++) await discardBody(await get());
    expect(connections()).toBe(2);
  });

  it('minds neither a broken body nor one that is gone already', async () => {
    const { get } = await serve(broken);
    const response = await get();
    await expect(discardBody(response)).resolves.toBeUndefined();
    await expect(discardBody(response)).resolves.toBeUndefined();
  });
});
