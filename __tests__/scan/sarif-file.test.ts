import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { formatReference, parseReference } from '../../src/image/reference.ts';
import type { ImageOutcome } from '../../src/scan/outcome.ts';
import { joinSarif, nameCategories } from '../../src/scan/sarif-file.ts';
import { sampleScan } from '../promote/sample-outcome.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sarif-file-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** An image whose findings stand in a file of this name; undefined for one that was not scanned. */
async function scanned(name: string | undefined): Promise<Pick<ImageOutcome, 'scan'>> {
  if (name === undefined) return { scan: undefined };
  const sarifPath = join(directory, name);
  await writeFile(sarifPath, JSON.stringify({ version: '2.1.0', runs: [{ name }] }));
  return { scan: { ...sampleScan(), sarifPath } };
}

const joinAll = async (...names: (string | undefined)[]): Promise<string | undefined> =>
  joinSarif(await Promise.all(names.map(scanned)), directory);

describe('the alerts of images', () => {
  it('are filed under their repository, and under their name where a repository has several', () => {
    const images = ['qa.test/a:1', 'qa.test/b:1', 'qa.test/b:2'].map(parseReference);
    const categories = nameCategories(images);
    expect(images.map((image) => [formatReference(image), categories.get(image)])).toEqual([
      ['qa.test/a:1', 'qa.test/a'],
      ['qa.test/b:1', 'qa.test/b:1'],
      ['qa.test/b:2', 'qa.test/b:2'],
    ]);
  });

  it('of one image are its own file', async () => {
    expect(await joinAll('one')).toBe(join(directory, 'one'));
  });

  it('of several are one file with a run for each that was scanned', async () => {
    const path = (await joinAll('one', undefined, 'two')) ?? '';
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      version: '2.1.0',
      runs: [{ name: 'one' }, { name: 'two' }],
    });
  });

  it('are no file where nothing was scanned', async () => {
    expect(await joinAll(undefined, undefined)).toBeUndefined();
  });
});
