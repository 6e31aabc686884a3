import { type Digest, digestOf } from '../image/digest.ts';
import type { BatchPlan } from './batch-schema.ts';
import type { Plan } from './plan-schema.ts';

/** A plan as the file it is kept in, and what it is known by. */
export interface PlanText {
  readonly plan: Plan;
  readonly text: string;
  /** Of the text, sha256. */
  readonly digest: Digest;
}

/** The plan of a batch as the file it is kept in, and what it is known by. */
export interface BatchPlanText {
  readonly batch: BatchPlan;
  readonly text: string;
  /** Of the text, sha256. */
  readonly digest: Digest;
}

/** Writes a plan down. */
export function formatPlan(plan: Plan): PlanText {
  const text = `${JSON.stringify(plan, null, 2)}\n`;
  return { plan, text, digest: digestOf(text) };
}

/** Writes the plan of a batch down, a line for each promotion, so that two of them can be compared line by line. */
export function formatBatchPlan(batch: BatchPlan): BatchPlanText {
  const promotions = batch.promotions.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
  const shards = batch.shards.map((shard) => `    ${JSON.stringify(shard)}`).join(',\n');
  const text = `{\n  "version": 1,\n  "promotions": [\n${promotions}\n  ],\n  "shards": [\n${shards}\n  ]\n}\n`;
  return { batch, text, digest: digestOf(text) };
}
