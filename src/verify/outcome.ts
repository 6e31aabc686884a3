import { redactError } from '../base/redact-error.ts';
import type { ImageChain } from './chain.ts';

/** How verify ended: `refused` where an image was not promoted by anybody who is trusted, `failed` where that could not be decided. */
export type VerifyResult = 'verified' | 'refused' | 'failed';

/** What is known when verify ends, whichever way. */
export interface VerifyOutcome {
  readonly result: VerifyResult;
  /** One entry an image, in the order they were named; empty when nothing could be looked at. */
  readonly images: readonly ImageChain[];
  readonly environment: string | undefined;
  /** Of the run, in seconds. */
  readonly seconds: number;
  /** What ended the whole run. */
  readonly error: unknown;
}

/** The worst of several: what could not be decided comes before what was refused. */
export function joinResults(images: readonly Pick<ImageChain, 'result'>[]): VerifyResult {
  if (images.length === 0 || images.some(({ result }) => result === 'failed')) return 'failed';
  return images.some(({ result }) => result === 'refused') ? 'refused' : 'verified';
}

/** An outcome whose free texts hold no secret. */
export function redactVerifyOutcome(outcome: VerifyOutcome, redact: (text: string) => string): VerifyOutcome {
  return {
    ...outcome,
    images: outcome.images.map((image) => ({
      ...image,
      ...(image.message === undefined ? {} : { message: redact(image.message) }),
      ...(image.hint === undefined ? {} : { hint: redact(image.hint) }),
      ...(image.stages === undefined
        ? {}
        : {
            stages: image.stages.map((stage) => ({
              ...stage,
              ...(stage.reason === undefined ? {} : { reason: redact(stage.reason) }),
            })),
          }),
    })),
    error: redactError(outcome.error, redact),
  };
}
