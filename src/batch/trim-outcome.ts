import type { Outcome } from '../promote/outcome.ts';

/** As many as an output tells of one refusal. */
const MAX_FINDINGS = 100;

/** An outcome without what only its own summary would show: with all findings of all its images, a batch would fill the memory. The scan report has them. With `keepsFindings` the summary of the batch can show what refuses this one. */
export function trimOutcome(outcome: Outcome, keepsFindings: boolean): Outcome {
  const { scan, refusals } = outcome;
  return {
    ...outcome,
    refusals: refusals.map((refusal) =>
      refusal.findings === undefined ? refusal : { ...refusal, findings: refusal.findings.slice(0, MAX_FINDINGS) },
    ),
    scan:
      scan === undefined || keepsFindings
        ? scan
        : { ...scan, platforms: [], verdict: { ...scan.verdict, blocking: [], refusals: [] } },
  };
}

/** True for an image whose findings are worth showing. */
export function isVulnerable({ refusals }: Pick<Outcome, 'refusals'>): boolean {
  return refusals.some(({ code }) => code === 'VULNERABLE');
}
