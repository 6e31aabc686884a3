import { redactError } from '../base/redact-error.ts';
import type { Digest } from '../image/digest.ts';
import type { Reference } from '../image/reference.ts';
import type { Gate } from '../policy/gate.ts';
import type { Refusal } from '../policy/refusal.ts';
import type { ScanSummary } from '../steps/scan-summary.ts';
import type { StatedTrust } from '../steps/trust-flags.ts';

/** How a scan ended: `refused` for what the policy refuses, `failed` where that could not be decided. */
export type ScanResult = 'clean' | 'refused' | 'failed';

/** The attestation that an image carries now. */
export interface ImageAttestation {
  readonly result: 'attached' | 'unchanged';
  /** The referrer that holds it; undefined for one in a legacy tag. */
  readonly manifest: Digest | undefined;
}

/** What became of one image: everything that was learned until it ended. */
export interface ImageOutcome {
  readonly image: Reference;
  readonly result: ScanResult;
  /** Undefined when it could not be resolved. */
  readonly digest: Digest | undefined;
  readonly scan: ScanSummary | undefined;
  readonly gates: readonly Gate[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly string[];
  /** Undefined when nothing was to be attested, or might be. */
  readonly attestation: ImageAttestation | undefined;
  /** Why it is `failed`. */
  readonly error: unknown;
}

/** What is known when a run ends, whichever way. */
export interface ScanOutcome {
  readonly result: ScanResult;
  /** In the order in which they were named; those that were not begun are missing. */
  readonly images: readonly ImageOutcome[];
  readonly environment: string | undefined;
  readonly attest: boolean;
  /** The findings of all images; undefined when nothing was scanned. */
  readonly sarifPath: string | undefined;
  readonly trust: StatedTrust;
  /** Of the run, in seconds. */
  readonly seconds: number;
  /** What ended the whole run. */
  readonly error: unknown;
}

/** The worst of several: what could not be decided comes before what was refused. */
export function joinResults(images: readonly Pick<ImageOutcome, 'result'>[]): ScanResult {
  if (images.length === 0 || images.some(({ result }) => result === 'failed')) return 'failed';
  return images.some(({ result }) => result === 'refused') ? 'refused' : 'clean';
}

/** An outcome whose free texts hold no secret. References and paths stay, since later steps use them. */
export function redactScanOutcome(outcome: ScanOutcome, redact: (text: string) => string): ScanOutcome {
  return {
    ...outcome,
    images: outcome.images.map((image) => ({
      ...image,
      gates: image.gates.map((gate) => ({ ...gate, evidence: redact(gate.evidence) })),
      notes: image.notes.map(redact),
      refusals: image.refusals.map((refusal) => ({
        ...refusal,
        message: redact(refusal.message),
        ...(refusal.hint === undefined ? {} : { hint: redact(refusal.hint) }),
      })),
      error: redactError(image.error, redact),
    })),
    error: redactError(outcome.error, redact),
  };
}
