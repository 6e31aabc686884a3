import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createToolCache } from '../../../src/host/actions/tool-cache.ts';

const VERSION = `2.0.0-sha256.x${'0a'.repeat(32)}`;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-cache-'));
  await writeFile(join(directory, 'archive.tar.gz'), 'bytes');
  process.env.RUNNER_TOOL_CACHE = join(directory, 'cache');
  process.env.RUNNER_TEMP = join(directory, 'temp');
  jest.spyOn(process.stdout, 'write').mockReturnValue(true); // what @actions/tool-cache says for debugging
});
afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env.RUNNER_TOOL_CACHE;
  delete process.env.RUNNER_TEMP;
  await rm(directory, { recursive: true });
});

describe('the tool cache of the runner', () => {
  it('gives back what was kept, by name and version', async () => {
    const cache = createToolCache(process.env);
    expect(await cache.find('trivy-db', VERSION)).toBeUndefined();
    await cache.keep('trivy-db', VERSION, join(directory, 'archive.tar.gz'));
    expect(await readFile((await cache.find('trivy-db', VERSION)) ?? '', 'utf8')).toBe('bytes');
    expect(await cache.find('trivy-db', VERSION.replace('x0a', 'x0b'))).toBeUndefined();
    expect(await cache.find('trivy-java-db', VERSION)).toBeUndefined();
  });

  it('is not mixed up with what other actions keep under the plain name', async () => {
    await createToolCache(process.env).keep('trivy', '0.72.0', join(directory, 'archive.tar.gz'));
    const { find } = await import('@actions/tool-cache');
    expect(find('trivy', '0.72.0')).toBe('');
    expect(find('promote-image-trivy', '0.72.0')).not.toBe('');
  });

  it('takes no harm from not being able to keep something', async () => {
    await writeFile(join(directory, 'cache'), 'a file where the folder should be');
    const cache = createToolCache(process.env);
    await expect(cache.keep('trivy-db', VERSION, join(directory, 'archive.tar.gz'))).resolves.toBeUndefined();
  });

  it('keeps nothing where the runner has none', async () => {
    const cache = createToolCache({ RUNNER_TEMP: directory });
    await cache.keep('trivy-db', VERSION, join(directory, 'archive.tar.gz'));
    expect(await cache.find('trivy-db', VERSION)).toBeUndefined();
  });
});
