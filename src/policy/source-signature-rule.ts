import type { Digest } from '../image/digest.ts';
import { formatReference, type Reference } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { describeAnchors, isListed } from './listed-anchor.ts';
import { listForeign } from './quote.ts';
import type { Refusal } from './refusal.ts';
import { INPUTS, type TrustList } from './trust.ts';

/** The signatures that were found at a source, and one of the lists that must be satisfied. */
export interface SourceSignatures {
  readonly source: Reference;
  readonly digest: Digest;
  readonly trust: TrustList;
  /** Signatures that were verified, each under its anchor; only those of this list's anchors count. */
  readonly verified: readonly { readonly anchor: TrustAnchor; readonly signer: string }[];
  /** Who else signed it, or why a signature did not verify. */
  readonly others: readonly string[];
}

/** Refuses a source that nobody of the list has signed: any attestation by the same signer is no signature. */
export function judgeSourceSignature({
  source,
  digest,
  trust,
  verified,
  others,
}: SourceSignatures): Refusal | undefined {
  if (verified.some(({ anchor }) => isListed(trust, anchor))) return undefined;
  const name = source.kind === 'digest' ? formatReference(source) : `${formatReference(source)} (${digest})`;
  const found = [...verified.map(({ signer }) => signer), ...others];
  const wanted =
    trust.anchors.length === 0
      ? `Nobody whom ${trust.policy} names may vouch for it now.`
      : `${demandOf(trust)} a signature by ${describeAnchors(trust)}, and none was found that verifies.`;
  const message = [
    `The source ${name} is not signed as it must be: ${wanted}`,
    ...trust.lapsed,
    found.length === 0 ? 'No other signature was found there.' : `Found instead: ${listForeign(found)}.`,
  ].join(' ');
  return { code: 'SOURCE_UNSIGNED', message, hint: advise(trust), ...policiesOf(trust) };
}

/** Who demands it, as the start of a sentence's rest. */
export function demandOf({ policy }: TrustList): string {
  return policy === INPUTS ? `${policy} demand` : `${policy} demands`;
}

/** The inputs are no policy. */
export function policiesOf({ policy }: TrustList): { readonly policies?: readonly string[] } {
  return policy === INPUTS ? {} : { policies: [policy] };
}

function advise(trust: TrustList): string {
  if (trust.policy === INPUTS) {
    return 'Sign the source with that key or from that workflow (an attestation is no signature), or name the signer it has in the source-* inputs.';
  }
  if (trust.anchors.length === 0) {
    return `Give a signer of the role source in ${trust.policy} dates and images that cover this, or add the one who signs now.`;
  }
  return `Sign the source as one of them (cosign sign; an attestation is no signature), or add the signer it has to signers in ${trust.policy}, with the role source.`;
}
