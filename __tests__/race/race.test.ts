import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { Fault } from '../../lab/registry/faults.ts';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { mapConcurrently } from '../../src/base/concurrency.ts';
import { AMD64, INDEX } from '../promote/approved.ts';
import { MOVES } from './moves.ts';
import {
  createDice,
  describeTag,
  finish,
  openRacing,
  promotedTag,
  type RaceEnd,
  type Racing,
  TAG,
} from './race-room.ts';
import { RACES, type RaceId } from './races.ts';

const OTHER = buildIndex([AMD64, buildImage({ platform: { os: 'linux', architecture: 's390x' } })]);
const ABSENT = { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' };
const ACCEPT = { inputs: { 'existing-tag': 'accept-same-digest' } };

const opened: Racing[] = [];
afterEach(() => Promise.all(opened.splice(0).map((racing) => racing.close())));

async function open(images: readonly BuiltImage[], options: RegistryOptions = {}): Promise<Racing> {
  const racing = await openRacing(images, options);
  opened.push(racing);
  return racing;
}

/** One race between two promotions whose requests for the tag take random times, each below D. */
async function race(
  images: readonly [BuiltImage, BuiltImage],
  dice: () => number,
  options: RegistryOptions = {},
  inputs = {},
): Promise<{ readonly racing: Racing; readonly ends: readonly RaceEnd[]; readonly puts: number }> {
  const racing = await openRacing(images, options);
  const { faults, log } = racing.target;
  faults.push(
    { method: 'HEAD', path: TAG, before: () => sleep(100 * dice()) },
    { method: 'PUT', path: TAG, before: () => sleep(200 * dice()) },
  );
  const ends = await Promise.all(racing.racers.map((racer) => finish(racer, { inputs })));
  const puts = log.manifestWrites('1.0').length;
  faults.length = 0;
  return { racing, ends, puts };
}

/** Rounds of a race between two digests: of each, exactly one succeeds, and the tag is what it says. At least a third must have met. */
async function raceDigests(rounds: number, options: RegistryOptions, seed: number, losers: RegExp): Promise<void> {
  const images = [INDEX, OTHER] as const;
  const met = await mapConcurrently([...Array(rounds).keys()], 12, async (round) => {
    const { racing, ends, puts } = await race(images, createDice(seed + round), options);
    try {
      const winners = images.filter((_, i) => ends[i]?.result === 'promoted');
      expect({ round, winners: winners.length, ends }).toMatchObject({ round, winners: 1 });
      const [winner = INDEX] = winners;
      expect(ends[winner === INDEX ? 1 : 0]).toMatchObject({ result: 'refused', code: expect.stringMatching(losers) });
      expect(await describeTag(racing.target, winner)).toEqual(promotedTag(winner));
      return puts === 2 ? 1 : 0;
    } finally {
      await racing.close();
    }
  });
  expect(met.filter((one) => one === 1).length).toBeGreaterThanOrEqual(rounds / 3);
}

async function raceOneDigest(options: RegistryOptions): Promise<void> {
  await mapConcurrently([...Array(4).keys()], 4, async (round) => {
    const { racing, ends } = await race([INDEX, INDEX], createDice(500 + round), options, ACCEPT.inputs);
    try {
      expect(ends.map(({ result }) => ['promoted', 'unchanged'].includes(result))).toEqual([true, true]);
      // Each signs once: the other's statements are not missing, but not ours either.
      expect(await describeTag(racing.target, INDEX)).toMatchObject({ digest: INDEX.root.digest, isWhole: true });
    } finally {
      await racing.close();
    }
  });
}

/** One promotion under these faults, which are given the racing they are about. */
async function promoteUnder(
  makeFaults: (racing: Racing) => readonly Fault[],
  options: RegistryOptions = {},
): Promise<{ readonly racing: Racing; readonly end: RaceEnd }> {
  const racing = await open([INDEX], options);
  const { target, racers } = racing;
  await pushImage(target.host, 'prod/app', 'theirs', OTHER);
  target.faults.push(...makeFaults(racing));
  const [racer] = racers;
  if (racer === undefined) throw new TypeError('no racer');
  const end = await finish(racer);
  for (const fault of target.faults)
    expect({ fault, spoilt: target.spoilt(fault) > 0 }).toEqual({ fault, spoilt: true });
  target.faults.length = 0;
  return { racing, end };
}

const SUCCESS: RaceEnd = { result: 'promoted', code: undefined };
const TAKEN: RaceEnd = { result: 'refused', code: 'TAG_EXISTS' };

/** Our PUT is answered 503, and somebody else writes the tag when the next one comes to `method`. */
async function retryPut(method: 'HEAD' | 'PUT', options: RegistryOptions): Promise<void> {
  const { racing, end } = await promoteUnder(
    ({ target }) => [
      { method: 'PUT', path: TAG, times: 1, status: 503 },
      {
        ...{ method, path: TAG, times: 1, ...(method === 'HEAD' ? { afterPut: TAG } : {}) },
        before: () => target.setTag('prod/app', '1.0', OTHER.root.digest),
      },
    ],
    options,
  );
  expect(end).toEqual(TAKEN);
  expect(racing.target.digestOf('prod/app', '1.0')).toBe(OTHER.root.digest);
  expect(racing.target.log.manifestWrites('1.0').map(({ status }) => status)).toEqual(
    method === 'HEAD' ? [503] : [503, 409],
  );
}

async function loseAnswer(status: number): Promise<void> {
  const { racing, end } = await promoteUnder(
    () => [
      { method: 'PUT', path: TAG, times: 1, dropConnection: 'after' },
      { method: 'HEAD', path: TAG, afterPut: TAG, times: 2, ...ABSENT },
      { method: 'GET', path: TAG, afterPut: TAG, times: 2, ...ABSENT },
    ],
    { immutableTags: { status } },
  );
  expect(end).toEqual(SUCCESS);
  expect(racing.target.log.manifestWrites('1.0').map((entry) => entry.status)).toEqual([0, status]);
  expect(await describeTag(racing.target, INDEX)).toEqual(promotedTag(INDEX));
}

/** A registry that collects when it is asked for these: nothing may be missing in the end. */
async function collectAt(requests: readonly Fault[], options: RegistryOptions = {}): Promise<void> {
  const collected: string[][] = [];
  const { racing, end } = await promoteUnder(
    ({ target }) =>
      requests.map((fault) => ({ ...fault, before: () => void collected.push(target.collectUntagged('prod/app')) })),
    options,
  );
  expect(end).toEqual(SUCCESS);
  expect(collected.map((digests) => digests.includes(INDEX.root.digest))).toEqual(requests.map(() => true));
  expect(await describeTag(racing.target, INDEX)).toEqual(promotedTag(INDEX));
}

const ROOT = new RegExp(`/manifests/${INDEX.root.digest}$`);
/** The first request of each part of a promotion that comes after the image was pushed; that before it looked whether an earlier run had left it. */
const AT = {
  evidence: { method: 'POST', path: /prod\/app\/blobs\/uploads/, times: 1 },
  verification: { method: 'GET', path: ROOT, skip: 1, times: 1 },
  commit: { method: 'HEAD', path: ROOT, skip: 1, times: 1 },
  put: { method: 'PUT', path: TAG, times: 1 },
} as const satisfies Record<string, Fault>;

async function collectWhileSigning(): Promise<void> {
  const racing = await open([INDEX]);
  const [racer] = racing.racers;
  if (racer === undefined) throw new TypeError('no racer');
  const { signer } = racer.signer;
  const collected: string[] = [];
  const signStatement: typeof signer.signStatement = async (...args) => {
    // It signs while the image is on its way.
    while (racing.target.log.find('PUT', ROOT).length === 0) await sleep(5);
    collected.push(...racing.target.collectUntagged('prod/app'));
    return signer.signStatement(...args);
  };
  const collecting = { ...racer.signer, signer: { ...signer, signStatement } };
  expect(await finish({ ...racer, signer: collecting })).toEqual(SUCCESS);
  expect(collected).toContain(INDEX.root.digest);
  expect(await describeTag(racing.target, INDEX)).toEqual(promotedTag(INDEX));
}

async function takeOneOfSeveral(): Promise<void> {
  const racing = await open([INDEX]);
  const [racer] = racing.racers;
  if (racer === undefined) throw new TypeError('no racer');
  await pushImage(racing.target.host, 'prod/app', 'theirs', OTHER);
  const before = (): void => racing.target.setTag('prod/app', '1.1', OTHER.root.digest);
  racing.target.faults.push({ method: 'PUT', path: ROOT, times: 1, before });
  expect(await finish(racer, { targets: ['prod/app:1.0', 'prod/app:1.1'] })).toEqual(TAKEN);
  expect(racing.target.tags('prod/app')).toEqual(['1.1', 'theirs']);
}

const RUNS: Readonly<Record<RaceId, () => Promise<void>>> = {
  'two-digests': () => raceDigests(18, {}, 100, /^TAG_(?:MOVED|EXISTS)$/),
  'two-digests-409': () => raceDigests(6, { immutableTags: { status: 409 } }, 200, /^TAG_EXISTS$/),
  'two-digests-400': () => raceDigests(6, { immutableTags: { status: 400 } }, 300, /^TAG_EXISTS$/),
  'two-digests-412': () => raceDigests(6, { immutableTags: { status: 412 } }, 400, /^TAG_EXISTS$/),
  'one-digest': () => raceOneDigest({}),
  'one-digest-immutable': () => raceOneDigest({ immutableTags: true }),
  'retried-put': () => retryPut('HEAD', {}),
  'retried-put-late': () => retryPut('PUT', { immutableTags: true }),
  'lost-answer-400': () => loseAnswer(400),
  'lost-answer-405': () => loseAnswer(405),
  'lost-answer-409': () => loseAnswer(409),
  'lost-answer-412': () => loseAnswer(412),
  'collected-while-signing': collectWhileSigning,
  'collected-before-verification': () => collectAt([AT.verification]),
  'collected-after-verification': () => collectAt([AT.commit]),
  'collected-before-put': () => collectAt([AT.put]),
  'collected-everywhere': () => collectAt([AT.verification, AT.put], { referrersApi: false }),
  'taken-of-several': takeOneOfSeveral,
  ...MOVES,
};

describe('a race', () => {
  it.each(RACES)('$id: $says', ({ id }) => RUNS[id](), 120_000);
});
