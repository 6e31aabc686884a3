import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { mapConcurrently, runTogether } from '../../src/base/concurrency.ts';

describe('mapConcurrently', () => {
  it('returns results in the order of the items, whatever ends first', async () => {
    const results = await mapConcurrently([30, 1, 10], 3, async (ms, i) => {
      await sleep(ms);
      return `${i}:${ms}`;
    });
    expect(results).toEqual(['0:30', '1:1', '2:10']);
  });

  it('runs no more than the limit at a time, and that many', async () => {
    let running = 0;
    let most = 0;
    await mapConcurrently(Array.from({ length: 12 }), 3, async () => {
      most = Math.max(most, ++running);
      await sleep(2);
      running--;
    });
    expect(most).toBe(3);
  });

  it('starts in order', async () => {
    const started: number[] = [];
    await mapConcurrently([0, 1, 2, 3], 2, async (_, i) => void started.push(i));
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it('returns nothing for nothing', async () => {
    expect(await mapConcurrently([], 4, async () => 1)).toEqual([]);
  });

  it('throws the first failure, starts nothing more, and waits for what runs', async () => {
    const events: string[] = [];
    const run = mapConcurrently([1, 2, 3, 4], 2, async (item) => {
      events.push(`start ${item}`);
      if (item === 1) throw new Error('one');
      await sleep(20);
      events.push(`end ${item}`);
    });
    await expect(run).rejects.toThrow('one');
    expect(events).toEqual(['start 1', 'start 2', 'end 2']);
  });
});

describe('runTogether', () => {
  const never = new AbortController().signal;

  it('returns the results of all, in order', async () => {
    expect(await runTogether(never, () => [sleep(5, 'a'), Promise.resolve(2)])).toEqual(['a', 2]);
  });

  it('aborts the others when one fails, and throws only once they are at rest', async () => {
    let rested = false;
    const run = runTogether(never, (signal) => [
      Promise.reject(new Error('first')),
      sleep(60_000, undefined, { signal }).finally(() => {
        rested = true;
      }),
    ]);
    await expect(run).rejects.toThrow('first');
    expect(rested).toBe(true);
  });

  it('throws the first failure and not what followed from it', async () => {
    const run = runTogether(never, (signal) => [
      sleep(60_000, undefined, { signal }),
      sleep(5).then(() => Promise.reject(new Error('the reason'))),
    ]);
    await expect(run).rejects.toThrow('the reason');
  });

  it('passes on an abort from outside', async () => {
    const outer = new AbortController();
    const run = runTogether(outer.signal, (signal) => [sleep(60_000, undefined, { signal })]);
    outer.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});
