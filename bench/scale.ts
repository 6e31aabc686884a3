import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ScaleCase, selectCases } from './scale-cases.ts';
import { writeScalePage } from './scale-page.ts';
import { readKnownCases, type ScaleFigures, type ScaleResults } from './scale-results.ts';
import { openScaleRoom } from './scale-room.ts';
import { runScaleCase } from './scale-run.ts';

const ROOT = resolve(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'docs/benchmarks/scale.json');

const USAGE = `Measures what an image costs against how many there are and how large, and writes docs/benchmarks/scale.json and docs/scale.md.
  --cli FILE       what is measured; default dist/cli.js
  --only NAME,…    these cases alone; the figures of the others stay as they are in the file
  --large          also one image of 10 GB: needs 45 GB of disk
  --round-trip MS  of the simulated link to each registry, default 20
  --page           writes the page anew from the figures of the file
  --dry            measures and prints, writes nothing`;

const { values } = parseArgs({
  options: {
    ...{ cli: { type: 'string' }, only: { type: 'string' }, 'round-trip': { type: 'string' } },
    ...{ large: { type: 'boolean' }, page: { type: 'boolean' }, dry: { type: 'boolean' }, help: { type: 'boolean' } },
  },
});

if (values.help === true) console.log(USAGE);
else if (values.page === true) await writeScalePage(ROOT, RESULTS);
else await measure();

/** Runs the cases one after the other; what is known is written after each, so that a run that ends early is not lost. */
async function measure(): Promise<void> {
  const roundTripMs = Number(values['round-trip'] ?? 20);
  const cli = resolve(values.cli ?? join(ROOT, 'dist/cli.js'));
  const cases = selectCases({ only: values.only?.split(','), large: values.large === true });
  const known = new Map(values.only === undefined ? [] : await readKnownCases(RESULTS));
  for (const one of cases) {
    const figures = await measureOne(one, cli, roundTripMs);
    known.set(one.name, figures);
    if (values.dry !== true) await writeResults({ ...describeMachine(), roundTripMs, cases: [...known.values()] });
  }
  if (values.dry !== true) await writeScalePage(ROOT, RESULTS);
}

async function measureOne(one: ScaleCase, cli: string, roundTripMs: number): Promise<ScaleFigures> {
  const room = await openScaleRoom(one, roundTripMs);
  try {
    const figures = await runScaleCase(one, room, cli);
    for (const { phase, wallMs, cpuMs, requests, peakMb } of figures.phases) {
      const each = (total: number): string => (total / one.images).toFixed(0);
      console.log(
        `${one.name.padEnd(18)} ${phase.padEnd(8)} ${(wallMs / 1000).toFixed(1)} s; an image: ${each(wallMs)} ms, CPU ${each(cpuMs)} ms, ${each(requests.source + requests.target)} requests; ${peakMb.toFixed(0)} MB`,
      );
    }
    return figures;
  } finally {
    await room.close();
  }
}

function describeMachine(): Pick<ScaleResults, 'date' | 'machine'> {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cores: processors.length,
      model: processors[0]?.model.trim() ?? 'unknown',
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
  };
}

async function writeResults(results: ScaleResults): Promise<void> {
  await mkdir(dirname(RESULTS), { recursive: true });
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
}
