import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PhaseFigures, readScaleResults, type ScaleFigures, type ScaleResults } from './scale-results.ts';

const FLEET = 100_000;
/** Jobs of one matrix. */
const MAX_JOBS = 256;

/** Writes the tables of docs/scale.md anew; its prose stays. */
export async function writeScalePage(root: string, results: string): Promise<void> {
  const figures = await readScaleResults(results);
  const page = join(root, 'docs/scale.md');
  const text = await readFile(page, 'utf8');
  await writeFile(page, renderScalePage(text, figures));
}

/** The page with these figures between its marks. */
export function renderScalePage(text: string, results: ScaleResults): string {
  const blocks = { machine: renderMachine(results), figures: renderFigures(results), fleet: renderFleet(results) };
  return Object.entries(blocks).reduce((page, [name, block]) => replaceBetween(page, name, block), text);
}

function renderMachine({ date, machine, roundTripMs }: ScaleResults): string {
  const { cores, model, memoryGb, node } = machine;
  return `Measured ${date} on ${cores} cores (${model}), ${memoryGb} GB, Node ${node.slice(1)}; ${roundTripMs} ms to each registry and back.`;
}

function renderFigures({ cases }: ScaleResults): string {
  const rows = cases.flatMap((one) => one.phases.map((phase) => renderRow(one, phase)));
  return renderTable(
    [
      'Images',
      'Of',
      'Target',
      'Phase',
      'Wall an image',
      'CPU an image',
      'Requests an image',
      'Read',
      'Sent',
      'Peak memory',
    ],
    rows,
  );
}

function renderRow({ images, imageBytes, registry }: ScaleFigures, figures: PhaseFigures): string[] {
  const { phase, wallMs, cpuMs, requests, bytes, peakMb } = figures;
  const each = (total: number): string => formatNumber(total / images);
  const share = (total: number): string => `${(total / images / imageBytes).toFixed(2)} ×`;
  return [
    formatNumber(images),
    formatSize(imageBytes),
    registry,
    phase,
    `${each(wallMs)} ms`,
    `${each(cpuMs)} ms`,
    `${each(requests.source)} + ${each(requests.target)}`,
    share(bytes.fromSource),
    share(bytes.toTarget),
    `${peakMb.toFixed(0)} MB`,
  ];
}

/** The largest case of each phase, as if every image cost the same. */
function renderFleet({ cases }: ScaleResults): string {
  const largest = new Map<string, { readonly one: ScaleFigures; readonly figures: PhaseFigures }>();
  for (const one of cases) {
    for (const figures of one.phases) {
      const known = largest.get(figures.phase);
      if (known === undefined || known.one.images < one.images) largest.set(figures.phase, { one, figures });
    }
  }
  const rows = [...largest.values()].map(({ one, figures }) => {
    const times = FLEET / one.images;
    const hours = (figures.wallMs * times) / 3_600_000;
    const inShards = figures.phase === 'copy' || figures.phase === 'promote';
    return [
      figures.phase,
      `${formatNumber((figures.requests.source + figures.requests.target) * times)}`,
      `${((figures.cpuMs * times) / 3_600_000).toFixed(1)} h`,
      `${hours.toFixed(1)} h`,
      inShards ? `${((hours * 60) / MAX_JOBS).toFixed(0)} min` : 'one job',
      figures.planBytes === undefined ? '' : formatSize(figures.planBytes * times),
      `${formatNumber(one.images)} images, ${one.registry}`,
    ];
  });
  return renderTable(
    ['Phase', 'Requests', 'CPU', 'Wall in one job', `Wall in ${MAX_JOBS} jobs`, 'Plan file', 'From'],
    rows,
  );
}

function renderTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

function formatNumber(value: number): string {
  const digits = value > 0 && value < 10 && !Number.isInteger(value) ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

function formatSize(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function replaceBetween(text: string, name: string, block: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`there is no ${start} … ${end} to write between`);
  return `${text.slice(0, from + start.length)}\n${block}\n${text.slice(to)}`;
}
