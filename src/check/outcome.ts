import { redactError } from '../base/redact-error.ts';
import type { ImageVerification, ScanMode } from '../policy/effective.ts';
import type { CheckedUse, CheckFinding, ExcusedFinding } from './finding.ts';

/** How a check ended: `refused` where a file breaks a rule, `failed` where that could not be decided. */
export type CheckResult = 'passed' | 'refused' | 'failed';

/** An image of which a registry or a tool could not tell what was asked. */
export interface UndecidedImage {
  readonly image: string;
  /** Where it is named. */
  readonly uses: readonly CheckedUse[];
  readonly error: unknown;
}

/** What is known when a check ends, whichever way. */
export interface CheckOutcome {
  readonly result: CheckResult;
  /** How many files were read; 0 for objects of a cluster. */
  readonly files: number;
  /** How many places name an image. */
  readonly uses: number;
  /** The distinct images, as they are written. */
  readonly images: readonly string[];
  /** By file and line. */
  readonly findings: readonly CheckFinding[];
  readonly excused: readonly ExcusedFinding[];
  readonly undecided: readonly UndecidedImage[];
  /** Objects of a cluster that name no image, counted by kind. */
  readonly ignored: readonly string[];
  readonly verify: ImageVerification;
  readonly scan: ScanMode;
  /** The policies that were asked. */
  readonly policies: readonly string[];
  readonly environment: string | undefined;
  /** Where SARIF was written. */
  readonly sarif: string | undefined;
  /** Of the run, in seconds. */
  readonly seconds: number;
  /** What ended the whole run. */
  readonly error: unknown;
}

/** What refuses. */
export function listViolations({ findings }: Pick<CheckOutcome, 'findings'>): readonly CheckFinding[] {
  return findings.filter(({ level }) => level === 'error');
}

/** The worst there is: what could not be decided comes before what was refused. */
export function concludeCheck(outcome: Pick<CheckOutcome, 'findings' | 'undecided' | 'error'>): CheckResult {
  if (outcome.error !== undefined || outcome.undecided.length > 0) return 'failed';
  return listViolations(outcome).length > 0 ? 'refused' : 'passed';
}

/** An outcome whose free texts hold no secret: a file may hold one where an image belongs. */
export function redactCheckOutcome(outcome: CheckOutcome, redact: (text: string) => string): CheckOutcome {
  const clean = <T extends CheckFinding>(finding: T): T => ({
    ...finding,
    image: redact(finding.image),
    message: redact(finding.message),
    hint: redact(finding.hint),
  });
  return {
    ...outcome,
    images: outcome.images.map(redact),
    findings: outcome.findings.map(clean),
    excused: outcome.excused.map(clean),
    undecided: outcome.undecided.map((each) => ({
      ...each,
      image: redact(each.image),
      error: redactError(each.error, redact),
    })),
    error: redactError(outcome.error, redact),
  };
}
