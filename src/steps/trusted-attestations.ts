import type { EvidenceReader, FoundAttestation } from '../chain/evidence-reader.ts';
import { type Digest, digestOf } from '../image/digest.ts';
import type { TrustList } from '../policy/trust.ts';

/** Attestations that every list of trust accepts, and a sentence for each that does not count, or each signer that is not asked. */
export interface TrustedAttestations {
  readonly verified: readonly FoundAttestation[];
  readonly others: readonly string[];
  /** How many of the very type there are that a list does not accept. */
  readonly strangers: number;
}

/** Finds the attestations of a type that somebody of each list has signed: one list after the other, so that no list loosens another. */
export async function findTrustedAttestations(
  evidence: EvidenceReader,
  digest: Digest,
  predicateType: string,
  lists: readonly TrustList[],
): Promise<TrustedAttestations> {
  let verified: readonly FoundAttestation[] | undefined;
  const others: string[] = [];
  let strangers = 0;
  for (const { policy, anchors, lapsed } of lists) {
    if (anchors.length === 0) others.push(`By ${policy}, nobody may vouch for this repository now.`, ...lapsed);
    const found = await evidence.findAttestations(digest, predicateType, anchors);
    others.push(...found.others);
    strangers += found.strangers;
    const names = new Set(found.verified.map(nameOf));
    verified = verified === undefined ? found.verified : verified.filter((each) => names.has(nameOf(each)));
    if (found.verified.length === 0) others.push(...lapsed);
  }
  return { verified: verified ?? [], others: [...new Set(others)], strangers };
}

/** The same attestation may be attached in two forms: its text says that it is the same. */
function nameOf({ statement }: FoundAttestation): string {
  return digestOf(JSON.stringify(statement) ?? '');
}
