import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startLinkProcess } from '../lab/link-process.ts';
import { describeRevision } from './machine.ts';
import { writePages } from './pages.ts';
import { findPeers } from './peers.ts';
import { runScenario } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const ROOT = resolve(import.meta.dirname, '..');
const USAGE = `usage: npm run bench [-- --scenario NAME]… [--rounds 5] [--cli dist/cli.js] [--out docs/benchmarks] [--list] [--pages]
  --scenario   one of those that --list names; without it all, one after the other
  --rounds     how often each contender runs; fewer than 5 are for trying, and are not written unless --out says where
  --pages      only draws the plots and docs/benchmarks.md again, from the figures that are there`;

/** `npm run bench`: measures this project beside the tools that people use instead, and writes figures, plots and the page. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenario: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: '5' },
      cli: { type: 'string', default: join(ROOT, 'dist', 'cli.js') },
      out: { type: 'string' },
      list: { type: 'boolean', default: false },
      pages: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  const unknown = values.scenario.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
    console.error(`${unknown.map((name) => `unknown scenario ${name}\n`).join('')}${USAGE}`);
    return 2;
  }
  if (values.list) {
    for (const { name, title } of SCENARIOS) console.log(`${name.padEnd(26)} ${title}`);
    return 0;
  }
  const out = values.out ?? (rounds < 5 ? undefined : join(ROOT, 'docs', 'benchmarks'));
  if (!values.pages) await measure(values.scenario, rounds, resolve(values.cli), out);
  if (out !== undefined) await writePages(resolve(out));
  return 0;
}

/** Each scenario's figures are written as it ends: a run that was stopped goes on with `--scenario`. */
async function measure(names: readonly string[], rounds: number, cli: string, out: string | undefined): Promise<void> {
  const links = await startLinkProcess();
  try {
    const peers = await findPeers(cli, await describeRevision(cli, ROOT));
    const context = { cli, peers, open: links.open };
    for (const scenario of SCENARIOS) {
      if (names.length > 0 && !names.includes(scenario.name)) continue;
      const startedAt = Date.now();
      console.log(`${scenario.name}: ${scenario.title}`);
      const result = await runScenario(scenario, rounds, context, console.log);
      console.log(`  took ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
      if (out === undefined) continue;
      await mkdir(out, { recursive: true });
      await writeFile(join(out, `${scenario.name}.json`), `${JSON.stringify(result, null, 1)}\n`);
    }
  } finally {
    await links.close();
  }
}

/** Everything that is made on the way lies in one folder, which is gone in the end: also when the run is stopped. */
function keepTidy(): void {
  const room = mkdtempSync(join(tmpdir(), 'promote-image-bench-'));
  process.env.TMPDIR = room;
  process.on('exit', () => rmSync(room, { recursive: true, force: true, maxRetries: 5 }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
}

keepTidy();
process.exitCode = await main(process.argv.slice(2));
