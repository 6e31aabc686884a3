import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renderPage } from './page.ts';
import { drawPlot } from './plot.ts';
import type { Result } from './result.ts';
import { SCENARIOS } from './scenarios.ts';

/** What is made of the figures in a folder, by path: a plot beside each, and the page that shows them one folder up. */
export async function renderPages(folder: string): Promise<ReadonlyMap<string, string>> {
  const results = await readResults(folder);
  const plots = results.map((result) => [join(folder, `${result.scenario}.svg`), drawPlot(result)] as const);
  const page = renderPage(results, await readNotes(folder, results));
  return new Map([...plots, [join(dirname(folder), 'benchmarks.md'), page]]);
}

/** Writes them. */
export async function writePages(folder: string): Promise<void> {
  for (const [path, text] of await renderPages(folder)) await writeFile(path, text);
}

/** What somebody wrote of a scenario, such as what limits it: NAME.md beside the figures. */
async function readNotes(folder: string, results: readonly Result[]): Promise<ReadonlyMap<string, string>> {
  const notes = new Map<string, string>();
  for (const { scenario } of results) {
    const text = await readFile(join(folder, `${scenario}.md`), 'utf8').catch(() => '');
    if (text.trim() !== '') notes.set(scenario, text.trim());
  }
  return notes;
}

/** The figures that are there, in the order of the scenarios; none where there is no folder yet. */
async function readResults(folder: string): Promise<Result[]> {
  const files = new Set(await readdir(folder).catch(() => []));
  const found = SCENARIOS.filter(({ name }) => files.has(`${name}.json`));
  return Promise.all(
    found.map(async ({ name }) => JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as Result),
  );
}
