import type { Digest } from '../image/digest.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { type Asker, openAsker, type TrustSettings } from './asker.ts';
import { demandCaller } from './caller-repository.ts';
import { isImageRefuted, isTransient } from './complaint.ts';
import { parseClaims, parseEnvelopes, type VerifiedClaim } from './cosign.ts';
import type { CosignResult } from './cosign-process.ts';
import { SignerError } from './error.ts';
import { makeUndecided } from './undecided.ts';
import { refuteBundle } from './verify-bundle.ts';

/** What a verifier needs. */
export type VerifierContext = TrustSettings;

/** Whether a bundle holds, and if not, why. */
export type BundleVerdict = { readonly valid: true } | { readonly valid: false; readonly reason: string };

/** Who signed what, as cosign sees it. What it could not decide is thrown as VERIFICATION_UNDECIDED, and is never a verdict. */
export interface Verifier {
  /** One bundle by its own bytes: that it is a statement of this type about this digest, and by the anchor. */
  verifyBundle(bundle: Uint8Array, digest: Digest, predicateType: string, anchor: TrustAnchor): Promise<BundleVerdict>;
  /** The payloads of a legacy `.sig` of `host/repository@digest` that verify, none when none does. For an identity by a pattern without a repository there are none: cosign does not show for whom a certificate is. */
  verifyLegacySignatures(reference: string, anchor: TrustAnchor): Promise<readonly VerifiedClaim[]>;
  /** The statements of one type in a legacy `.att` that verify; as above. */
  verifyLegacyAttestations(reference: string, predicateType: string, anchor: TrustAnchor): Promise<readonly unknown[]>;
  /** `cosign verify` as a stranger would run it, in the newer or the legacy form: its claims, which may be attestations. Throws VERIFICATION_FAILED with what cosign said. */
  verifyImage(reference: string, anchor: TrustAnchor, form?: 'legacy'): Promise<readonly VerifiedClaim[]>;
  /** The statements of one type that `cosign verify-attestation` accepts. Throws VERIFICATION_FAILED with what cosign said. */
  verifyAttestation(reference: string, anchor: TrustAnchor, predicateType: string): Promise<readonly unknown[]>;
}

const LEGACY = '--new-bundle-format=false';
const LEGACY_TYPE = 'cosign container image signature';

/** Prepares cosign to verify; throws TRUST_UNUSABLE for a trusted root that is none. */
export async function createVerifier(context: VerifierContext): Promise<Verifier> {
  const asker = await openAsker(context);
  let serial = 0;
  const askClaims = (reference: string, anchor: TrustAnchor, form: readonly string[]) =>
    askImage(asker, 'verify', anchor, [...form, '--output', 'json', reference]);
  const askStatements = (reference: string, anchor: TrustAnchor, type: string, form: readonly string[]) =>
    askImage(asker, 'verify-attestation', anchor, [...form, '--type', type, reference]);

  return {
    async verifyBundle(bundle, digest, predicateType, anchor) {
      const name = `bundle-${++serial}`;
      const reason = await refuteBundle(asker, name, bundle, { digest, predicateType, anchor });
      return reason === undefined ? { valid: true } : { valid: false, reason };
    },
    async verifyLegacySignatures(reference, anchor) {
      const result = await askClaims(reference, anchor, [LEGACY]);
      if (result === undefined || isRefuted('verify', result)) return [];
      return parseClaims(result.stdout).filter(({ type }) => type === LEGACY_TYPE);
    },
    async verifyLegacyAttestations(reference, predicateType, anchor) {
      const result = await askStatements(reference, anchor, predicateType, [LEGACY]);
      if (result === undefined || isRefuted('verify-attestation', result)) return [];
      return parseEnvelopes(result.stdout).filter((statement) => typeOf(statement) === predicateType);
    },
    async verifyImage(reference, anchor, form) {
      const result = await askClaims(reference, anchor, form === 'legacy' ? [LEGACY] : []);
      return parseClaims(demandSuccess('verify', anchor, result).stdout);
    },
    async verifyAttestation(reference, anchor, predicateType) {
      const result = await askStatements(reference, anchor, predicateType, []);
      return parseEnvelopes(demandSuccess('verify-attestation', anchor, result).stdout);
    },
  };
}

/** Undefined when cosign cannot be told for whom a certificate must be. */
async function askImage(
  asker: Asker,
  verb: 'verify' | 'verify-attestation',
  anchor: TrustAnchor,
  args: readonly string[],
): Promise<CosignResult | undefined> {
  const demand = anchor.kind === 'key' ? {} : demandCaller(anchor);
  return demand === 'unknown' ? undefined : asker.ask({ verb, anchor, args, repository: demand.repository });
}

function isRefuted(verb: string, result: CosignResult): boolean {
  if (result.code === 0) return false;
  if (isImageRefuted(result)) return true;
  throw makeUndecided(verb, result);
}

function demandSuccess(verb: string, anchor: TrustAnchor, result: CosignResult | undefined): CosignResult {
  if (result === undefined) {
    throw new SignerError('VERIFICATION_FAILED', `${anchor.name} leaves open for whose repository it signed`, {
      hint: 'Name the repository beside the identity: a reusable workflow signs with the same one for everyone.',
    });
  }
  if (result.code === 0) return result;
  if (result.code === null || isTransient(result)) throw makeUndecided(verb, result);
  throw new SignerError(
    'VERIFICATION_FAILED',
    `cosign ${verb} ended with exit code ${result.code}: ${result.complaint}`,
  );
}

function typeOf(statement: unknown): unknown {
  return (statement as { predicateType?: unknown } | null)?.predicateType;
}
