import type { CheckFinding } from '../../src/check/finding.ts';
import { type CheckOutcome, concludeCheck } from '../../src/check/outcome.ts';

/** A finding at `file:3:12`; changes lie over it. */
export function sampleFinding(changes: Partial<CheckFinding> = {}): CheckFinding {
  return {
    ...{ file: 'deploy/compose.yml', line: 3, column: 12, where: 'services.web.image', image: 'a.io/x:1.0.0' },
    ...{ rule: 'no-digest', message: 'It has no digest.', hint: 'Pin it.', level: 'error' },
    ...changes,
  };
}

/** A check that passed, and what lies over it; its result follows. */
export function sampleOutcome(changes: Partial<CheckOutcome> = {}): CheckOutcome {
  const outcome = {
    ...{ result: 'passed' as const, files: 2, uses: 4, images: ['a.io/x:1.0.0'], findings: [], excused: [] },
    ...{ undecided: [], ignored: [], verify: 'off' as const, scan: 'off' as const, policies: ['p.yml'] },
    ...{ environment: undefined, sarif: undefined, seconds: 0.4, error: undefined },
    ...changes,
  };
  return { ...outcome, result: concludeCheck(outcome) };
}
