import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { renderPages, writePages } from '../../bench/pages.ts';
import { SCENARIOS } from '../../bench/scenarios.ts';
import { makeResult } from './sample-result.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bench-pages-'));
  await mkdir(join(root, 'benchmarks'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the pages of a benchmark', () => {
  it('are a plot for each scenario that was measured, and one page, in the order of the scenarios', async () => {
    for (const { name } of SCENARIOS.slice(0, 2).toReversed()) {
      const result = makeResult({ scenario: name, title: `Title of ${name}` });
      await writeFile(join(root, 'benchmarks', `${name}.json`), JSON.stringify(result));
    }
    await writeFile(join(root, 'benchmarks', 'forgotten.json'), 'what is no scenario is left alone');
    const [first = '', second = ''] = SCENARIOS.map(({ name }) => name);
    await writeFile(join(root, 'benchmarks', `${first}.md`), 'The line limits it.\n');
    await writePages(join(root, 'benchmarks'));
    expect((await readdir(join(root, 'benchmarks'))).filter((name) => name.endsWith('.svg')).sort()).toEqual(
      [`${first}.svg`, `${second}.svg`].sort(),
    );
    const page = await readFile(join(root, 'benchmarks.md'), 'utf8');
    expect(page.indexOf(`## Title of ${first}`)).toBeLessThan(page.indexOf(`## Title of ${second}`));
    expect(page).toContain('The line limits it.');
  });

  it('stand in docs/ as the figures there say', async () => {
    for (const [path, text] of await renderPages(resolve(import.meta.dirname, '../../docs/benchmarks'))) {
      expect({ path, text: existsSync(path) ? await readFile(path, 'utf8') : '' }).toEqual({ path, text });
    }
  });
});

describe('the scenarios', () => {
  it('have names of their own, in kebab-case, and something to meet', () => {
    const names = SCENARIOS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(SCENARIOS.filter(({ goals }) => goals.length === 0)).toEqual([]);
    expect(new Set(SCENARIOS.map(({ title }) => title)).size).toBe(names.length);
  });
});
