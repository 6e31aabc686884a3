import type { Annotation, ExitCode } from '../base/action.ts';
import { DomainError } from '../base/error.ts';
import type { VERIFY_OUTPUTS } from './inputs.ts';
import type { VerifyOutcome } from './outcome.ts';

/** The outputs of a run that ended before there was an outcome. */
export const NO_VERIFY_OUTPUTS: Readonly<Record<keyof typeof VERIFY_OUTPUTS, string>> = {
  result: 'failed',
  chain: '[]',
};

/** An outcome as the outputs of the action. */
export function toVerifyOutputs({ result, images }: VerifyOutcome): Record<keyof typeof VERIFY_OUTPUTS, string> {
  return { result, chain: JSON.stringify(images) };
}

/** 0 when every image is verified, else 1: whoever asks wants a yes, and anything else is none. `result` tells a refusal from what could not be decided. */
export function toVerifyExitCode({ result, error }: VerifyOutcome): ExitCode {
  if (result === 'verified') return 0;
  return error instanceof DomainError && error.code === 'USAGE' ? 2 : 1;
}

/** One for each image that is not verified. */
export function toVerifyAnnotations({ images }: VerifyOutcome): Annotation[] {
  return images
    .filter(({ result }) => result !== 'verified')
    .map(({ image, code = 'FAILED', message = '', hint }) => ({ title: code, message: `${image}: ${message}`, hint }));
}
