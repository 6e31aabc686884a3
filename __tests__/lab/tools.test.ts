import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ExternalRegistry,
  LOGIN,
  startDistribution,
  startDockerRegistry,
  startOlareg,
} from '../../lab/external-registry.ts';
import { run, startServer } from '../../lab/process.ts';
import { findTool, TEST_TOOLS, toolPath, toolsDirectory } from '../../lab/tools.ts';

describe('findTool', () => {
  it.each(TEST_TOOLS)('finds %s, and it runs on this machine', async (name) => {
    const result = await run(findTool(name), ['--help']);
    expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage') });
  });

  it('says how to provide what is not there', () => {
    expect(() => findTool('trivy', '/nowhere')).toThrow('trivy is not there: run "npm run tools"');
    expect(() => findTool('oras', '/nowhere')).toThrow('"npm run tools -- --all"');
  });

  it('does not take a file that cannot be run', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'promote-image-tools-'));
    await writeFile(toolPath('crane', directory), 'x', { mode: 0o644 });
    expect(() => findTool('crane', directory)).toThrow('crane is not there');
    await chmod(toolPath('crane', directory), 0o755);
    expect(findTool('crane', directory)).toBe(toolPath('crane', directory));
    await rm(directory, { recursive: true });
  });
});

describe('toolsDirectory', () => {
  it('is .cache/tools of the checkout unless the environment says otherwise', () => {
    expect(toolsDirectory({})).toBe(resolve(import.meta.dirname, '../../.cache/tools'));
    expect(toolsDirectory({ PROMOTE_IMAGE_TOOLS: '/shared/tools' })).toBe(resolve('/shared/tools'));
  });
});

describe('run', () => {
  it('gives code, output and error output, and the input to the child', async () => {
    const script = 'cat; echo oops >&2; exit 3';
    expect(await run('/bin/sh', ['-c', script], { input: 'hello' })).toEqual({
      code: 3,
      stdout: 'hello',
      stderr: 'oops\n',
    });
  });

  it('replaces the environment by the one it is given', async () => {
    const { stdout } = await run('/usr/bin/env', [], { env: { ONLY: 'this' } });
    expect(stdout).toBe('ONLY=this\n');
  });

  it('fails when there is nothing to run, and when it is cancelled', async () => {
    await expect(run('/no/such/file', [])).rejects.toMatchObject({ code: 'ENOENT' });
    const signal = AbortSignal.timeout(20);
    await expect(run('/bin/sleep', ['30'], { signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('startServer', () => {
  it('tells the output of a server that ends before it is ready', async () => {
    const starting = startServer('/bin/sh', ['-c', 'echo no luck >&2; exit 1'], () => false);
    await expect(starting).rejects.toThrow('no luck');
  });

  it('stops a server that does not become ready in time', async () => {
    const starting = startServer('/bin/sh', ['-c', 'echo $$; exec sleep 30'], () => false, { timeoutMs: 100 });
    const error = await starting.catch((thrown: Error) => thrown);
    expect(isAlive(Number(/^([0-9]+)$/m.exec(String(error))?.[1]))).toBe(false);
  });

  it('ends a server whose parent was killed', async () => {
    const program = `
      import { startServer } from ${JSON.stringify(join(import.meta.dirname, '../../lab/process.ts'))};
      const server = await startServer('/bin/sh', ['-c', 'echo $$; exec sleep 30'], (s) => s.lines().length > 0);
      console.log(server.lines()[0]);
      process.kill(process.pid, 'SIGKILL');`;
    const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '--eval', program]);
    const pid = Number(stdout);
    expect(pid).toBeGreaterThan(0);
    for (let i = 0; i < 100 && isAlive(pid); i++) await new Promise((wait) => setTimeout(wait, 20));
    expect(isAlive(pid)).toBe(false);
  });
});

describe.each([
  ['olareg', () => startOlareg()],
  ['distribution', () => startDistribution()],
  ['docker-registry', () => startDockerRegistry()],
])('%s', (_name, start) => {
  let registry: ExternalRegistry;
  beforeAll(async () => {
    registry = await start();
  });
  afterAll(() => registry.stop());

  it('listens on loopback and logs each request with its answer, in order, without queries', async () => {
    expect(registry.host).toMatch(/^127\.0\.0\.1:[0-9]+$/);
    await request(registry, 'GET', '/v2/');
    await request(registry, 'HEAD', '/v2/app/manifests/none?ns=x%20y');
    await request(registry, 'POST', '/v2/app/blobs/uploads/');
    expect(await registry.log()).toEqual([
      { method: 'GET', path: '/v2/', status: 200 },
      { method: 'HEAD', path: '/v2/app/manifests/none', status: 404 },
      { method: 'POST', path: '/v2/app/blobs/uploads/', status: 202 },
    ]);
  });
});

describe('startOlareg', () => {
  it('passes flags on, and knows referrers', async () => {
    const registry = await startOlareg({ args: ['--api-push=false'] });
    expect((await request(registry, 'POST', '/v2/app/blobs/uploads/')).status).toBeGreaterThanOrEqual(400);
    expect((await request(registry, 'GET', `/v2/app/referrers/sha256:${'0'.repeat(64)}`)).status).toBe(200);
    await registry.stop();
    await expect(request(registry, 'GET', '/v2/')).rejects.toThrow();
  });
});

describe.each([
  ['startDistribution', startDistribution],
  ['startDockerRegistry', startDockerRegistry],
])('%s', (_name, start) => {
  it('asks for the login it was given, and logs who was turned away', async () => {
    const registry = await start({ htpasswd: LOGIN.htpasswd });
    const authorization = `Basic ${btoa(`${LOGIN.username}:${LOGIN.password}`)}`;
    expect((await request(registry, 'GET', '/v2/')).status).toBe(401);
    expect((await request(registry, 'GET', '/v2/', { authorization })).status).toBe(200);
    expect((await registry.log()).map(({ status }) => status)).toEqual([401, 200]);
    await registry.stop();
  });

  it('has no referrers API, and leaves nothing behind', async () => {
    const before = await listTemporary();
    const registry = await start();
    expect((await request(registry, 'GET', `/v2/app/referrers/sha256:${'0'.repeat(64)}`)).status).toBe(404);
    await registry.stop();
    await expect(request(registry, 'GET', '/v2/')).rejects.toThrow();
    expect(await listTemporary()).toEqual(before);
  });
});

async function request(registry: ExternalRegistry, method: string, path: string, headers = {}) {
  const response = await fetch(`http://${registry.host}${path}`, { method, headers });
  await response.arrayBuffer();
  return response;
}

async function listTemporary(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('promote-image-registry-'));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
