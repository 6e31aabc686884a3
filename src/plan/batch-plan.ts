import type { BatchPlan } from './batch-schema.ts';
import { formatPlan, type PlanText } from './plan-text.ts';

/** One promotion of an approved batch. */
export interface PlannedPromotion extends PlanText {
  /** Its place in the plan, from 0. */
  readonly index: number;
  readonly bytes: number;
}

/** The promotions of a batch, all of them or those of shard `k` (from 1), each with the plan that its record names by digest. Throws RangeError for a shard that the plan does not have. */
export function listPromotions({ promotions, shards }: BatchPlan, k?: number): PlannedPromotion[] {
  const indices = k === undefined ? promotions.map((_, i) => i) : shards[k - 1];
  if (indices === undefined) throw new RangeError(`the plan has no shard ${k}`);
  return indices.flatMap((index) => {
    const item = promotions[index];
    return item === undefined ? [] : [{ index, bytes: item.bytes, ...formatPlan(item.plan) }];
  });
}

/** Why these shards are no division of `count` promotions; undefined when each stands in exactly one. */
export function findShardFlaw(shards: BatchPlan['shards'], count: number): string | undefined {
  const seen = new Set<number>();
  for (const [i, shard] of shards.entries()) {
    for (const index of shard) {
      if (index >= count) return `shard ${i + 1} names promotion ${index}, which there is not`;
      if (seen.has(index)) return `promotion ${index} stands in two shards`;
      seen.add(index);
    }
  }
  const missing = Array.from({ length: count }, (_, i) => i).find((i) => !seen.has(i));
  return missing === undefined ? undefined : `promotion ${missing} stands in no shard`;
}
