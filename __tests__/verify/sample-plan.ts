import { digestOf } from '../../src/image/digest.ts';
import type { BatchPlan } from '../../src/plan/batch-schema.ts';
import type { Plan } from '../../src/plan/plan-schema.ts';
import { formatBatchPlan, formatPlan } from '../../src/plan/plan-text.ts';

/** A plan to promote `the image` to these tags. */
export function samplePlan(targets: readonly string[], changes: Partial<Plan> = {}): Plan {
  return {
    version: 1,
    source: {
      reference: 'dev.test/app:1',
      digest: digestOf('the image'),
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
    },
    targets: targets.map((reference) => ({ reference, action: 'write' })),
    scan: { mode: 'enforce', severity: ['CRITICAL'], ignoreUnfixed: false },
    writes: { signature: true, record: true, referrers: 'copy' },
    policies: [],
    ...changes,
  };
}

/** What the inputs `plan` and `plan-digest` are for this plan, and the file it lies in. */
export function givePlan(plan: Plan | BatchPlan): {
  readonly inputs: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
} {
  const { text, digest } = 'promotions' in plan ? formatBatchPlan(plan) : formatPlan(plan);
  return { inputs: { images: '', plan: 'plan.json', 'plan-digest': digest }, files: { 'plan.json': text } };
}

/** These plans as one batch, dealt out to shards in turn. */
export function sampleBatch(plans: readonly Plan[], shards: number): BatchPlan {
  const all = plans.map((_, i) => i);
  return {
    version: 1,
    promotions: plans.map((plan) => ({ bytes: 1, plan })),
    shards: Array.from({ length: shards }, (_, k) => all.filter((i) => i % shards === k)),
  };
}
