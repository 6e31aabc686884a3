import { redactError } from '../base/redact-error.ts';
import type { Outcome } from './outcome.ts';

/** An outcome whose free texts hold no secret: what a registry or a tool said may quote what we sent it. References and paths stay, since later steps use them. */
export function redactOutcome(outcome: Outcome, redact: (text: string) => string): Outcome {
  return {
    ...outcome,
    gates: outcome.gates.map((gate) => ({ ...gate, evidence: redact(gate.evidence) })),
    notes: outcome.notes.map(redact),
    refusals: outcome.refusals.map((refusal) => ({
      ...refusal,
      message: redact(refusal.message),
      ...(refusal.hint === undefined ? {} : { hint: redact(refusal.hint) }),
    })),
    error: redactError(outcome.error, redact),
  };
}
