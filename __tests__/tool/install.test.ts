import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { downloadTo } from '../../src/tool/download.ts';
import { type InstallContext, installTool } from '../../src/tool/install.ts';
import { findReleaseFile } from '../../src/tool/known-tools.ts';
import { parseToolInput } from '../../src/tool/request.ts';
import { makeCache, makeDirectory, makeLog, realExec, sha256, startHttp, writeScript, writeTar } from './fixture.ts';

const VERSION = '9.9.9';
const URL = findReleaseFile('trivy', VERSION, 'linux', 'x64')?.url ?? '';
let directory: Awaited<ReturnType<typeof makeDirectory>>;
let server: Awaited<ReturnType<typeof startHttp>>;
let cache: ReturnType<typeof makeCache>;
let log: ReturnType<typeof makeLog>;
let context: InstallContext;
let archive: Buffer;
let served: Buffer;
let script: Buffer;

beforeEach(async () => {
  directory = await makeDirectory();
  const at = (name: string) => join(directory.path, name);
  for (const name of ['run', 'cache', 'release']) await mkdir(at(name));
  script = await readFile(await writeScript(at('release/trivy'), 'Version: 9.9.9'));
  archive = await readFile(await writeTar(at('release/trivy.tar.gz'), at('release'), ['trivy']));
  served = archive;
  server = await startHttp((_, response) => response.end(served));
  cache = makeCache(at('cache'));
  log = makeLog();
  const { signal } = new AbortController();
  context = {
    platform: 'linux',
    arch: 'x64',
    home: directory.path,
    directory: at('run'),
    cache,
    download: (url, file) =>
      downloadTo(url.replace('https://github.com', server.url), file, { signal, timeoutMs: 5000, retryDelayMs: 1 }),
    exec: realExec,
    log,
    signal,
  };
});
afterEach(async () => {
  await server.stop();
  await directory.remove();
});

const request = () => parseToolInput('trivy', `${VERSION}@sha256:${sha256(archive)}`);

describe('installTool', () => {
  it('downloads a release, checks it, and says what will run', async () => {
    const tool = await installTool(request(), context);
    expect(tool).toEqual({
      name: 'trivy',
      version: VERSION,
      path: expect.stringContaining(join(directory.path, 'run')),
      provenance: 'download',
      sha256: sha256(script),
      release: { url: URL, sha256: sha256(archive) },
      trustedAsGiven: false,
    });
    const ran = await realExec({ file: tool.path, args: [], cwd: directory.path, env: {} }, context.signal);
    expect(ran.stdout).toBe('Version: 9.9.9\n');
  });

  it('keeps the archive in the cache, not what it unpacked, and needs no network the next time', async () => {
    await installTool(request(), context);
    expect(await readFile(cache.pathOf('trivy', VERSION))).toEqual(archive);
    await server.stop();
    const tool = await installTool(request(), context);
    expect(tool).toMatchObject({ provenance: 'cache', sha256: sha256(script) });
    server = await startHttp(() => {});
  });

  it('refuses a download with another checksum: nothing is unpacked, run or kept', async () => {
    const expected = request();
    served = Buffer.from('poison');
    await expect(installTool(expected, context)).rejects.toMatchObject({
      code: 'CHECKSUM_MISMATCH',
      message: expect.stringContaining(`${URL}: expected ${sha256(archive)}, found ${sha256('poison')}`),
    });
    expect(await cache.find('trivy', VERSION)).toBeUndefined();
    expect(await readdir(join(directory.path, 'run'), { recursive: true })).toEqual([
      expect.stringMatching(/^trivy-[^/]*$/),
    ]);
  });

  it('holds the pinned version against the checksum compiled in', async () => {
    await expect(installTool(parseToolInput('trivy', ''), context)).rejects.toMatchObject({
      code: 'CHECKSUM_MISMATCH',
      message: expect.stringContaining('2ae6fe3ee734b7fdf11335663e18c75ea12dccc76062f09f164a3b0f8be4371a'),
    });
    expect(server.requests).toEqual(['/aquasecurity/trivy/releases/download/v0.74.0/trivy_0.74.0_Linux-64bit.tar.gz']);
  });

  it("does not let a user's checksum overrule the one of a known version", async () => {
    const forged = parseToolInput('trivy', `0.74.0@sha256:${sha256(archive)}`);
    await expect(installTool(forged, context)).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
    expect(server.requests).toEqual([]);
  });

  it('warns about a poisoned cache and takes the release instead', async () => {
    await installTool(request(), context);
    await writeFile(cache.pathOf('trivy', VERSION), 'poison');
    const tool = await installTool(request(), context);
    expect(tool).toMatchObject({ provenance: 'download', sha256: sha256(script) });
    expect(log.warnings).toEqual([expect.stringContaining('is not used')]);
    expect(await readFile(cache.pathOf('trivy', VERSION))).toEqual(archive);
  });

  it('refuses when the cache is poisoned and the release cannot be had', async () => {
    await installTool(request(), context);
    await writeFile(cache.pathOf('trivy', VERSION), 'poison');
    const download = async () => Promise.reject(new Error('no route to host'));
    await expect(installTool(request(), { ...context, download })).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      hint: expect.stringMatching(/trivy: \/path\/to\/trivy.*npm run tools/),
    });
  });

  it('does not fail because the cache keeps nothing', async () => {
    const full = { ...cache, keep: async () => Promise.reject(new Error('disk full')) };
    await expect(installTool(request(), { ...context, cache: full })).resolves.toMatchObject({ version: VERSION });
  });

  it('refuses a platform without a release before anything is asked for', async () => {
    await expect(installTool(request(), { ...context, arch: 'riscv64' })).rejects.toMatchObject({
      code: 'UNSUPPORTED_PLATFORM',
      hint: expect.stringContaining('linux/arm64'),
    });
    expect(server.requests).toEqual([]);
  });

  it('refuses a release without a checksum', async () => {
    const unchecked = { kind: 'release', name: 'trivy', version: VERSION } as const;
    await expect(installTool(unchecked, context)).rejects.toMatchObject({ code: 'UNKNOWN_VERSION' });
    expect(server.requests).toEqual([]);
  });

  it('trusts a path as given, and says so', async () => {
    const path = join(directory.path, 'release', 'trivy');
    expect(await installTool(parseToolInput('trivy', path), context)).toEqual({
      name: 'trivy',
      version: '9.9.9',
      path,
      provenance: 'path',
      sha256: sha256(script),
      trustedAsGiven: true,
    });
    expect(log.warnings).toEqual([expect.stringContaining('trusted as given')]);
    expect(server.requests).toEqual([]);
  });

  it('stops with the reason of the caller when it is cancelled', async () => {
    const cancel = new AbortController();
    const download = async () => {
      cancel.abort(new Error('cancelled by the workflow'));
      throw new Error('aborted');
    };
    const cancelled = { ...context, download, signal: cancel.signal };
    await expect(installTool(request(), cancelled)).rejects.toThrow('cancelled by the workflow');
    await expect(access(cache.pathOf('trivy', VERSION))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
