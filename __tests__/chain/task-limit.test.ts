import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createTaskLimit } from '../../src/chain/task-limit.ts';

describe('a task limit', () => {
  it('lets as many tasks run at a time as it says, in order, and all of them in the end', async () => {
    const limit = createTaskLimit(2);
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const results = await Promise.all(
      [0, 1, 2, 3, 4].map((i) =>
        limit(async () => {
          started.push(i);
          most = Math.max(most, ++running);
          await sleep(5);
          running--;
          return i * 2;
        }),
      ),
    );
    expect(results).toEqual([0, 2, 4, 6, 8]);
    expect(started).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
  });

  it('gives the room of a task that failed to the next one', async () => {
    const limit = createTaskLimit(1);
    const failing = limit(() => Promise.reject(new Error('no')));
    const next = limit(async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
