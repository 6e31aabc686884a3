import type { FieldReader } from '../base/fields.ts';

/** A share of a batch: `k` of `n`, from 1. */
export interface Shard {
  readonly k: number;
  readonly n: number;
}

/** A job matrix of GitHub holds no more; https://docs.github.com/en/actions/reference/limits */
export const MAX_SHARDS = 256;
/** Of a plan, where nobody says how many jobs it is for. */
const ITEMS_PER_SHARD = 25;
/** What signing and the round trips of one image take, as bytes that a runner moves in the same time: many small images are work too. */
const BYTES_PER_IMAGE = 32 * 1024 * 1024;

/** As it is given and shown: `k/n`. */
export function formatShard({ k, n }: Shard): string {
  return `${k}/${n}`;
}

/** Reads the input `shard`; `planned` is how many the approved plan has. */
export function readShard(fields: FieldReader, planned: number | undefined): Shard | undefined {
  if (!fields.isGiven('shard')) return undefined;
  const text = fields.text('shard');
  const [, k = 0, n = 0] = (/^([1-9]\d{0,8})\/([1-9]\d{0,8})$/.exec(text) ?? []).map(Number);
  if (k === 0 || k > n) {
    const fix = 'Write k/n such as 1/4, with k from 1 to n.';
    fields.addProblem('shard', `is ${JSON.stringify(text.slice(0, 40))}.`, fix);
    return undefined;
  }
  if (planned !== undefined && n !== planned) {
    const fix = 'Hand on the matrix output of the step that made the plan, as strategy.matrix of this job.';
    fields.addProblem('shard', `is ${text}, and the plan is cut for ${planned}.`, fix);
    return undefined;
  }
  return { k, n };
}

/** Those of a file that belong to a shard, without a plan: every n-th, beginning with the k-th. All shards together are the file, each item once. */
export function takeShard<T>(items: readonly T[], shard: Shard | undefined): readonly T[] {
  return shard === undefined ? items : items.filter((_, index) => index % shard.n === shard.k - 1);
}

/** How many jobs a batch is cut for: as many as are wanted, but none without work. */
export function countShards(count: number, wanted: number | undefined): number {
  return Math.min(count, MAX_SHARDS, wanted ?? Math.ceil(count / ITEMS_PER_SHARD));
}

/** Cuts a batch for `count` jobs, by the index of its items: the largest first, each to whom has the least so far. The same sizes give the same cut. */
export function cutShards(bytes: readonly number[], count: number): number[][] {
  const shards = Array.from({ length: count }, () => ({ load: 0, items: [] as number[] }));
  const largestFirst = bytes
    .map((size, index) => ({ size, index }))
    .sort((a, b) => b.size - a.size || a.index - b.index);
  for (const { size, index } of largestFirst) {
    const lightest = shards.reduce((least, shard) => (shard.load < least.load ? shard : least));
    lightest.load += size + BYTES_PER_IMAGE;
    lightest.items.push(index);
  }
  return shards.map(({ items }) => items.sort((a, b) => a - b));
}
