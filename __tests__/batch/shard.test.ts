import { describe, expect, it } from '@jest/globals';
import { FieldReader } from '../../src/base/fields.ts';
import { countShards, cutShards, readShard, takeShard } from '../../src/batch/shard.ts';
import { PROMOTE_INPUTS } from '../../src/promote/inputs.ts';

const MiB = 1024 * 1024;

describe('a share of a file', () => {
  it('is every n-th item from the k-th on', () => {
    expect(takeShard(['a', 'b', 'c', 'd', 'e'], { k: 2, n: 3 })).toEqual(['b', 'e']);
    expect(takeShard(['a'], { k: 2, n: 3 })).toEqual([]);
    expect(takeShard(['a', 'b'], undefined)).toEqual(['a', 'b']);
  });
});

describe('a cut by bytes', () => {
  it('spreads small images by their number', () => {
    expect(cutShards([1, 2, 3, 4], 2).map(({ length }) => length)).toEqual([2, 2]);
  });

  it('gives one large image a shard of its own', () => {
    expect(cutShards([MiB, 9000 * MiB, MiB, MiB], 2)).toEqual([[1], [0, 2, 3]]);
  });
});

describe('the number of shards', () => {
  it.each([
    [1, undefined, 1],
    [25, undefined, 1],
    [26, undefined, 2],
    [300, undefined, 12],
    [100_000, undefined, 256],
    [100, 4, 4],
    [3, 8, 3],
  ])('of %i images, with %s asked for, is %i', (count, wanted, shards) => {
    expect(countShards(count, wanted)).toBe(shards);
  });
});

describe('the input shard', () => {
  const read = (shard: string, planned?: number) => {
    const fields = new FieldReader({ shard, promotions: 'p' }, PROMOTE_INPUTS);
    return { shard: readShard(fields, planned), problems: fields.problems.map(({ message }) => message) };
  };

  it('is k/n, and nothing when it is empty', () => {
    expect(read(' 2/4 ')).toEqual({ shard: { k: 2, n: 4 }, problems: [] });
    expect(read('')).toEqual({ shard: undefined, problems: [] });
  });

  it.each(['0/4', '5/4', '1', '1/0', '-1/4', '01/4', '1/4/2', 'a/b', '1.5/4', '1 / 4'])('is not %s', (text) => {
    expect(read(text)).toEqual({ shard: undefined, problems: [`is ${JSON.stringify(text)}.`] });
  });

  it('has the n of the plan', () => {
    expect(read('2/4', 4).problems).toEqual([]);
    expect(read('2/5', 4)).toEqual({ shard: undefined, problems: ['is 2/5, and the plan is cut for 4.'] });
  });
});
