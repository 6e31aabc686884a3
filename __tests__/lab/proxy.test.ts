import { once } from 'node:events';
import { type ClientRequest, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LabProxy, type ProxyOptions, startProxy } from '../../lab/proxy.ts';

let target: { readonly host: string; close(): Promise<void> };
let proxy: LabProxy | undefined;
beforeEach(async () => {
  const server = createServer(({ method, url, headers }, response) =>
    response.end(JSON.stringify({ method, url, headers: Object.keys(headers) })),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  target = {
    host,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
});
afterEach(async () => {
  await Promise.all([proxy?.close(), target.close()]);
});

async function start(options: Partial<ProxyOptions> = {}): Promise<LabProxy> {
  proxy = await startProxy({ routes: { 'a.test:443': target.host, 'a.test:80': target.host }, ...options });
  return proxy;
}

function ask({ host }: LabProxy, method: string, path: string, headers = {}): ClientRequest {
  const [hostname = '', port = ''] = host.split(':');
  return request({ host: hostname, port, method, path, headers, agent: false }).end();
}

async function openTunnel(proxy: LabProxy, name: string, headers = {}): Promise<[number | undefined, Socket]> {
  const [response, socket] = (await once(ask(proxy, 'CONNECT', name, headers), 'connect')) as [IncomingMessage, Socket];
  return [response.statusCode, socket];
}

async function readAll(stream: AsyncIterable<unknown>): Promise<string> {
  const parts: string[] = [];
  for await (const part of stream) parts.push(String(part));
  return parts.join('');
}

describe('a lab proxy', () => {
  it('opens a tunnel to where a name leads', async () => {
    const proxy = await start();
    const [status, socket] = await openTunnel(proxy, 'a.test:443');
    socket.write('GET /x HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n');
    expect(status).toBe(200);
    expect(await readAll(socket)).toContain('"url":"/x"');
    expect(proxy.asked()).toEqual(['CONNECT a.test:443']);
  });

  it('carries plain http, without what was meant for itself', async () => {
    const proxy = await start();
    const headers = { 'Proxy-Authorization': 'Basic x', Authorization: 'Basic y' };
    const [response] = (await once(ask(proxy, 'GET', 'http://a.test/y?z=1', headers), 'response')) as [IncomingMessage];
    const seen = JSON.parse(await readAll(response));
    expect(seen).toMatchObject({ method: 'GET', url: '/y?z=1' });
    expect(seen.headers).toContain('authorization');
    expect(seen.headers).not.toContain('proxy-authorization');
    expect(proxy.log).toMatchObject([{ method: 'GET', target: 'http://a.test/y?z=1', status: 200 }]);
  });

  it('answers 502 for a name it does not know', async () => {
    expect((await openTunnel(await start(), 'b.test:443'))[0]).toBe(502);
  });

  it('answers 407 without its login', async () => {
    const proxy = await start({ login: { username: 'u', password: 'p' } });
    const login = (text: string) => ({ 'Proxy-Authorization': `Basic ${Buffer.from(text).toString('base64')}` });
    const statuses = [];
    for (const headers of [{}, login('u:q'), login('u:p')]) {
      const [status, socket] = await openTunnel(proxy, 'a.test:443', headers);
      socket.destroy();
      statuses.push(status);
    }
    expect(statuses).toEqual([407, 407, 200]);
    const [response] = (await once(ask(proxy, 'GET', 'http://a.test/'), 'response')) as [IncomingMessage];
    expect([response.statusCode, response.headers['proxy-authenticate']]).toEqual([407, 'Basic realm="lab"']);
  });

  it('refuses the first requests as it is told, then serves', async () => {
    const proxy = await start({ refusals: [503, 'hang-up'] });
    expect((await openTunnel(proxy, 'a.test:443'))[0]).toBe(503);
    await expect(openTunnel(proxy, 'a.test:443')).rejects.toThrow(/hang up|ECONNRESET/);
    const [status, socket] = await openTunnel(proxy, 'a.test:443');
    socket.destroy();
    expect(status).toBe(200);
    expect(proxy.log.map(({ status }) => status)).toEqual([503, 0, 200]);
  });
});
