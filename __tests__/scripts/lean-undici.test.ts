import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../lab/process.ts';
import { STAND_INS } from '../../scripts/lean-undici.ts';

const PLUGIN = new URL('../../scripts/lean-undici.ts', import.meta.url).href;
const ROLLDOWN = join(import.meta.dirname, '../../node_modules/rolldown/bin/cli.mjs');
const UNDICI = join(import.meta.dirname, '../../node_modules/undici');

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await request.toArray();
    response.setHeader('x-seen', `${request.method} ${request.url} ${Buffer.concat(body)}`).end('hello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'promote-image-lean-'));
  await mkdir(join(root, 'src'));
  await mkdir(join(root, 'node_modules'));
});
afterEach(() => rm(root, { recursive: true }));

/** Bundles this code of `src/` with the real bundler, and says where the bundle is. */
async function bundle(code: string): Promise<string> {
  const file = join(root, 'out', 'entry.js');
  await writeFile(join(root, 'src', 'entry.js'), code);
  await writeFile(
    join(root, 'rolldown.config.mjs'),
    `import { leanUndici } from ${JSON.stringify(PLUGIN)};
     export default { input: 'src/entry.js', platform: 'node', plugins: [leanUndici(${JSON.stringify(root)})],
       output: { file: ${JSON.stringify(file)}, format: 'esm' } };`,
  );
  const result = await run(process.execPath, [ROLLDOWN, '-c', 'rolldown.config.mjs'], { cwd: root });
  if (result.code !== 0) throw new Error(result.stdout + result.stderr);
  return file;
}

/** What the bundle of this code prints, as JSON; a fault of it is printed on standard error. */
async function runBundle(code: string): Promise<unknown> {
  const { stdout, stderr } = await run(process.execPath, [await bundle(code)]);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const EXCHANGE = `
  const tell = async (dispatcher, options) => {
    const { statusCode, headers, body } = await request(new URL('ORIGIN/a?b=c'), { dispatcher, ...options });
    return [statusCode, headers['x-seen'], await body.text()];
  };`;

describe('undici as it is bundled', () => {
  beforeEach(() => symlink(UNDICI, join(root, 'node_modules', 'undici')));

  it('sends requests with and without a body, by an agent and through the agent for proxies', async () => {
    const code = `
      import { Readable } from 'node:stream';
      import { Agent, EnvHttpProxyAgent, Pool, request } from 'undici';
      ${EXCHANGE.replace('ORIGIN', origin)}
      const agents = [new Agent({ allowH2: false }), new Pool('${origin}'), new EnvHttpProxyAgent({ httpProxy: '${origin}', noProxy: '' })];
      const told = [];
      for (const agent of agents) {
        told.push(await tell(agent, { method: 'GET' }));
        told.push(await tell(agent, { method: 'PUT', body: Buffer.from('bytes') }));
        told.push(await tell(agent, { method: 'POST', body: Readable.from([Buffer.from('stre'), Buffer.from('am')]) }));
        told.push(await tell(agent, { method: 'HEAD', reset: false }));
      }
      console.log(JSON.stringify(told));
      await Promise.all(agents.map((agent) => agent.destroy()));`;
    const says = (path: string) => [
      [200, `GET ${path} `, 'hello'],
      [200, `PUT ${path} bytes`, 'hello'],
      [200, `POST ${path} stream`, 'hello'],
      [200, `HEAD ${path} `, ''],
    ];
    expect(await runBundle(code)).toEqual([...says('/a?b=c'), ...says('/a?b=c'), ...says(`${origin}/a?b=c`)]);
  });

  it('has the errors that undici throws', async () => {
    const code = `
      import { Agent, errors, request } from 'undici';
      const agent = new Agent();
      const fault = await request('${origin}', { dispatcher: agent, signal: AbortSignal.abort() }).catch((error) => error);
      const broken = await request('http://127.0.0.1:1', { dispatcher: agent }).catch((error) => error);
      console.log(JSON.stringify([fault.name, broken.code, typeof errors.SocketError]));
      await agent.destroy();`;
    expect(await runBundle(code)).toEqual(['AbortError', 'ECONNREFUSED', 'function']);
  });

  it('is a third of it, without fetch, WebSocket, caches, mocks and HTTP/2', async () => {
    const text = await readFile(await bundle("import { Agent } from 'undici'; console.log(Agent);"), 'utf8');
    expect(text).not.toMatch(/node:(?:http2|sqlite)|class (?:WebSocket|MockAgent|MemoryCacheStore|Headers)\b/);
    expect(text.length).toBeLessThan(450_000);
  });

  it('does not have what nothing asks it for: the build says which name', async () => {
    await expect(bundle("import { fetch } from 'undici'; console.log(fetch);")).rejects.toThrow(
      /"fetch" is not exported/,
    );
  });
});

describe('a version of undici that has moved a file', () => {
  it.each([...Object.keys(STAND_INS), 'lib/dispatcher/agent.js', 'lib/api/api-request.js'])(
    'fails the build by the name of it: %s',
    async (file) => {
      const copy = join(root, 'node_modules', 'undici');
      await cp(UNDICI, copy, { recursive: true });
      await rm(join(copy, file));
      await expect(bundle("import { Agent } from 'undici'; console.log(Agent);")).rejects.toThrow(
        /undici has no \S+ any more: mend scripts\/lean-undici\.ts/,
      );
    },
    60_000,
  );
});
