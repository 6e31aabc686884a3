import type { ReadContext } from '../base/action.ts';
import { FieldReader } from '../base/fields.ts';
import { throwProblems } from '../inputs/policy-files.ts';
import { readApprovedPlan } from '../plan/plan-file.ts';
import type { BatchPlanText } from '../plan/plan-text.ts';
import { PROMOTE_INPUTS } from '../promote/inputs.ts';
import { type PromoteRequest, readOne } from '../promote/request.ts';
import type { Shard } from './shard.ts';

/** One promotion of a batch. */
export interface BatchItem {
  /** Its place in the promotions file or the plan, from 1. */
  readonly number: number;
  readonly request: PromoteRequest;
}

/** Everything a batch was asked for, checked as far as it can be without a registry. */
export interface BatchRequest {
  /** Those that this run carries out: none where the batch has fewer than shards. */
  readonly items: readonly BatchItem[];
  /** How many the whole batch has, whatever the shard. */
  readonly total: number;
  readonly shard: Shard | undefined;
  /** How many jobs a dry run cuts its plan for; undefined for the default. */
  readonly shards: number | undefined;
  readonly maxParallel: number;
  readonly failFast: boolean;
  /** The approved plan that is to be carried out, and nothing else. */
  readonly plan: BatchPlanText | undefined;
  /** What holds for all of them, with the request of one that is not there when the share is empty. */
  readonly shared: SharedRequest;
}

/** What of a promotion is the same for all of a batch. */
export type SharedRequest = Omit<PromoteRequest, 'source' | 'targets' | 'plan' | 'category'>;

/** One image, or a batch of them. */
export type AnyRequest = PromoteRequest | BatchRequest;

/** Turns raw inputs into a request, for a batch where they name promotions or the plan of one; throws UsageError with every problem at once. */
export async function readAnyRequest(raw: Readonly<Record<string, string>>, context: ReadContext): Promise<AnyRequest> {
  const fields = new FieldReader(raw, PROMOTE_INPUTS);
  const plan = await readApprovedPlan(fields, context.files);
  const isBatch = fields.isGiven('promotions') || (plan !== undefined && 'batch' in plan);
  if (!isBatch) return readOne(fields, plan, raw, context);
  const { readBatch } = await import('./read-batch.ts');
  const request = await readBatch(fields, plan, raw, context);
  throwProblems(fields.problems);
  return request;
}

/** True for a batch. */
export function isBatchRequest(request: AnyRequest): request is BatchRequest {
  return 'items' in request;
}
