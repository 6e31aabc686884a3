import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/error.ts';
import { HOSTILE_MANIFESTS } from './manifests.ts';
import { takeImage } from './take.ts';

/** Milliseconds of processor time, and bytes: nobody waits longer, and no runner has less. */
const MAX_TIME = 6_000;
const MAX_MEMORY = 400_000_000;

describe('a hostile manifest', () => {
  it.each(HOSTILE_MANIFESTS)(
    '$name: $says',
    async ({ make, ends }) => {
      const { end, cost } = await takeImage(make());
      if ('code' in ends) {
        expect(end).toBeInstanceOf(DomainError);
        expect(end).toMatchObject({ code: ends.code, message: expect.stringMatching(ends.message) });
        expect((end as DomainError).message.length).toBeLessThan(600);
      } else {
        expect(end).toMatchObject(ends);
      }
      expect(cost.time).toBeLessThan(MAX_TIME);
      expect(cost.memory).toBeLessThan(MAX_MEMORY);
    },
    60_000,
  );

  it('has a name of its own', () => {
    expect(new Set(HOSTILE_MANIFESTS.map(({ name }) => name)).size).toBe(HOSTILE_MANIFESTS.length);
  });
});
