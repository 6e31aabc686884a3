import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchPlan } from '../plan/batch-schema.ts';
import type { Plan } from '../plan/plan-schema.ts';
import { type BatchPlanText, formatBatchPlan } from '../plan/plan-text.ts';
import type { BatchPlanFile, ItemOutcome } from './outcome.ts';
import { countShards, cutShards } from './shard.ts';

/** Writes down the plan of a batch: the approved one, else, of a dry run, what it refused nothing of, cut for `shards` jobs. Undefined when there is nothing to approve. */
export async function keepBatchPlan(
  items: readonly ItemOutcome[],
  { plan: approved, dryRun, shards }: BatchPlanWish,
  results: string,
): Promise<BatchPlanFile | undefined> {
  const plan = approved ?? (dryRun ? await composePlan(items, shards) : undefined);
  if (plan === undefined) return undefined;
  const path = join(results, 'plan.json');
  await writeFile(path, plan.text);
  const { batch, digest } = plan;
  return { path, digest, shards: batch.shards.length, count: batch.promotions.length };
}

/** What of a request says which plan is kept. */
export interface BatchPlanWish {
  readonly plan: BatchPlanText | undefined;
  readonly dryRun: boolean;
  readonly shards: number | undefined;
}

async function composePlan(
  items: readonly ItemOutcome[],
  shards: number | undefined,
): Promise<BatchPlanText | undefined> {
  const promotions: BatchPlan['promotions'] = [];
  for (const { outcome } of items) {
    if (outcome.result !== 'planned' || outcome.plan === undefined) continue;
    // As this very run wrote it, in a directory of its own.
    const plan = JSON.parse(await readFile(outcome.plan.path, 'utf8')) as Plan;
    promotions.push({ bytes: outcome.bytes ?? 0, plan });
  }
  if (promotions.length === 0) return undefined;
  const sizes = promotions.map(({ bytes }) => bytes);
  return formatBatchPlan({ version: 1, promotions, shards: cutShards(sizes, countShards(sizes.length, shards)) });
}
