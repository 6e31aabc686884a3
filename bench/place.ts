import { type ExternalRegistry, startDistribution, startOlareg } from '../lab/external-registry.ts';
import type { Traffic } from './result.ts';
import type { BenchContext, OpenLink } from './scenario.ts';

/** What registries a scenario uses, and what lies between them and the tools. */
export interface Surroundings {
  readonly registry: 'distribution' | 'olareg';
  /** Milliseconds; undefined for loopback as it is. */
  readonly roundTrip?: number;
  /** Bytes a second, each way. */
  readonly rate?: number;
}

/** A registry as the tools reach it. */
export interface Place {
  /** The registry itself. */
  readonly registry: ExternalRegistry;
  /** How the tools reach it. */
  readonly host: string;
  /** Since it was opened, or last read. */
  read(): Promise<Traffic>;
  close(): Promise<void>;
}

/** Starts a registry that is empty. */
export function startEmpty({ registry }: Surroundings): Promise<ExternalRegistry> {
  return registry === 'olareg' ? startOlareg() : startDistribution();
}

/** Opens the way to a registry: a link where the scenario has one, or where bytes are to be counted. Closing it leaves the registry alone. */
export async function openPlace(
  registry: ExternalRegistry,
  { roundTrip, rate }: Surroundings,
  isCounted: boolean,
  context: BenchContext,
): Promise<Place> {
  const hasLink = roundTrip !== undefined || isCounted;
  const options = { to: registry.host, roundTrip: roundTrip ?? 0, ...(rate === undefined ? {} : { rate }) };
  const link: OpenLink | undefined = hasLink ? await context.open(options) : undefined;
  return {
    registry,
    host: link?.host ?? registry.host,
    async read() {
      const { there = 0, back = 0 } = (await link?.read()) ?? {};
      return { out: back, in: there };
    },
    close: async () => await link?.close(),
  };
}

const ACCEPT = ['application/vnd.oci.image.index.v1+json', 'application/vnd.oci.image.manifest.v1+json'].join(', ');

/** Throws unless the tag there points at this digest. */
export async function expectDigest(registry: ExternalRegistry, name: string, digest: string): Promise<void> {
  const [repository, tag] = name.split(':');
  const url = `http://${registry.host}/v2/${repository}/manifests/${tag}`;
  const answer = await fetch(url, { method: 'HEAD', headers: { Accept: ACCEPT } });
  const found = answer.headers.get('docker-content-digest');
  if (answer.status !== 200 || found !== digest) {
    throw new Error(`${name} at the target is ${found ?? `answered with ${answer.status}`}, not ${digest}`);
  }
}

/** How the surroundings are told. */
export function tellSurroundings({ registry, roundTrip, rate }: Surroundings): string {
  const name = registry === 'olareg' ? 'olareg (in memory)' : 'distribution 3 (on disk)';
  if (roundTrip === undefined) return `Registries: ${name}, on loopback.`;
  const speed = rate === undefined ? 'no limit of the rate' : `${rate / 1_000_000} MB/s each way`;
  return `Registries: ${name}, each behind a link with round trips of ${roundTrip} ms and ${speed}.`;
}
