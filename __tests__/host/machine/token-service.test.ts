import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askTokenService } from '../../../src/host/machine/token-service.ts';

let server: Server;
let origin: string;
let answer: { readonly status: number; readonly body: string };
let asked: string[];

beforeEach(async () => {
  [answer, asked] = [{ status: 200, body: '{"value":"a.b.c"}' }, []];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(answer.status).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const ask = (url: string) =>
  askTokenService({ url, bearer: 'right', proxy: {}, patience: 2_000 }, 'sigstore', new AbortController().signal);

describe('the token service of a runner', () => {
  it('is asked for an audience, whether its address has a query or not', async () => {
    expect([await ask(`${origin}/t?v=2.0`), await ask(`${origin}/t`)]).toEqual([
      { token: 'a.b.c' },
      { token: 'a.b.c' },
    ]);
    expect(asked).toEqual(['GET /t?v=2.0&audience=sigstore Bearer right', 'GET /t?audience=sigstore Bearer right']);
  });

  it.each([
    [403, '{"value":"a.b.c"}'],
    [200, '{"value":""}'],
    [200, '{"value":7}'],
    [200, 'null'],
    [200, '<html>'],
  ])('gave no token with %d %s', async (status, body) => {
    answer = { status, body };
    expect(await ask(`${origin}/t?v=2.0`)).toEqual({ status });
  });

  it('gave no answer where there is nobody, or no address', async () => {
    expect(await ask('http://127.0.0.1:1/t?v=2.0')).toEqual({ fault: expect.anything() });
    expect(await ask('nowhere')).toEqual({ fault: expect.any(TypeError) });
  });
});
