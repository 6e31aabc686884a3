import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createToolProvider } from '../../../src/host/machine/tools.ts';
import type { ProxySettings } from '../../../src/registry/transport/proxy.ts';
import { makeCache, makeDirectory, makeLog, sha256 } from '../../tool/fixture.ts';
import { makeRecordingTool } from '../actions/recording-tool.ts';

const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'];
const saved = PROXY_VARIABLES.map((name) => [name, process.env[name]] as const);
let directory: Awaited<ReturnType<typeof makeDirectory>>;
let at: (name: string) => string;
let log: ReturnType<typeof makeLog>;
let cancel: AbortController;

beforeEach(async () => {
  directory = await makeDirectory();
  at = (name) => join(directory.path, name);
  for (const name of ['run', 'cache', 'home']) await mkdir(at(name));
  log = makeLog();
  cancel = new AbortController();
});
afterEach(async () => {
  for (const [name, value] of saved) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await directory.remove();
});

function makeProvider(cache = makeCache(at('cache')), proxy: ProxySettings = {}) {
  const env = { HOME: at('home') };
  return createToolProvider({ ...{ env, cache, log, proxy }, signal: cancel.signal, ca: undefined });
}

describe('createToolProvider', () => {
  it("runs an executable below the environment's home, and tells it nothing of that environment", async () => {
    const tool = await makeRecordingTool(at('home'), 'my-trivy', `console.log('Version: 1.2.3');`);
    const provided = await makeProvider()('trivy', '~/my-trivy', at('run'));
    expect(provided).toMatchObject({ path: tool.path, version: '1.2.3', provenance: 'path', trustedAsGiven: true });
    const [call] = await tool.calls();
    expect(call?.args).toEqual(['--version']);
    expect(call?.env.HOME).toContain(at('run'));
    expect(process.env).toHaveProperty('JEST_WORKER_ID');
    expect(call?.env).not.toHaveProperty('JEST_WORKER_ID');
    expect(log.warnings).toEqual([expect.stringContaining('trusted as given')]);
  });

  it('takes a release for this machine from the cache, and puts it into the directory of the run', async () => {
    const cache = makeCache(at('cache'));
    await writeFile(at('release'), 'an executable');
    await cache.keep('cosign', '9.9.9', at('release'));
    const wanted = `9.9.9@sha256:${sha256('an executable')}`;
    const provided = await makeProvider(cache)('cosign', wanted, at('run'));
    expect(provided).toMatchObject({ version: '9.9.9', provenance: 'cache', sha256: sha256('an executable') });
    expect(provided.path.startsWith(at('run'))).toBe(true);
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    expect(provided.release?.url).toContain(`/cosign-${platform}-`);
  });

  it('downloads through the proxy it was told of, whatever its own environment says', async () => {
    const asked: string[] = [];
    const proxy = createServer().on('connect', ({ url }, socket) => {
      asked.push(url ?? '');
      cancel.abort();
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    for (const name of PROXY_VARIABLES) delete process.env[name];
    process.env.https_proxy = 'http://127.0.0.1:1';
    const httpsProxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      const provide = makeProvider(undefined, { httpsProxy });
      await expect(provide('cosign', '', at('run'))).rejects.toMatchObject({ name: 'AbortError' });
      expect(asked).toEqual(['github.com:443']);
    } finally {
      await new Promise((resolve) => proxy.close(resolve));
    }
  });

  it('refuses a version without a checksum before it looks anywhere', async () => {
    const provide = async () => makeProvider()('trivy', '0.0.1', at('run'));
    await expect(provide()).rejects.toMatchObject({ code: 'UNKNOWN_VERSION' });
    expect(log.lines).toEqual([]);
  });
});
