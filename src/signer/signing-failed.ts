import { describeEnd } from './complaint.ts';
import type { CosignResult } from './cosign-process.ts';
import { SignerError } from './error.ts';
import { formatSigningKey, type SigningKey } from './key.ts';

/** The error for a signature that cosign did not make. */
export function makeSigningFailed(verb: string, result: CosignResult, key: SigningKey): SignerError {
  const who = key.kind === 'keyless' ? 'without a key' : `with ${formatSigningKey(key)}`;
  const hint = explain(result.complaint, key);
  return new SignerError('SIGNING_FAILED', `cosign ${verb} ${who} ${describeEnd(result)}: ${result.complaint}`, {
    ...(hint === undefined ? {} : { hint }),
  });
}

const REFUSED_TOKEN = /Fulcio returned 4\d\d|subject from identity token|retrieving ID token/i;
const OUT_OF_REACH =
  /\bTUF\b|tuf-repo|connection refused|no such host|unreachable|proxyconnect|timeout|did not end in time|closed response body|unexpected response: (?:429|5\d\d)/i;

function explain(complaint: string, key: SigningKey): string | undefined {
  if (REFUSED_TOKEN.test(complaint))
    return 'Fulcio refused the OIDC token: it must be fresh, by an issuer this Fulcio knows, and for the audience it expects (sigstore).';
  if (!OUT_OF_REACH.test(complaint)) return undefined;
  if (key.kind === 'kms') return 'Open the way to the KMS, and to Sigstore where the policy wants a log.';
  return key.kind === 'keyless'
    ? 'Open the way to Sigstore, or give signing-config and trusted-root of your own.'
    : 'Without access to Sigstore, say signature: { transparencyLog: false } in the policy.';
}
