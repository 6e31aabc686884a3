import type { ExternalRegistry } from '../../lab/external-registry.ts';
import { type Noise, NoisePusher, type PushedImage } from '../noise-image.ts';
import { expectDigest, openPlace, type Surroundings, startEmpty, tellSurroundings } from '../place.ts';
import type { Goal } from '../result.ts';
import type { Attempt, BenchContext, Contender, Peer, Scenario, Stage } from '../scenario.ts';

/** What is at the target before a copy. */
export type Before = 'nothing' | 'blobs' | 'image' | 'same registry';

/** One scenario of copying one image. */
export interface CopyOptions extends Surroundings {
  readonly name: string;
  readonly title: string;
  readonly platforms: Readonly<Record<string, readonly Noise[]>>;
  readonly before?: Before;
  readonly goals: readonly Goal[];
}

const TOLD: Readonly<Record<Before, string>> = {
  nothing: 'The target is a registry of its own, empty each time.',
  blobs: 'The target repository has every blob, under another image; the manifest is new.',
  image: 'The target repository has the image under another tag.',
  'same registry': 'The target is another repository of the same registry, new each time.',
};

/** Makes the scenario: every peer copies the same image under the same conditions. */
export function makeCopyScenario(options: CopyOptions): Scenario {
  const { name, title, goals, rate } = options;
  return {
    name,
    title,
    figure: 'wall',
    isLong: rate !== undefined,
    goals,
    set: (context) => setStage(options, context),
  };
}

async function setStage(options: CopyOptions, context: BenchContext): Promise<Stage> {
  const { before = 'nothing', platforms } = options;
  const source = await startEmpty(options);
  const image = await new NoisePusher(source.host).push('dev/app', '1', platforms);
  const shared = await startShared(options, source);
  const blobs = new Set(Object.values(platforms).flatMap((layers) => layers.map(({ seed }) => seed)));
  return {
    about: [
      `${(image.bytes / 1_000_000).toFixed(0)} MB in ${blobs.size} layers that do not compress, ${Object.keys(platforms).length} platform(s).`,
      tellSurroundings(options),
      TOLD[before],
    ],
    imageBytes: image.bytes,
    contenders: context.peers.map((peer) => describe(peer, { options, context, source, shared, image })),
    async close() {
      await source.stop();
      if (shared !== undefined && shared.registry !== source) await shared.registry.stop();
    },
  };
}

interface Room {
  readonly options: CopyOptions;
  readonly context: BenchContext;
  readonly source: ExternalRegistry;
  readonly shared: Shared | undefined;
  readonly image: PushedImage;
}

/** A target that all runs share, each with a repository of its own in it. */
interface Shared {
  readonly registry: ExternalRegistry;
  readonly pusher: NoisePusher;
}

async function startShared(options: CopyOptions, source: ExternalRegistry): Promise<Shared | undefined> {
  const { before = 'nothing' } = options;
  if (before === 'nothing') return undefined;
  const registry = before === 'same registry' ? source : await startEmpty(options);
  return { registry, pusher: new NoisePusher(registry.host) };
}

function describe(peer: Peer, room: Room): Contender {
  const { name, isOurs, version, shown } = peer;
  return { name, isOurs, version, shown, begin: (round, isCounted) => begin(peer, room, round, isCounted) };
}

async function begin(peer: Peer, room: Room, round: number, isCounted: boolean): Promise<Attempt> {
  const { options, context, source, shared, image } = room;
  const { before = 'nothing', platforms } = options;
  const isSame = before === 'same registry';
  const repository = shared === undefined ? 'prod/app' : `prod/${peer.name}-${round}`;
  if (before === 'image') await shared?.pusher.push(repository, '0', platforms);
  if (before === 'blobs')
    await shared?.pusher.push(repository, '0', platforms, { annotations: { another: 'manifest' } });
  const registry = shared?.registry ?? (await startEmpty(options));
  const from = await openPlace(source, options, isCounted, context);
  const to = isSame ? from : await openPlace(registry, options, isCounted, context);
  return {
    command: peer.copy(`${from.host}/dev/app:1`, `${to.host}/${repository}:1`),
    check: () => expectDigest(registry, `${repository}:1`, image.digest),
    read: async () => ({ source: await from.read(), ...(isSame ? {} : { target: await to.read() }) }),
    async end() {
      await from.close();
      if (!isSame) await to.close();
      if (shared === undefined) await registry.stop();
    },
  };
}
