import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { Fault } from '../../lab/registry/faults.ts';
import { mapConcurrently } from '../../src/base/concurrency.ts';
import { AMD64, INDEX } from '../promote/approved.ts';
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
import type { RaceId } from './races.ts';

const OTHER = buildIndex([AMD64, buildImage({ platform: { os: 'linux', architecture: 's390x' } })]);
/** What the channel is before anybody moves it. */
const FORMER = buildImage({ labels: { name: 'former' } });
const MOVE = { inputs: { 'existing-tag': 'move', policy: 'version: 1\ntargets: { channels: ["1.0"] }' } };
const SUCCESS: RaceEnd = { result: 'promoted', code: undefined };
const MOVED: RaceEnd = { result: 'refused', code: 'TAG_MOVED' };

/** A cache that still shows the channel as it was. */
const STALE = {
  status: 200,
  headers: { 'Docker-Content-Digest': FORMER.root.digest, 'Content-Type': FORMER.root.mediaType },
  body: Buffer.from(FORMER.contents.get(FORMER.root.digest)?.bytes ?? []).toString(),
};

async function withChannel<T>(images: readonly (typeof INDEX)[], run: (racing: Racing) => Promise<T>): Promise<T> {
  const racing = await openRacing(images);
  try {
    await pushImage(racing.target.host, 'prod/app', 'theirs', OTHER);
    await pushImage(racing.target.host, 'prod/app', '1.0', FORMER);
    racing.target.log.clear();
    return await run(racing);
  } finally {
    await racing.close();
  }
}

/** Rounds of a race between two moves: of each, exactly one succeeds, and the channel is what it says. Some must have met. */
async function raceMoves(): Promise<void> {
  const images = [INDEX, OTHER] as const;
  const rounds = 8;
  const met = await mapConcurrently([...Array(rounds).keys()], 6, (round) =>
    withChannel(images, async ({ target, racers }) => {
      const dice = createDice(900 + round);
      target.faults.push(
        { method: 'HEAD', path: TAG, before: () => sleep(100 * dice()) },
        { method: 'PUT', path: TAG, before: () => sleep(120 + 80 * dice()) },
      );
      const ends = await Promise.all(racers.map((racer) => finish(racer, MOVE)));
      const puts = target.log.manifestWrites('1.0').length;
      target.faults.length = 0;
      const winners = images.filter((_, i) => ends[i]?.result === 'promoted');
      expect({ round, winners: winners.length, ends }).toMatchObject({ round, winners: 1 });
      const [winner = INDEX] = winners;
      expect(ends[winner === INDEX ? 1 : 0]).toEqual(MOVED);
      expect(await describeTag(target, winner)).toEqual(promotedTag(winner));
      return puts === 2 ? 1 : 0;
    }),
  );
  expect(met).toContain(1);
}

/** One move under these faults: how it ended, what was asked to be written, and what the channel is. */
async function moveUnder(makeFaults: (racing: Racing) => readonly Fault[]) {
  return withChannel([INDEX], async (racing) => {
    const { target, racers } = racing;
    const [racer] = racers;
    if (racer === undefined) throw new TypeError('no racer');
    target.faults.push(...makeFaults(racing));
    const end = await finish(racer, MOVE);
    for (const fault of target.faults) {
      expect({ fault, spoilt: target.spoilt(fault) > 0 }).toEqual({ fault, spoilt: true });
    }
    target.faults.length = 0;
    const puts = target.log.manifestWrites('1.0').map(({ status }) => status);
    return { end, puts, tag: target.digestOf('prod/app', '1.0') };
  });
}

const takeAt =
  (fault: Fault) =>
  ({ target }: Racing): Fault => ({
    ...fault,
    times: 1,
    before: () => target.setTag('prod/app', '1.0', OTHER.root.digest),
  });

async function takeWhileCopying(): Promise<void> {
  const root = new RegExp(`/manifests/${INDEX.root.digest}$`);
  const ended = await moveUnder((racing) => [takeAt({ method: 'PUT', path: root })(racing)]);
  expect(ended).toEqual({ end: MOVED, puts: [], tag: OTHER.root.digest });
}

async function retryPut(): Promise<void> {
  const ended = await moveUnder((racing) => [
    { method: 'PUT', path: TAG, times: 1, status: 503 },
    takeAt({ method: 'HEAD', path: TAG, afterPut: TAG })(racing),
  ]);
  expect(ended).toEqual({ end: MOVED, puts: [503], tag: OTHER.root.digest });
}

/** The looks after the PUT that was lost show what the channel was, so many times. */
async function loseAnswer(times: number, next: readonly Fault[], puts: readonly number[]): Promise<void> {
  const ended = await moveUnder(() => [
    { method: 'PUT', path: TAG, times: 1, dropConnection: 'after' },
    ...next,
    { method: 'HEAD', path: TAG, afterPut: TAG, times, ...STALE },
    { method: 'GET', path: TAG, afterPut: TAG, times, ...STALE },
  ]);
  expect(ended).toEqual({ end: SUCCESS, puts, tag: INDEX.root.digest });
}

/** The races for a channel, by what they are called in races.ts. */
export const MOVES = {
  'moved-by-two': raceMoves,
  'moved-while-copying': takeWhileCopying,
  'moved-retried-put': retryPut,
  'moved-lost-answer': () => loseAnswer(1, [], [0, 201]),
  'moved-lost-answer-refused': () => loseAnswer(3, [{ method: 'PUT', path: TAG, times: 1, status: 409 }], [0, 409]),
} as const satisfies Partial<Readonly<Record<RaceId, () => Promise<void>>>>;
