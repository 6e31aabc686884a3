import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../../src/image/reference.ts';
import { createRecordingClient } from '../recording-client.ts';
import { makeManifest, tagOf } from '../sample-image.ts';

const image = makeManifest();
const HEAD = `HTTP/1.1 200 OK\r\nContent-Type: ${image.mediaType}\r\n`;
const GOOD = Buffer.concat([Buffer.from(`${HEAD}Content-Length: ${image.bytes.length}\r\n\r\n`), image.bytes]);

const open: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** A registry that first writes `bytes`, then closes, and from then on answers as it should. */
async function startBroken(bytes: string): Promise<{ host: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (data.toString().startsWith('GET /v2/ '))
        return void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
      if (++asked === 1) return void socket.end(bytes);
      return void socket.write(GOOD);
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

describe('an answer that is broken', () => {
  it.each([
    ['not HTTP at all', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['nothing', ''],
    ['cut off within its status line', 'HTTP/1.1 20'],
    ['cut off within its headers', `${HEAD}Content-Le`],
    ['of a version nobody speaks', 'HTTP/7.3 200 OK\r\n\r\n'],
    ['without a status', 'HTTP/1.1 abc OK\r\n\r\n'],
    ['with a header that is none', `${HEAD}no colon here\r\n\r\n`],
    ['with two lengths', `${HEAD}Content-Length: 5\r\nContent-Length: 7\r\n\r\nabcde`],
    ['with a length that is no number', `${HEAD}Content-Length: many\r\n\r\n`],
  ])('because it is %s is asked for again', async (_, bytes) => {
    const { host, asked } = await startBroken(bytes);
    const { client, waits } = createRecordingClient();
    const reading = client.resolve({ kind: 'tag', repository: parseRepository(`${host}/app`), tag: tagOf('v1') });
    expect((await reading).digest).toBe(image.digest);
    expect([asked(), waits]).toEqual([2, [500]]);
    await client.close();
  });
});
