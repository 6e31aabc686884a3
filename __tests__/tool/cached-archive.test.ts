import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takeCachedArchive } from '../../src/tool/cached-archive.ts';
import { makeCache, makeDirectory, makeLog, sha256 } from './fixture.ts';

const KEY = { name: 'trivy', version: '0.74.0' } as const;
const GOOD = 'the release';
let directory: Awaited<ReturnType<typeof makeDirectory>>;
let cache: ReturnType<typeof makeCache>;
let log: ReturnType<typeof makeLog>;
let archive: string;

beforeEach(async () => {
  directory = await makeDirectory();
  await mkdir(join(directory.path, 'cache'));
  cache = makeCache(join(directory.path, 'cache'));
  log = makeLog();
  archive = join(directory.path, 'archive');
  await writeFile(archive, GOOD);
  await cache.keep(KEY.name, KEY.version, archive);
});
afterEach(() => directory.remove());

function take(from = cache) {
  const { signal } = new AbortController();
  return takeCachedArchive(KEY, sha256(GOOD), archive, { cache: from, log, signal });
}

describe('takeCachedArchive', () => {
  it('copies what has the right checksum', async () => {
    expect(await take()).toBe(true);
    expect(await readFile(archive, 'utf8')).toBe(GOOD);
    expect(log.warnings).toEqual([]);
  });

  it('says nothing when nothing is kept', async () => {
    expect(await take(makeCache(directory.path))).toBe(false);
    expect(log.warnings).toEqual([]);
  });

  it('leaves what has another checksum, with both checksums in a warning', async () => {
    await writeFile(cache.pathOf(KEY.name, KEY.version), 'poison');
    expect(await take()).toBe(false);
    expect(log.warnings).toEqual([expect.stringContaining(`${sha256('poison')}, not ${sha256(GOOD)}`)]);
    await expect(readFile(archive)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is not moved by a cache that changes after it was looked at', async () => {
    expect(await take()).toBe(true);
    await writeFile(cache.pathOf(KEY.name, KEY.version), 'swapped');
    expect(await readFile(archive, 'utf8')).toBe(GOOD);
  });

  it.each([
    ['vanished', async () => join(directory.path, 'gone')],
    ['is a directory', async () => directory.path],
    ['cannot be asked', async () => Promise.reject(new Error('the cache is down'))],
  ])('goes on without an entry that %s', async (_what, find) => {
    expect(await take({ ...cache, find })).toBe(false);
    expect(log.warnings).toHaveLength(1);
  });
});
