import type { EvidenceReader } from '../chain/evidence-reader.ts';
import { RECORD_PREDICATE } from '../chain/record.ts';
import type { TrustList } from '../policy/trust.ts';
import { type AcceptedRecord, acceptRecords, type WantedPromotion } from './accepted-record.ts';
import { findTrustedAttestations } from './trusted-attestations.ts';

/** The records of a digest: those that count, and what else there is. */
export interface FoundPromotions {
  /** The newest first. */
  readonly accepted: readonly AcceptedRecord[];
  /** A sentence for each that verifies, and speaks of another promotion. */
  readonly refused: readonly string[];
  /** A sentence for each that nobody vouches for who is trusted, or that cannot be read. */
  readonly others: readonly string[];
  /** How many records there are by somebody else. */
  readonly strangers: number;
}

/** Finds the records of a promotion that somebody of each list has signed. */
export async function findPromotions(
  evidence: EvidenceReader,
  wanted: WantedPromotion,
  lists: readonly TrustList[],
): Promise<FoundPromotions> {
  const found = await findTrustedAttestations(evidence, wanted.digest, RECORD_PREDICATE, lists);
  return { others: found.others, strangers: found.strangers, ...acceptRecords(found.verified, wanted) };
}

/** Why none of the records counts, in words and as a code. */
export function explainNoPromotion({ refused, others, strangers }: Omit<FoundPromotions, 'accepted'>): {
  readonly code: 'OTHER_PROMOTION' | 'UNTRUSTED_SIGNER' | 'NOT_PROMOTED';
  readonly message: string;
} {
  if (refused.length > 0) return { code: 'OTHER_PROMOTION', message: refused.join(' ') };
  const message = [
    strangers > 0 ? 'No promotion record by a trusted signer.' : 'No promotion record.',
    ...others.map((sentence) => (sentence.endsWith('.') ? sentence : `${sentence}.`)),
  ].join(' ');
  return { code: strangers > 0 ? 'UNTRUSTED_SIGNER' : 'NOT_PROMOTED', message };
}
