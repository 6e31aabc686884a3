import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createFolderCache, findCacheFolder } from '../../../src/host/cli/folder-cache.ts';

let room: string;
let file: string;
beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'cli-cache-'));
  file = join(room, 'archive');
  await writeFile(file, 'bytes');
});
afterEach(async () => {
  await chmod(room, 0o700);
  await rm(room, { recursive: true, force: true });
});

describe('the cache of a command line', () => {
  it('finds what it kept, by name and version, and nothing else', async () => {
    const cache = createFolderCache(join(room, 'cache'));
    await cache.keep('cosign', '3.1.3', file);
    expect(await readFile((await cache.find('cosign', '3.1.3')) ?? '', 'utf8')).toBe('bytes');
    expect(await cache.find('cosign', '3.1.4')).toBeUndefined();
    expect(await cache.find('trivy', '3.1.3')).toBeUndefined();
  });

  it('drops other versions when it is asked to', async () => {
    const cache = createFolderCache(join(room, 'cache'));
    await cache.keep('db', '1', file);
    await cache.keep('db', '2', file, { dropOthers: true });
    expect(await readdir(join(room, 'cache', 'db'))).toEqual(['2']);
  });

  it('stays inside its folder, whatever the names are', async () => {
    const cache = createFolderCache(join(room, 'cache'));
    await cache.keep('../../x', '../../y', file);
    expect((await readdir(room)).sort()).toEqual(['archive', 'cache']);
  });

  it('that cannot be written costs a download, and no error', async () => {
    const cache = createFolderCache(join(file, 'no folder'));
    await cache.keep('cosign', '1', file);
    expect(await cache.find('cosign', '1')).toBeUndefined();
  });

  it('is where a user’s caches are', () => {
    expect(findCacheFolder({ XDG_CACHE_HOME: '/c' }, '/h')).toBe('/c/promote-image');
    expect(findCacheFolder({ HOME: '/home/a' }, '/h')).toBe('/home/a/.cache/promote-image');
    expect(findCacheFolder({}, '/h')).toBe('/h/.cache/promote-image');
  });
});
