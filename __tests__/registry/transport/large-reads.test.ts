import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { createLargeReads } from '../../../src/registry/transport/large-reads.ts';

async function send(contents: readonly Buffer[]): Promise<{ port: number; close(): void }> {
  let turn = 0;
  const server = createServer((socket) => socket.end(contents[turn++ % contents.length] ?? ''));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe('large reads', () => {
  it('bring every byte in order, of several connections at once', async () => {
    const contents = [1, 2, 3].map((seed) => Buffer.alloc(5_000_000, `${seed} and more `));
    const { port, close } = await send(contents);
    const onread = createLargeReads();
    const options = { port, host: '127.0.0.1', onread, highWaterMark: 512 * 1024 };
    const read = () => buffer(connect(options));
    const found = await Promise.all([read(), read(), read()]);
    for (const content of contents) expect(found.some((each) => each.equals(content))).toBe(true);
    close();
  });

  it('never hand the same memory out twice', () => {
    const { buffer: take, callback } = createLargeReads();
    const pushed: Uint8Array[] = [];
    const socket = { push: (bytes: Uint8Array) => pushed.push(bytes) > 0 };
    const first = take();
    const other = take();
    callback.call(socket as never, 1000, first);
    const [second, third] = [take(), take()];
    const overlaps = (a: Uint8Array, b: Uint8Array) =>
      a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.length && b.byteOffset < a.byteOffset + a.length;
    expect(pushed[0]?.length).toBe(1000);
    const all = [pushed[0] ?? first, second, third, other];
    for (const [i, a] of all.entries()) for (const b of all.slice(i + 1)) expect(overlaps(a, b)).toBe(false);
  });

  it('hold the sender up while nobody reads', async () => {
    const { port, close } = await send([Buffer.alloc(50_000_000)]);
    const options = { port, host: '127.0.0.1', onread: createLargeReads(), highWaterMark: 512 * 1024 };
    const socket = connect(options);
    await once(socket, 'readable');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(socket.readableLength).toBeLessThan(2_000_000);
    expect((await buffer(socket)).length).toBe(50_000_000);
    close();
  });
});
