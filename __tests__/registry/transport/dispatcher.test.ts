import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../../src/image/reference.ts';
import { createRecordingClient } from '../recording-client.ts';
import { makeManifest, tagOf } from '../sample-image.ts';

const image = makeManifest();
let directory = '';
let key = '';
let cert = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tls-'));
  const [keyFile, certFile] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const subject = ['-subj', '/CN=registry.test', '-addext', 'subjectAltName=DNS:registry.test,IP:127.0.0.1'];
  const files = ['-keyout', keyFile, '-out', certFile, '-days', '2'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await promisify(execFile)('openssl', ['req', ...kind, ...files, ...subject]);
  [key, cert] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certFile, 'utf8')]);
});
afterAll(() => rm(directory, { recursive: true }));

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

/** A proxy that sends every tunnel and request to `target`, and remembers what it was asked for. */
async function startProxy(target: () => string): Promise<{ host: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.url = new URL(request.url ?? '').pathname;
    answer(request, response);
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
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
  const { client } = createRecordingClient({ ...options, retry: { attempts: 1 } });
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
