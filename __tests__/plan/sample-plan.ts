import { digestOf } from '../../src/image/digest.ts';
import type { BatchPlan } from '../../src/plan/batch-schema.ts';
import type { Plan } from '../../src/plan/plan-schema.ts';
import { type BatchPlanText, formatBatchPlan } from '../../src/plan/plan-text.ts';

/** The plan that promotes dev.test/NAME to prod.test/NAME. */
export function samplePlan(name: string, changes: Partial<Plan> = {}): Plan {
  return {
    version: 1,
    source: { reference: `dev.test/${name}`, digest: digestOf(name), mediaType: 'm' },
    targets: [{ reference: `prod.test/${name}`, action: 'write' }],
    scan: { mode: 'enforce', severity: ['CRITICAL'], ignoreUnfixed: false },
    writes: { signature: true, record: true, referrers: 'copy' },
    policies: [],
    ...changes,
  };
}

/** The plan of a batch of these, cut as `shards` says. */
export function sampleBatchPlan(
  names: readonly string[],
  shards: BatchPlan['shards'] = [names.map((_, i) => i)],
): BatchPlanText {
  const promotions = names.map((name, i) => ({ bytes: 100 * (i + 1), plan: samplePlan(name) }));
  return formatBatchPlan({ version: 1, promotions, shards });
}
