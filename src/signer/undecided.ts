import type { CosignResult } from './cosign-process.ts';
import { SignerError } from './error.ts';

/** The error for a run of cosign that came to no verdict. */
export function makeUndecided(verb: string, { complaint }: CosignResult): SignerError {
  return new SignerError('VERIFICATION_UNDECIDED', `cosign ${verb} could not decide: ${complaint}`, {
    hint: /\bTUF\b|tuf-repo/.test(complaint)
      ? "The public Sigstore's trusted root could not be fetched: open the way to it, give trusted-root, or say transparencyLog: false for a key."
      : 'Check the key, trusted root or registry that cosign names, then run the job again.',
  });
}
