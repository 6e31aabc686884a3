import { access, readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Agent, ProxyAgent } from 'undici';
import { downloadTo } from '../../src/tool/download.ts';
import { makeDirectory, startHttp } from './fixture.ts';

let directory: Awaited<ReturnType<typeof makeDirectory>>;
let file: string;
let server: Awaited<ReturnType<typeof startHttp>>;
let answer: RequestListener;
const limits = { signal: new AbortController().signal, timeoutMs: 10_000, retryDelayMs: 1 };

beforeEach(async () => {
  directory = await makeDirectory();
  file = join(directory.path, 'download');
  server = await startHttp((request, response) => answer(request, response));
});
afterEach(async () => {
  await server.stop();
  await directory.remove();
});

describe('downloadTo', () => {
  it('writes the bytes that come', async () => {
    const bytes = Buffer.alloc(300_000, 'x');
    answer = (_, response) => response.end(bytes);
    await downloadTo(`${server.url}/a`, file, limits);
    expect(await readFile(file)).toEqual(bytes);
  });

  it('follows redirects', async () => {
    answer = ({ url }, response) =>
      url === '/a' ? response.writeHead(302, { location: '/b' }).end('moved') : response.end('here');
    await downloadTo(`${server.url}/a`, file, limits);
    expect(await readFile(file, 'utf8')).toBe('here');
  });

  it.each(['http://example.com/x', 'http://127.0.0.1.example.com/x', 'file:///etc/passwd', 'ftp://127.0.0.1/x'])(
    'does not follow a redirect to %s',
    async (location) => {
      answer = (_, response) => response.writeHead(302, { location }).end();
      await expectFailure(/not https/);
      expect(server.requests).toHaveLength(1);
    },
  );

  it('does not start with http beyond loopback', async () => {
    const download = downloadTo('http://example.com/x', file, limits);
    await expect(download).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringMatching(/not https/),
    });
  });

  it('gives up on a circle of redirects', async () => {
    answer = (_, response) => response.writeHead(307, { location: '/a' }).end();
    await expectFailure(/redirects more than/);
    expect(server.requests).toHaveLength(9);
  });

  it.each([500, 502, 503, 429, 408])('tries again after %d', async (status) => {
    answer = (_, response) => {
      if (server.requests.length < 3) response.writeHead(status).end('busy');
      else response.end('at last');
    };
    await downloadTo(`${server.url}/a`, file, limits);
    expect(await readFile(file, 'utf8')).toBe('at last');
  });

  it('tries again after a connection that broke, and keeps nothing of the first try', async () => {
    answer = (request, response) => {
      if (server.requests.length > 1) return response.end('whole');
      response.writeHead(200, { 'content-length': '1000' }).write('half');
      setTimeout(() => request.socket.destroy(), 20);
    };
    await downloadTo(`${server.url}/a`, file, limits);
    expect(await readFile(file, 'utf8')).toBe('whole');
  });

  it('gives up after the third try', async () => {
    answer = (_, response) => response.writeHead(503).end();
    await expectFailure(/could not be downloaded/);
    expect(server.requests).toHaveLength(3);
  });

  it.each([401, 403, 404, 410])('does not ask again after %d', async (status) => {
    answer = (_, response) => response.writeHead(status).end();
    await expectFailure(new RegExp(`answered ${status}`));
    expect(server.requests).toHaveLength(1);
  });

  it('stops at the size limit, whatever was declared', async () => {
    answer = (_, response) => {
      response.write(Buffer.alloc(600));
      response.end(Buffer.alloc(600));
    };
    await expectFailure(/larger than 1000 bytes/, { maxBytes: 1000 });
    expect(server.requests).toHaveLength(1);
  });

  it('stops at the time limit, also between tries', async () => {
    answer = () => {};
    await expectFailure(/not downloaded within 0.2 s/, { timeoutMs: 200 });
    answer = (_, response) => response.writeHead(503).end();
    await expectFailure(/not downloaded within 0.2 s/, { timeoutMs: 200, retryDelayMs: 5000 });
  });

  it('ends with the reason of the caller when it is cancelled', async () => {
    const cancel = new AbortController();
    answer = () => cancel.abort(new Error('cancelled by the workflow'));
    const download = downloadTo(`${server.url}/a`, file, { ...limits, signal: cancel.signal });
    await expect(download).rejects.toThrow('cancelled by the workflow');
    await expect(access(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('goes through the dispatcher it is given', async () => {
    answer = ({ url }, response) => response.end(`proxied ${url}`);
    const dispatcher = new ProxyAgent({ uri: server.url, proxyTunnel: false });
    await downloadTo('http://127.0.0.1:9/a', file, { ...limits, dispatcher });
    expect(await readFile(file, 'utf8')).toContain('proxied');
    await dispatcher.close();
  });

  it('fails at once where nothing listens, with one attempt allowed', async () => {
    await server.stop();
    const dispatcher = new Agent({ connect: { timeout: 1000 } });
    await expectFailure(/could not be downloaded/, { dispatcher, attempts: 1 });
    await dispatcher.close();
    server = await startHttp((_, response) => response.end());
  });
});

async function expectFailure(message: RegExp, options: Partial<Parameters<typeof downloadTo>[2]> = {}) {
  const download = downloadTo(`${server.url}/a`, file, { ...limits, ...options });
  await expect(download).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED', message: expect.stringMatching(message) });
  await expect(access(file)).rejects.toMatchObject({ code: 'ENOENT' });
}
