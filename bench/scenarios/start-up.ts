import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { OURS } from '../peers.ts';
import type { BenchContext, Contender, Scenario, Stage } from '../scenario.ts';

const REPEAT = 10;
const ROOT = resolve(import.meta.dirname, '..', '..');
const REFERENCE = '@actions/core and undici';
const COMMAND_LINE = `${OURS}, command line`;

/** What it costs to load, before anything is done. */
export const START_UP: Scenario = {
  name: 'start-up',
  title: 'Start-up, processor time',
  figure: 'cpu',
  goals: [
    { what: 'cpu', of: OURS, against: [REFERENCE], limit: 1.2 },
    { what: 'cpu', of: COMMAND_LINE, against: [REFERENCE], limit: 1.2 },
  ],
  set: setStage,
};

async function setStage({ cli, peers }: BenchContext): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-start-'));
  const reference = await bundleReference(directory);
  await writeFile(join(directory, 'empty.mjs'), '');
  const version = peers.find(({ isOurs }) => isOurs)?.version ?? 'unknown';
  const node = process.versions.node;
  return {
    about: [
      `Loading the bundle and ending: the action without inputs, the command line with --help. ${REPEAT} times a run, without a compile cache.`,
      `The measure is a bundle, made alike, that imports ${REFERENCE} and does nothing. Node.js itself is in every figure.`,
    ],
    imageBytes: 0,
    contenders: [
      makeContender('empty file', node, 'node empty.mjs', [join(directory, 'empty.mjs')]),
      makeContender(REFERENCE, node, 'node core-and-undici.mjs', [reference]),
      makeContender(OURS, version, 'node dist/promote.js', [join(dirname(cli), 'promote.js')]),
      makeContender(COMMAND_LINE, version, 'node dist/cli.js promote --help', [cli, 'promote', '--help']),
    ],
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

function makeContender(name: string, version: string, shown: string, args: readonly string[]): Contender {
  const loop = `for i in $(seq ${REPEAT}); do "$@" >/dev/null 2>&1; done; :`;
  return {
    ...{ name, isOurs: name.startsWith(OURS), version, shown, repeat: REPEAT },
    begin: async () => ({
      command: { file: '/bin/sh', args: ['-c', loop, 'sh', process.execPath, ...args] },
      check: async () => undefined,
      end: async () => undefined,
    }),
  };
}

/** Bundles both packages whole, as an action does that keeps nothing for later. */
async function bundleReference(directory: string): Promise<string> {
  const { rolldown } = await import('rolldown');
  const entry = join(ROOT, 'bench', 'scenarios', 'core-and-undici.js');
  const bundle = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' });
  const file = join(directory, 'core-and-undici.mjs');
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  return file;
}
