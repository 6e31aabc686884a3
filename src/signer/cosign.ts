import { SignerError } from './error.ts';

/** One entry of what `cosign verify -o json` prints. */
export interface VerifiedClaim {
  readonly digest: string;
  /** The `docker-reference` that was signed: in the older form the name that the signature is for, else the reference that was looked at. */
  readonly reference: string;
  /** `https://sigstore.dev/cosign/sign/v1` for a signature; the predicate type of an attestation, which cosign verifies just as happily. */
  readonly type: string;
  /** What was signed beside the digest. */
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** Parses what `cosign verify -o json` prints; throws VERIFICATION_FAILED when it is something else. */
export function parseClaims(stdout: string): VerifiedClaim[] {
  try {
    const entries = JSON.parse(stdout) as {
      critical: {
        type: string;
        image: { 'docker-manifest-digest': string };
        identity?: { 'docker-reference'?: string } | null;
      };
      optional?: Record<string, unknown> | null;
    }[];
    return entries.map(({ critical, optional }) => ({
      type: critical.type,
      digest: critical.image['docker-manifest-digest'],
      reference: critical.identity?.['docker-reference'] ?? '',
      annotations: optional ?? {},
    }));
  } catch (cause) {
    throw new SignerError('VERIFICATION_FAILED', 'cosign verify printed something that is not its JSON', { cause });
  }
}

/** Parses what `cosign verify-attestation` prints, one DSSE envelope a line, into statements; https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
export function parseEnvelopes(stdout: string): unknown[] {
  try {
    const envelopes = stdout.split('\n').filter((line) => line.trim() !== '');
    return envelopes.map((line) => {
      const { payload } = JSON.parse(line) as { payload: string };
      return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
    });
  } catch (cause) {
    throw new SignerError('VERIFICATION_FAILED', 'cosign verify-attestation printed something that is not DSSE', {
      cause,
    });
  }
}
