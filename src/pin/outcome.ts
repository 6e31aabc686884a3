import { redactError } from '../base/redact-error.ts';
import type { CheckFinding, ExcusedFinding } from '../check/finding.ts';
import type { UndecidedImage } from '../check/outcome.ts';
import type { ImageVerification, ScanMode } from '../policy/effective.ts';
import type { FileFlaw } from '../workload/image-use.ts';
import type { PinChange } from './change.ts';
import type { LeftPlace } from './decide.ts';
import type { Published } from './publish.ts';

/** How pinning ended: `refused` where a new image may not be written, `failed` where something could not be decided or done. */
export type PinResult = 'changed' | 'unchanged' | 'refused' | 'failed';

/** What is known when a run ends, whichever way. */
export interface PinOutcome {
  readonly result: PinResult;
  readonly dryRun: boolean;
  /** How many files were read, and how many places name an image. */
  readonly files: number;
  readonly uses: number;
  /** What was written, or with a dry run would be; by file and line. */
  readonly changes: readonly PinChange[];
  /** The same as a unified diff. */
  readonly diff: string;
  /** What the rules of check say of new images; errors refuse. */
  readonly findings: readonly CheckFinding[];
  readonly excused: readonly ExcusedFinding[];
  readonly undecided: readonly UndecidedImage[];
  /** Places that stay as they are although they are no pinned images. */
  readonly left: readonly LeftPlace[];
  readonly flaws: readonly FileFlaw[];
  readonly published: Published;
  readonly ticket: string | undefined;
  readonly verify: ImageVerification;
  readonly scan: ScanMode;
  readonly policies: readonly string[];
  readonly environment: string | undefined;
  /** Of the run, in seconds. */
  readonly seconds: number;
  /** What ended the whole run. */
  readonly error: unknown;
}

/** What refuses. */
export function listRefusals({ findings }: Pick<PinOutcome, 'findings'>): readonly CheckFinding[] {
  return findings.filter(({ level }) => level === 'error');
}

/** An outcome whose free texts hold no secret: a file may hold one where an image belongs. References that were written stay as they are. */
export function redactPinOutcome(outcome: PinOutcome, redact: (text: string) => string): PinOutcome {
  const clean = <T extends CheckFinding>(finding: T): T => ({
    ...finding,
    image: redact(finding.image),
    message: redact(finding.message),
    hint: redact(finding.hint),
  });
  return {
    ...outcome,
    // What stands beside an image may be one of the secrets of this run.
    diff: redact(outcome.diff),
    findings: outcome.findings.map(clean),
    excused: outcome.excused.map(clean),
    undecided: outcome.undecided.map((each) => ({
      ...each,
      image: redact(each.image),
      error: redactError(each.error, redact),
    })),
    left: outcome.left.map((place) => ({ ...place, use: { ...place.use, text: redact(place.use.text) } })),
    flaws: outcome.flaws.map((flaw) => ({ ...flaw, message: redact(flaw.message) })),
    error: redactError(outcome.error, redact),
  };
}
