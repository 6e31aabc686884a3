import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExternalRegistry, startDistribution } from '../../lab/external-registry.ts';
import type { Command } from '../measure.ts';
import { NoisePusher, type PushedImage, splitNoise } from '../noise-image.ts';
import { OURS, promote } from '../peers.ts';
import { expectDigest, openPlace, type Place, type Surroundings, startEmpty, tellSurroundings } from '../place.ts';
import type { Attempt, BenchContext, Contender, Peer, Scenario, Stage } from '../scenario.ts';

const COUNT = 100;
/** As many copies at once as make the peers fastest here. */
const AT_ONCE = '8';
const LINK: Surroundings = { registry: 'distribution', roundTrip: 20, rate: 125_000_000 };
const OFF = [
  ...['--max-parallel', AT_ONCE],
  ...['--scan', 'off', '--sign', 'false', '--attest', 'false', '--referrers', 'ignore', '--summary', 'false'],
];
const COPIERS = ['crane', 'regctl'] as const;

/** A hundred images that share their base, each into a repository of its own. */
export const BATCH: Scenario = {
  name: 'batch-100',
  title: '100 images over one base, 20 ms and 125 MB/s',
  figure: 'wall',
  isLong: true,
  goals: [
    { what: 'wall', of: OURS, against: [...COPIERS], limit: 0.5 },
    { what: 'memory', of: OURS, against: [], limit: 200 },
  ],
  set: setStage,
};

interface Room {
  readonly context: BenchContext;
  readonly source: ExternalRegistry;
  readonly images: readonly PushedImage[];
  readonly directory: string;
}

async function setStage(context: BenchContext): Promise<Stage> {
  const source = await startDistribution();
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-batch-'));
  const pusher = new NoisePusher(source.host);
  const base = splitNoise(16_000_000, 4);
  const images: PushedImage[] = [];
  for (let i = 0; i < COUNT; i++) {
    const layers = { 'linux/amd64': [...base, { seed: 100 + i, bytes: 256_000 }] };
    images.push(await pusher.push(`dev/app-${i}`, '1', layers, { label: `${i}` }));
  }
  const room = { context, source, images, directory };
  return {
    about: [
      `${COUNT} images of 16 MB in 4 layers that all share, and 0.26 MB of their own.`,
      tellSurroundings(LINK),
      `All copy ${AT_ONCE} at once: the peers by xargs, a process an image, much as regsync with \`parallel: ${AT_ONCE}\`; ours in one process.`,
    ],
    imageBytes: images.reduce((sum, { bytes }) => sum + bytes, 0),
    contenders: context.peers
      .filter(({ name, isOurs }) => isOurs || (COPIERS as readonly string[]).includes(name))
      .map((peer) => describe(peer, room)),
    async close() {
      await source.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function describe(peer: Peer, room: Room): Contender {
  const { name, isOurs, version } = peer;
  const shown = isOurs
    ? `${OURS} promote --promotions promotions.yml ${OFF.join(' ')}`
    : `xargs -P ${AT_ONCE} -n 2 ${peer.shown.replace(/ SOURCE\S+ TARGET\S+/, '')} < images.txt`;
  return { ...{ name, isOurs, version, shown }, begin: (round) => begin(peer, room, round) };
}

async function begin(peer: Peer, room: Room, round: number): Promise<Attempt> {
  const { context, source, images, directory } = room;
  const registry = await startEmpty(LINK);
  const from = await openPlace(source, LINK, true, context);
  const to = await openPlace(registry, LINK, true, context);
  return {
    command: peer.isOurs
      ? await writeBatch(room, from, to)
      : await writeList(peer, from, to, join(directory, `${peer.name}-${round}.txt`)),
    async check() {
      await Promise.all(images.map(({ digest }, i) => expectDigest(registry, `prod/app-${i}:1`, digest)));
    },
    read: async () => ({ source: await from.read(), target: await to.read() }),
    async end() {
      await Promise.all([from.close(), to.close()]);
      await registry.stop();
    },
  };
}

async function writeBatch({ directory, context }: Room, from: Place, to: Place): Promise<Command> {
  const items = Array.from(
    { length: COUNT },
    (_, i) => `  - { source: "${from.host}/dev/app-${i}:1", target: "${to.host}/prod/app-${i}:1" }\n`,
  );
  await writeFile(join(directory, 'promotions.yml'), `version: 1\npromotions:\n${items.join('')}`);
  return { ...promote(context.cli, ['--promotions', 'promotions.yml', ...OFF]), cwd: directory };
}

/** The peer's own flags stand before the two references, which xargs puts at the end. */
async function writeList(peer: Peer, from: Place, to: Place, list: string): Promise<Command> {
  const pairs = Array.from({ length: COUNT }, (_, i) => `${from.host}/dev/app-${i}:1 ${to.host}/prod/app-${i}:1\n`);
  await writeFile(list, pairs.join(''));
  const { file, args, ...others } = peer.copy(`${from.host}/x`, `${to.host}/x`);
  return { ...others, file: 'xargs', args: ['-a', list, '-P', AT_ONCE, '-n', '2', file, ...args.slice(0, -2)] };
}
