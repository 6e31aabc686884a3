import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Link, type LinkOptions, startLink } from '../../lab/link.ts';
import { startLinkProcess } from '../../lab/link-process.ts';

const MB = 1_000_000;
const opened: { server?: Server; link?: Link } = {};
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await opened.link?.close();
  opened.server?.close();
});

/** A server that does this to each connection, behind a link. */
async function start(serve: (socket: Socket) => void, options: Omit<LinkOptions, 'to'>): Promise<Link> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket.on('error', () => undefined));
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.server = server;
  opened.link = await startLink({ ...options, to: `127.0.0.1:${(server.address() as AddressInfo).port}` });
  return opened.link;
}

function dial({ host }: { readonly host: string }): Socket {
  const socket = connect({ host: '127.0.0.1', port: Number(host.split(':')[1]) }).on('error', () => undefined);
  sockets.add(socket);
  return socket;
}

const echo = (socket: Socket): void => void socket.pipe(socket);

async function ask(socket: Socket): Promise<number> {
  const startedAt = performance.now();
  socket.write('x');
  await once(socket, 'data');
  return performance.now() - startedAt;
}

async function download(link: Link): Promise<number> {
  const startedAt = performance.now();
  const socket = dial(link);
  socket.end('x');
  socket.resume();
  await once(socket, 'end');
  return performance.now() - startedAt;
}

/** The shortest of three tries: what a busy machine adds is not what the link does. */
async function findShortest(attempt: () => Promise<number>): Promise<number> {
  return Math.min(await attempt(), await attempt(), await attempt());
}

describe('a link', () => {
  it('takes a round trip for a request, and one more where the connection has to be made', async () => {
    const link = await start(echo, { roundTrip: 80 });
    const socket = dial(link);
    expect(await ask(socket)).toBeGreaterThanOrEqual(158);
    const again = await findShortest(() => ask(socket));
    expect(again).toBeGreaterThanOrEqual(78);
    expect(again).toBeLessThan(150);
  });

  it('has the handshake behind it on a connection that was made ahead', async () => {
    const link = await start(echo, { roundTrip: 200 });
    const took = await findShortest(async () => {
      const socket = dial(link);
      await new Promise((resolve) => setTimeout(resolve, 250));
      return ask(socket);
    });
    expect(took).toBeGreaterThanOrEqual(198);
    expect(took).toBeLessThan(390);
  });

  it('hands over all bytes in their order, and counts them each way', async () => {
    const link = await start(echo, { roundTrip: 2, rate: 100 * MB });
    const sent = Buffer.from(Uint32Array.from({ length: 250_000 }, (_, i) => i).buffer);
    const socket = dial(link);
    socket.end(sent);
    const back: Buffer[] = [];
    for await (const chunk of socket) back.push(chunk as Buffer);
    expect(Buffer.concat(back).equals(sent)).toBe(true);
    expect(link.moved).toEqual({ there: MB, back: MB });
    expect(link.connections()).toBe(1);
  });

  it('shares its rate evenly between all connections', async () => {
    const link = await start((socket) => socket.end(Buffer.alloc(2 * MB)), { roundTrip: 2, rate: 20 * MB });
    const times = await Promise.all([download(link), download(link), download(link)]);
    // 6 MB at 20 MB/s; what the lane lets wait may be ahead of its time.
    expect(Math.max(...times)).toBeGreaterThanOrEqual(290);
    expect(Math.min(...times)).toBeGreaterThan(Math.max(...times) * 0.6);
  });

  it('has that rate each way at once', async () => {
    const link = await start(echo, { roundTrip: 2, rate: 2 * MB });
    const took = await findShortest(async () => {
      const startedAt = performance.now();
      const socket = dial(link);
      socket.end(Buffer.alloc(1.6 * MB));
      socket.resume();
      await once(socket, 'end');
      return performance.now() - startedAt;
    });
    expect(took).toBeGreaterThanOrEqual(780);
    expect(took).toBeLessThan(1500);
  });

  it('lets a request through while another connection fills it', async () => {
    const link = await start(
      (socket) => socket.on('data', (what) => socket.write(Buffer.alloc(String(what) === 'much' ? 30 * MB : 1))),
      { roundTrip: 4, rate: 20 * MB },
    );
    const greedy = dial(link);
    greedy.write('much');
    await once(greedy, 'data');
    greedy.resume();
    // Without turns it would wait for 30 MB, a second and a half.
    expect(await ask(dial(link))).toBeLessThan(500);
  });

  it('holds a sender up when nobody reads at the other end', async () => {
    const accepted: Socket[] = [];
    const link = await start((socket) => accepted.push(socket.pause()), { roundTrip: 2, rate: 1000 * MB });
    const socket = dial(link);
    let taken = 0;
    const chunk = Buffer.alloc(64 * 1024);
    const stuck = async (): Promise<boolean> => {
      const written = new Promise<boolean>((resolve) => socket.write(chunk, () => resolve(false)));
      return Promise.race([written, new Promise<boolean>((resolve) => setTimeout(resolve, 500, true))]);
    };
    while (taken < 64 * MB && !(await stuck())) taken += chunk.length;
    expect(taken).toBeLessThan(40 * MB);
    accepted[0]?.resume();
    expect(await stuck()).toBe(false);
  });

  it('ends what is open when it is closed, and takes nothing more', async () => {
    const link = await start(echo, { roundTrip: 2 });
    const socket = dial(link);
    await ask(socket);
    const closed = once(socket, 'close');
    await link.close();
    await closed;
    const late = dial(link);
    const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('hangs up where there is nobody at the far end', async () => {
    const link = await start(echo, { roundTrip: 2 });
    opened.server?.close();
    const socket = dial(link);
    await once(socket, 'close');
    expect(link.moved).toEqual({ there: 0, back: 0 });
  });
});

describe('a process of links', () => {
  it('opens links, counts what goes through each, and ends', async () => {
    const direct = await start(echo, { roundTrip: 0 });
    const links = await startLinkProcess();
    try {
      const [first, second] = await Promise.all([
        links.open({ to: direct.host, roundTrip: 30 }),
        links.open({ to: direct.host, roundTrip: 0 }),
      ]);
      const socket = dial(first);
      expect(await ask(socket)).toBeGreaterThanOrEqual(58);
      expect(await first.read()).toEqual({ there: 1, back: 1, connections: 1 });
      expect(await second.read()).toEqual({ there: 0, back: 0, connections: 0 });
      await first.close();
      await expect(first.read()).rejects.toThrow(/there is no link/);
    } finally {
      await links.close();
    }
    await expect(links.open({ to: direct.host, roundTrip: 0 })).rejects.toThrow();
  });
});
