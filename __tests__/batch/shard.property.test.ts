import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countShards, cutShards, takeShard } from '../../src/batch/shard.ts';
import { hold } from '../property-runs.ts';

const MiB = 1024 * 1024;
const sizes = fc.array(fc.integer({ min: 0, max: 20_000 * MiB }), { minLength: 1, maxLength: 80 });

describe('the shares of a file', () => {
  it('are together the file, each item once, and alike in length', () => {
    hold(fc.tuple(fc.array(fc.string()), fc.integer({ min: 1, max: 12 })), ([texts, n]) => {
      const items = texts.map((text, i) => ({ text, i }));
      const shares = Array.from({ length: n }, (_, i) => takeShard(items, { k: i + 1, n }));
      expect(shares.flat().sort((a, b) => a.i - b.i)).toEqual(items);
      const lengths = shares.map(({ length }) => length);
      expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
    });
  });
});

describe('a cut by bytes', () => {
  it('has every image once and no empty shard, and the same sizes give the same cut', () => {
    hold(fc.tuple(sizes, fc.integer({ min: 1, max: 12 })), ([bytes, wanted]) => {
      const count = countShards(bytes.length, wanted);
      const shards = cutShards(bytes, count);
      expect(shards.flat().sort((a, b) => a - b)).toEqual(bytes.map((_, i) => i));
      expect(shards).toHaveLength(count);
      expect(shards.every(({ length }) => length > 0)).toBe(true);
      expect(cutShards([...bytes], count)).toEqual(shards);
    });
  });

  it('has no shard that is more than the largest image above the lightest', () => {
    hold(fc.tuple(sizes, fc.integer({ min: 2, max: 8 })), ([bytes, wanted]) => {
      const weigh = (shard: readonly number[]): number =>
        shard.reduce((sum, index) => sum + (bytes[index] ?? 0) + 32 * MiB, 0);
      const loads = cutShards(bytes, countShards(bytes.length, wanted)).map(weigh);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...bytes) + 32 * MiB);
    });
  });
});
