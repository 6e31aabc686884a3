import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../../lab/certificate.ts';
import { parseRepository } from '../../../src/image/reference.ts';
import { createRecordingClient } from '../recording-client.ts';
import { makeManifest, tagOf } from '../sample-image.ts';

const image = makeManifest();
const { key, cert } = makeCertificate({ names: ['registry.test', '127.0.0.1'] });

const open: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server): Promise<string> {
  open.push(server);
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const isPing = request.url === '/v2/';
  response.writeHead(200, { 'Content-Type': isPing ? 'application/json' : image.mediaType });
  response.end(isPing ? '{}' : image.bytes);
}

const startTls = () => listen(createTlsServer({ key, cert }, answer));

/** A proxy that sends every tunnel and request to `target`, after it answered with `refusals`, and remembers what it was asked for. */
async function startProxy(target: () => string, refusals: number[] = []): Promise<{ host: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.url = new URL(request.url ?? '').pathname;
    answer(request, response);
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    const refusal = refusals.shift();
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`);
    const [host = '', port = ''] = target().split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const each of [socket, upstream]) sockets.add(each.on('error', () => socket.destroy()));
  });
  return { host: await listen(server), asked };
}

function read(host: string, options: Parameters<typeof createRecordingClient>[0]) {
  const { client } = createRecordingClient({ retry: { attempts: 1 }, ...options });
  return client.resolve({ kind: 'tag', repository: parseRepository(`${host}/app`), tag: tagOf('v1') });
}

describe('a certificate', () => {
  it('of an authority that is added is trusted', async () => {
    expect((await read(await startTls(), { ca: cert })).digest).toBe(image.digest);
  });

  it('of nobody known is refused, with what to change', async () => {
    await expect(read(await startTls(), {})).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      hint: expect.stringContaining('registries.ca'),
    });
  });

  it('is not looked at for a host that was named insecure, and only for that host', async () => {
    const [insecure, other] = [await startTls(), await startTls()];
    expect((await read(insecure, { insecureHosts: [insecure] })).digest).toBe(image.digest);
    await expect(read(other, { insecureHosts: [insecure] })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('a proxy', () => {
  it('carries https in a tunnel, whose other end still has to show its certificate', async () => {
    const target = await startTls();
    const proxy = await startProxy(() => target);
    const settings = { httpsProxy: `http://${proxy.host}` };
    expect((await read('registry.test', { proxy: settings, ca: cert })).digest).toBe(image.digest);
    expect(proxy.asked).toEqual(['CONNECT registry.test:443']);
    await expect(read('registry.test', { proxy: settings })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('that opens no tunnel just now is asked again, one that wants a login is not', async () => {
    const target = await startTls();
    for (const [status, count] of [
      [503, 2],
      [502, 2],
      [407, 1],
      [403, 1],
    ] as const) {
      const proxy = await startProxy(() => target, [status]);
      const reading = read('registry.test', { proxy: { httpsProxy: `http://${proxy.host}` }, ca: cert, retry: {} });
      const outcome = await reading.then(
        ({ digest }) => digest,
        (fault: Error) => fault.constructor.name,
      );
      expect([outcome, proxy.asked.length]).toEqual([count === 2 ? image.digest : 'RegistryError', count]);
    }
  });

  it('carries http as it is', async () => {
    const proxy = await startProxy(() => '127.0.0.1:1');
    const settings = { httpProxy: `http://${proxy.host}`, httpsProxy: `http://${proxy.host}` };
    await read('plain.test', { proxy: settings, insecureHosts: ['plain.test'] });
    expect(proxy.asked).toContain('GET http://plain.test/v2/app/manifests/v1');
  });

  it('is passed by for the hosts that are excepted, and for this machine', async () => {
    const target = await startTls();
    const proxy = await startProxy(() => target);
    const settings = { httpProxy: `http://${proxy.host}`, httpsProxy: `http://${proxy.host}` };
    expect((await read(target, { proxy: settings, ca: cert })).digest).toBe(image.digest);
    await expect(read('registry.invalid', { proxy: { ...settings, noProxy: '.invalid' } })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(proxy.asked).toEqual([]);
  });

  it('of the environment is none of ours: only what is passed in counts', async () => {
    const target = await startTls();
    const proxy = await startProxy(() => target);
    process.env.HTTPS_PROXY = `http://${proxy.host}`;
    try {
      await expect(read('registry.invalid', { proxy: { noProxy: '' } })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    } finally {
      delete process.env.HTTPS_PROXY;
    }
    expect(proxy.asked).toEqual([]);
  });
});
