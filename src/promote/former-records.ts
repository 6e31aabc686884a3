import { RECORD_PREDICATE } from '../chain/record.ts';
import type { Referrer } from '../transfer/referrers.ts';

const PREDICATE_ANNOTATION = 'dev.sigstore.bundle.predicateType';

/** Parts what is copied as it is from the records of former promotions, which speak of another repository and travel inside the new record instead. */
export function splitFormerRecords(referrers: readonly Referrer[]): {
  readonly carried: readonly Referrer[];
  readonly former: readonly Referrer[];
} {
  const isRecord = ({ content }: Referrer): boolean =>
    content.manifest.annotations[PREDICATE_ANNOTATION] === RECORD_PREDICATE;
  return { carried: referrers.filter((r) => !isRecord(r)), former: referrers.filter(isRecord) };
}
