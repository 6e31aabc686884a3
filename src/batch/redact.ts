import { redactError } from '../base/redact-error.ts';
import { redactOutcome } from '../promote/redact.ts';
import type { BatchOutcome } from './outcome.ts';

/** An outcome whose free texts hold no secret, as of each of its promotions. */
export function redactBatch(outcome: BatchOutcome, redact: (text: string) => string): BatchOutcome {
  return {
    ...outcome,
    items: outcome.items.map((item) => ({ ...item, outcome: redactOutcome(item.outcome, redact) })),
    error: redactError(outcome.error, redact),
  };
}
