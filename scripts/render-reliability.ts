import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REGISTRIES } from '../__tests__/conformance/four-registries.ts';
import { GUARDS, type Guard } from '../__tests__/faults/guards.ts';
import type { Ending, FaultRow } from '../__tests__/faults/row.ts';
import { FAULT_ROWS } from '../__tests__/faults/table.ts';
import { HOSTILE_MANIFESTS } from '../__tests__/hostile/manifests.ts';
import { KILL_STEPS } from '../__tests__/kill/steps.ts';
import { LONG_RUNS_PER_PROPERTY, RUNS_PER_PROPERTY } from '../__tests__/property-runs.ts';
import { RACES } from '../__tests__/race/races.ts';

/** Files of __tests__/conformance, which cannot be imported: they use matchers of jest. */
const CONFORMANCE: readonly (readonly [name: string, file: string])[] = [
  ['Pull', 'pull-kinds.ts'],
  ['Push of blobs', 'blob-kinds.ts'],
  ['Push in chunks, and cancelling', 'chunk-kinds.ts'],
  ['Mount', 'mount-kinds.ts'],
  ['Push of manifests', 'manifest-kinds.ts'],
  ['Data', 'data-kinds.ts'],
  ['Tags', 'tags-kinds.ts'],
  ['Referrers', 'referrers-kinds.ts'],
  ['Management', 'delete-kinds.ts'],
  ['Our client', 'client-kinds.ts'],
  ['Our client and referrers', 'client-referrers-kinds.ts'],
];

/** The lists and figures of docs/reliability.md, by the marks they stand between; `root` is the checkout. */
export async function renderReliability(root: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const conformance = await readConformance(join(root, '__tests__', 'conformance'));
  return new Map([
    ['figures', await renderFigures(root, conformance)],
    ['faults', renderFaults()],
    [
      'kills',
      KILL_STEPS.map(({ says, referrersApi }) => `- killed ${says}${referrersApi ? '' : ' (no referrers API)'}`),
    ],
    ['races', RACES.map(({ says }) => `- ${says}`)],
    ['hostile', HOSTILE_MANIFESTS.map(({ name, says }) => `- **${escapeCell(name)}**: ${escapeCell(says)}`)],
    ['conformance', conformance.map(([name, kinds]) => `- **${name}**: ${kinds.map(escapeCell).join('; ')}`)],
  ]);
}

async function renderFigures(root: string, conformance: Conformance): Promise<string[]> {
  const promotions = FAULT_ROWS.reduce((sum, row) => sum + countPromotions(row), 0);
  const properties = await countProperties(join(root, '__tests__'));
  const kinds = conformance.reduce((sum, [, list]) => sum + list.length, 0);
  const inputs = properties.short * RUNS_PER_PROPERTY + properties.long * LONG_RUNS_PER_PROPERTY;
  return [
    '| What | How many |',
    '| --- | --- |',
    `| kinds of fault that whole promotions are run under | ${FAULT_ROWS.length} |`,
    `| promotions run under them, the next run after a stop included | ${promotions} |`,
    `| guards in \`src/\` that they exercise, each with a mutation that makes its rows fail | ${Object.keys(GUARDS).length} |`,
    `| moments at which the process is killed and started again | ${KILL_STEPS.length} |`,
    `| races | ${RACES.length} |`,
    `| hostile images | ${HOSTILE_MANIFESTS.length} |`,
    `| bad inputs that parsers are tried with in each run, in ${properties.short + properties.long} properties | about ${Math.round(inputs / 1000)},000 |`,
    `| kinds of conformance named below, each at ${REGISTRIES.length} registries | ${kinds} |`,
    '| results that were lost, or half-visible | 0: one of them fails `npm test` |',
  ];
}

type Conformance = readonly (readonly [name: string, kinds: readonly string[]])[];

async function readConformance(folder: string): Promise<Conformance> {
  return Promise.all(
    CONFORMANCE.map(async ([name, file]) => {
      const text = await readFile(join(folder, file), 'utf8');
      const kinds = [...text.matchAll(/(?:^ +name: |\w+Kind\(\s*)'((?:[^'\\]|\\.)*)',?/gm)].map(
        ([, kind = '']) => kind,
      );
      return [name, [...new Set(kinds)]] as const;
    }),
  );
}

function countPromotions(row: FaultRow): number {
  return hasRerun(row) ? 2 : 1;
}

async function countProperties(folder: string): Promise<{ readonly short: number; readonly long: number }> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.property.test.ts'));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const count = (pattern: RegExp): number => texts.reduce((sum, text) => sum + (text.match(pattern) ?? []).length, 0);
  return { short: count(/\bhold\(/g), long: count(/\bholdLong\(/g) };
}

function renderFaults(): string[] {
  return [...Map.groupBy(FAULT_ROWS, ({ area }) => area)].flatMap(([area, rows]) => [
    `### ${area}`,
    '',
    '| What goes wrong | How it ends | The guard |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${escapeCell(row.says)} | ${describeEnd(row)} | ${describeGuard(GUARDS[row.guard])} |`),
    '',
  ]);
}

function describeEnd(row: FaultRow): string {
  const next = hasRerun(row) ? `, then ${nameEnd(row.rerunEnds ?? 'promoted')}` : '';
  return `${nameEnd(row.ends)}${next}`;
}

/** False, too, where another row leaves the target just the same and has a next run. */
function hasRerun({ ends, rerunEnds }: FaultRow): boolean {
  return typeof ends !== 'string' && rerunEnds !== 'none' && rerunEnds !== 'shown';
}

function nameEnd(end: Ending | 'none' | 'shown'): string {
  if (typeof end === 'string') return end;
  return 'failed' in end ? `failed: \`${end.failed}\`` : `refused: \`${end.refused}\``;
}

function describeGuard({ file, says }: Guard): string {
  return `${escapeCell(says)} (\`${file.replace('src/', '')}\`)`;
}

function escapeCell(text: string): string {
  return text.replace(/[|<>*_`[\]]/g, '\\$&').replace(/\s+/g, ' ');
}
