import { describe, expect, it } from '@jest/globals';
import { settle } from '../../src/registry/settle.ts';
import { createRecordingClient } from './recording-client.ts';

async function waitAfter(took: number, writes: number, random = 0): Promise<number> {
  const waits: number[] = [];
  const retry = { now: () => 10_000, random: () => random, sleep: async (ms: number) => void waits.push(ms) };
  await settle(createRecordingClient({ retry }).client.transport, 10_000 - took, writes);
  return waits[0] ?? Number.NaN;
}

describe('settle', () => {
  it('waits as long as other writers may need from reading to writing: three times as long as we did', async () => {
    expect(await waitAfter(10, 1)).toBe(200);
    expect(await waitAfter(1_000, 1)).toBe(3_000);
  });

  it('spreads writers further apart the more often they met, within bounds', async () => {
    expect(await waitAfter(10, 1, 1)).toBe(400);
    expect(await waitAfter(10, 4, 0.5)).toBe(600);
    expect(await waitAfter(10, 100, 1)).toBe(1_800);
  });

  it('ends when it is cancelled', async () => {
    const retry = { sleep: () => Promise.reject(new Error('aborted')) };
    await expect(settle(createRecordingClient({ retry }).client.transport, 0, 1)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
