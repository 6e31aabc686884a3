import { RECORD_PREDICATE } from '../chain/record.ts';
import type { Referrer } from '../transfer/referrers.ts';

const PREDICATE_ANNOTATION = 'dev.sigstore.bundle.predicateType';

/** A record is a few kilobytes; what is much larger, or one of very many, was not put there by a promotion. */
const MAX_RECORD_BYTES = 1024 * 1024;
const MAX_RECORDS = 20;

/** Parts what is copied as it is from the records of former promotions, which speak of another repository and travel inside the new record instead. `left` counts those that are too large or too many for that. */
export function splitFormerRecords(referrers: readonly Referrer[]): {
  readonly carried: readonly Referrer[];
  readonly former: readonly Referrer[];
  readonly left: number;
} {
  const isRecord = ({ content }: Referrer): boolean =>
    content.manifest.annotations[PREDICATE_ANNOTATION] === RECORD_PREDICATE;
  const records = referrers.filter(isRecord);
  const former = records.filter((record) => bundleSize(record) <= MAX_RECORD_BYTES).slice(0, MAX_RECORDS);
  return { carried: referrers.filter((r) => !isRecord(r)), former, left: records.length - former.length };
}

function bundleSize({ content }: Referrer): number {
  return (content.manifest.kind === 'manifest' ? content.manifest.layers[0]?.size : undefined) ?? 0;
}
