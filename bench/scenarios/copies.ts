import { type Noise, splitNoise } from '../noise-image.ts';
import { OURS, PEERS, VERIFIERS } from '../peers.ts';
import type { Goal } from '../result.ts';
import type { Scenario } from '../scenario.ts';
import { makeCopyScenario } from './copy.ts';

const MB = 1_000_000;
/** A link of 1 Gbit/s. */
const GIGABIT = 125 * MB;
const MEMORY: Goal = { what: 'memory', of: OURS, against: [], limit: 200 };

const SMALL = { 'linux/amd64': splitNoise(3 * MB, 3) };
const MEDIUM = { 'linux/amd64': splitNoise(320 * MB, 8) };
/** Four platforms that have a quarter of their bytes in common. */
const LARGE = Object.fromEntries(
  ['amd64', 'arm64', 'ppc64le', 's390x'].map((architecture, i): [string, Noise[]] => [
    `linux/${architecture}`,
    [...splitNoise(512 * MB, 4), ...splitNoise(372 * MB, 3, 10 + 10 * i)],
  ]),
);

function limit(ratio: number, against: readonly string[] = PEERS): Goal[] {
  return [{ what: 'wall', of: OURS, against, limit: ratio }, MEMORY];
}

const LOOPBACK = [...limit(1, VERIFIERS), { what: 'wall', of: OURS, against: ['oras'], limit: 1.2 }] satisfies Goal[];

/** Copies of one image, against the tools that copy. */
export const COPIES: readonly Scenario[] = [
  makeCopyScenario({
    ...{ name: 'small-20ms', title: '3 MB, 20 ms round trips', registry: 'distribution' },
    ...{ platforms: SMALL, roundTrip: 20, goals: limit(1) },
  }),
  makeCopyScenario({
    ...{ name: 'small-20ms-olareg', title: '3 MB, 20 ms round trips, olareg', registry: 'olareg' },
    ...{ platforms: SMALL, roundTrip: 20, goals: limit(1) },
  }),
  makeCopyScenario({
    ...{ name: 'medium-loopback', title: '320 MB, loopback', registry: 'distribution' },
    ...{ platforms: MEDIUM, goals: LOOPBACK },
  }),
  makeCopyScenario({
    ...{ name: 'medium-loopback-olareg', title: '320 MB, loopback, olareg', registry: 'olareg' },
    ...{ platforms: MEDIUM, goals: LOOPBACK },
  }),
  makeCopyScenario({
    ...{ name: 'medium-1gbit', title: '320 MB, 20 ms and 125 MB/s', registry: 'distribution' },
    ...{ platforms: MEDIUM, roundTrip: 20, rate: GIGABIT, goals: limit(1) },
  }),
  makeCopyScenario({
    ...{ name: 'medium-50mb', title: '320 MB, 20 ms and 50 MB/s', registry: 'distribution' },
    ...{ platforms: MEDIUM, roundTrip: 20, rate: 50 * MB, goals: limit(1) },
  }),
  makeCopyScenario({
    ...{ name: 'large-loopback', title: '2 GB, four platforms, loopback', registry: 'distribution' },
    ...{ platforms: LARGE, goals: LOOPBACK },
  }),
  makeCopyScenario({
    ...{ name: 'large-1gbit', title: '2 GB, four platforms, 20 ms and 125 MB/s', registry: 'distribution' },
    ...{ platforms: LARGE, roundTrip: 20, rate: GIGABIT, goals: limit(1) },
  }),
  makeCopyScenario({
    ...{ name: 'same-registry', title: '320 MB within one registry, 20 ms', registry: 'distribution' },
    ...{ platforms: MEDIUM, before: 'same registry', roundTrip: 20, goals: limit(0.7) },
  }),
  makeCopyScenario({
    ...{ name: 'blobs-present', title: 'All blobs present, 20 ms', registry: 'distribution' },
    ...{ platforms: MEDIUM, before: 'blobs', roundTrip: 20, goals: limit(0.7) },
  }),
  makeCopyScenario({
    ...{ name: 'image-present', title: 'Image present under another tag, 20 ms', registry: 'distribution' },
    ...{ platforms: SMALL, before: 'image', roundTrip: 20, goals: limit(0.7) },
  }),
];
