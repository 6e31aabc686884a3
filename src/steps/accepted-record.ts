import type { FoundAttestation } from '../chain/evidence-reader.ts';
import type { PromotionRecord } from '../chain/record.ts';
import { readRecord } from '../chain/target-statement.ts';
import type { Digest } from '../image/digest.ts';
import type { Repository, Tag } from '../image/reference.ts';

/** What a record must be about. A signature alone says none of it. */
export interface WantedPromotion {
  readonly repository: Repository;
  readonly digest: Digest;
  /** The tag that was named; undefined when only a digest was. */
  readonly tag: Tag | undefined;
  readonly environment: string | undefined;
}

/** A record that counts, and who signed it. */
export interface AcceptedRecord {
  readonly record: PromotionRecord;
  readonly signer: string;
  /** The referrer that holds it; absent in cosign's older form. */
  readonly manifest?: Digest;
}

/** Parts verified statements into the records that speak of this very promotion, the newest first, and a sentence for each that does not. */
export function acceptRecords(
  found: readonly FoundAttestation[],
  wanted: WantedPromotion,
): { readonly accepted: readonly AcceptedRecord[]; readonly refused: readonly string[] } {
  const accepted: AcceptedRecord[] = [];
  const refused: string[] = [];
  for (const { statement, signer, manifest } of found) {
    const record = readRecord(statement, wanted);
    const flaw = record === undefined ? 'is about another repository, or has another form' : findMisfit(record, wanted);
    if (record !== undefined && flaw === undefined)
      accepted.push({ record, signer, ...(manifest === undefined ? {} : { manifest }) });
    else refused.push(`The record by ${signer} ${flaw}.`);
  }
  accepted.sort((a, b) => b.record.finishedAt.localeCompare(a.record.finishedAt));
  return { accepted, refused };
}

function findMisfit(record: PromotionRecord, { repository, tag, environment }: WantedPromotion): string | undefined {
  if (environment !== undefined && record.environment !== environment) {
    return `is for ${record.environment === undefined ? 'no environment' : `the environment ${record.environment}`}, not for ${environment}`;
  }
  if (tag !== undefined && !record.targets.includes(`${repository}:${tag}`)) {
    return `approves ${record.targets.join(', ')}, not the tag ${tag}`;
  }
  return undefined;
}
