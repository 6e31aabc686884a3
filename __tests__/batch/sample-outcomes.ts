import type { BatchOutcome, ItemOutcome } from '../../src/batch/outcome.ts';
import { joinResults } from '../../src/batch/outcome.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseReference, pinReference } from '../../src/image/reference.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { parseTarget, sampleOutcome } from '../promote/sample-outcome.ts';

/** One promotion of staging.example/shop/NAME:1.0 to prod.example/shop/NAME:1.0. */
export function sampleItem(number: number, changes: Partial<Outcome> & { readonly code?: string } = {}): ItemOutcome {
  const { code, ...rest } = changes;
  const name = `service-${String(number).padStart(3, '0')}`;
  const source = parseReference(`staging.example/shop/${name}:1.0`);
  const end = { result: changes.result ?? 'promoted', ...(code === undefined ? {} : { code }) } as const;
  const outcome = sampleOutcome({
    ...{ source, pinned: pinReference(source, digestOf(name)), scan: undefined },
    targets: [{ target: parseTarget(`prod.example/shop/${name}:1.0`), ...end }],
    ...rest,
  });
  return { number, outcome, begun: true };
}

/** A batch of these. */
export function sampleBatch(items: readonly ItemOutcome[], changes: Partial<BatchOutcome> = {}): BatchOutcome {
  return {
    result: joinResults(items),
    items,
    total: items.length,
    ...{ shard: undefined, dryRun: false, environment: undefined, plan: undefined },
    ...{ scanReports: undefined, sarif: undefined, imagesFile: undefined, seconds: 312, error: undefined },
    ...changes,
  };
}
