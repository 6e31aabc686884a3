import { join, resolve } from 'node:path';
import { GUARDS, type Guard, type GuardName } from '../__tests__/faults/guards.ts';
import { FAULT_ROWS } from '../__tests__/faults/table.ts';
import { run } from '../lab/process.ts';
import { mapConcurrently } from '../src/base/concurrency.ts';

/**
 * `npm run mutants [-- guard …]`: takes each guard away in turn and runs the rows of the fault table that name it. A row
 * that ends as it should all the same shows nothing, so it fails here. Ends with a line of figures.
 */
const ROOT = resolve(import.meta.dirname, '..');
const CONCURRENT_MUTANTS = 2;
/** Milliseconds after which a row counts as failed: without their guard, some wait for ever. */
const HANG_MS = '9000';

interface Verdict {
  readonly name: GuardName;
  readonly rows: number;
  readonly survivors: readonly string[];
}

const wanted = process.argv.slice(2);
const guards = Object.entries(GUARDS as Readonly<Record<GuardName, Guard>>) as [GuardName, Guard][];
const verdicts = await mapConcurrently(
  guards.filter(([name]) => wanted.length === 0 || wanted.includes(name)),
  CONCURRENT_MUTANTS,
  async ([name, guard]) => {
    const verdict = await judge(name, guard);
    const killed = verdict.rows - verdict.survivors.length;
    console.log(`${killed}/${verdict.rows} ${name}: without it ${guard.file} no longer ${guard.says}`);
    for (const id of verdict.survivors) console.log(`    survives: ${id}`);
    return verdict;
  },
);
const rows = verdicts.reduce((sum, verdict) => sum + verdict.rows, 0);
const survivors = verdicts.reduce((sum, verdict) => sum + verdict.survivors.length, 0);
const idle = verdicts.filter((verdict) => verdict.rows === 0).map(({ name }) => name);
console.log(
  `${verdicts.length} guards, ${rows} rows, ${survivors} survive${idle.length === 0 ? '' : `; no row names ${idle.join(', ')}`}`,
);
process.exitCode = survivors === 0 && idle.length === 0 ? 0 : 1;

/** Runs a guard's rows in a process of their own, whose copy of one source file lacks the guard. */
async function judge(name: GuardName, { file, find, replace }: Guard): Promise<Verdict> {
  const ids = FAULT_ROWS.filter((row) => row.guard === name).map(({ id }) => id);
  if (ids.length === 0) return { name, rows: 0, survivors: [] };
  const hook = join(ROOT, 'scripts', 'mutate-source.ts');
  const main = join(ROOT, '__tests__', 'faults', 'main.ts');
  const env = { ...process.env, FAULT_ROW_MS: HANG_MS, MUTANT: JSON.stringify({ file, find, replace }) };
  const { stdout, stderr } = await run(process.execPath, ['--import', hook, main, ...ids], { cwd: ROOT, env });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`the rows of ${name} could not be run:\n${stderr}`);
  const { failed } = JSON.parse(last) as { failed: readonly string[] };
  return { name, rows: ids.length, survivors: ids.filter((id) => !failed.includes(id)) };
}
