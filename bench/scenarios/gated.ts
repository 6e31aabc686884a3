import { delimiter, join } from 'node:path';
import type { Command } from '../measure.ts';
import { findExecutable, OURS, promote } from '../peers.ts';
import { expectDigest, openPlace, type Surroundings, startEmpty, tellSurroundings } from '../place.ts';
import type { Goal } from '../result.ts';
import type { Attempt, BenchContext, Contender, Scenario, Stage } from '../scenario.ts';
import { type GatedRoom, setGatedRoom } from './gated-room.ts';
import { SBOM_PIPELINE, SCAN_PIPELINE } from './shell-pipeline.ts';

const LINK: Surroundings = { registry: 'distribution', roundTrip: 20, rate: 50_000_000 };
const PIPELINE = 'shell pipeline';
const DURING = `${OURS}, during-gates`;
const SBOM = `${OURS}, SBOM`;

const FLAGS = ['--cosign-key', 'env://COSIGN_PRIVATE_KEY', '--summary', 'false'];

function limit(of: string, ratio: number): Goal[] {
  return [
    { what: 'wall', of, against: [PIPELINE], limit: ratio },
    { what: 'memory', of, against: [], limit: 200 },
  ];
}

/** A whole promotion, scanned and signed, against the steps that people write today. */
export const GATED: Scenario = {
  name: 'gated',
  title: 'Gated promotion, 336 MB, 20 ms and 50 MB/s',
  figure: 'wall',
  isLong: true,
  goals: [
    ...limit(OURS, 1),
    { what: 'source bytes', of: OURS, against: [], limit: 1.01 },
    ...limit(DURING, 0.6),
    ...limit(SBOM, 0.55),
  ],
  set: setStage,
};

interface Way {
  readonly name: string;
  readonly repository: string;
  readonly shown: string;
  command(place: { readonly source: string; readonly target: string }): Command;
}

async function setStage(context: BenchContext): Promise<Stage> {
  const room = await setGatedRoom();
  const ways = [
    ...(findExecutable('jq') ? listPipelines(room) : listPipelines(room).slice(0, 1)),
    ...listOurs(room, context),
  ];
  return {
    about: [
      `${(room.image.bytes / 1_000_000).toFixed(0)} MB in 8 layers that do not compress.`,
      tellSurroundings(LINK),
      'Trivy with an empty cache and a small database, on loopback; cosign with a key and without a log.',
      'The pipeline makes two signatures. A promotion makes four (signature, record, SLSA summary, scan), verifies them at the target, and hashes Trivy and cosign.',
    ],
    imageBytes: room.image.bytes,
    contenders: ways.map((way) => describe(way, room, context)),
    close: room.close,
  };
}

function listPipelines({ directory, database, tools, key }: GatedRoom): Way[] {
  const PATH = `${tools}${delimiter}${process.env.PATH}`;
  const make = (name: string, repository: string, script: string): Way => ({
    ...{ name, repository, shown: script },
    command: ({ source, target }) => ({
      ...{ file: '/bin/sh', args: ['-c', script], cwd: directory },
      env: { PATH, SOURCE: source, TARGET: target, DATABASE: database, COSIGN_PASSWORD: key.password },
    }),
  });
  return [make(PIPELINE, 'dev/app', SCAN_PIPELINE), make(`${PIPELINE}, SBOM`, 'dev/attested', SBOM_PIPELINE)];
}

function listOurs({ directory, database, tools, key }: GatedRoom, { cli }: BenchContext): Way[] {
  const base = { version: 1, signature: { transparencyLog: false } };
  const scan = { databases: [database], javaDatabases: [database] };
  const bySbom = { ...base, scan: { ...scan, from: 'sbom' }, signers: [{ role: 'scan', key: 'scan.pub' }] };
  const paths = ['--trivy', join(tools, 'trivy'), '--cosign', join(tools, 'cosign')];
  const make = (name: string, repository: string, policy: object, more: readonly string[]): Way => ({
    ...{ name, repository },
    shown: `${OURS} promote --source SOURCE/app:1 --target TARGET/app:1 ${[...FLAGS, ...more].join(' ')} --trivy PATH --cosign PATH`,
    command: ({ source, target }) => ({
      ...promote(cli, [
        ...['--source', source, '--target', target, '--policy', JSON.stringify(policy)],
        ...[...FLAGS, ...more, ...paths],
      ]),
      env: { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password },
      cwd: directory,
    }),
  });
  const during = ['--upload', 'during-gates'];
  return [
    make(OURS, 'dev/app', { ...base, scan }, []),
    make(DURING, 'dev/app', { ...base, scan }, during),
    make(SBOM, 'dev/attested', bySbom, []),
  ];
}

function describe(way: Way, room: GatedRoom, context: BenchContext): Contender {
  const { name, shown } = way;
  const isOurs = name.startsWith(OURS);
  const version = context.peers.find(({ name: peer }) => peer === (isOurs ? OURS : 'crane'))?.version ?? 'unknown';
  return {
    ...{ name, isOurs, shown },
    version: isOurs ? version : `crane ${version}, Trivy and cosign as ours`,
    begin: () => begin(way, room, context),
  };
}

async function begin(way: Way, { source, image }: GatedRoom, context: BenchContext): Promise<Attempt> {
  const registry = await startEmpty(LINK);
  const from = await openPlace(source, LINK, true, context);
  const to = await openPlace(registry, LINK, true, context);
  return {
    command: way.command({ source: `${from.host}/${way.repository}:1`, target: `${to.host}/prod/app:1` }),
    check: () => expectDigest(registry, 'prod/app:1', image.digest),
    read: async () => ({ source: await from.read(), target: await to.read() }),
    async end() {
      await Promise.all([from.close(), to.close()]);
      await registry.stop();
    },
  };
}
