import type { Refusal } from './refusal.ts';

/** One thing that had to hold, and whether it did. `reported` counted without refusing; `off` was not asked for. */
export interface Gate {
  readonly name: string;
  readonly verdict: 'passed' | 'refused' | 'reported' | 'off';
  /** What the verdict rests on, in a sentence. */
  readonly evidence: string;
}

/** A gate out of the refusals of its rule. */
export function toGate(name: string, refusals: readonly Refusal[], passed: string): Gate {
  if (refusals.length === 0) return { name, verdict: 'passed', evidence: passed };
  return { name, verdict: 'refused', evidence: refusals.map((refusal) => refusal.message).join(' ') };
}
