import { type PromotionRecord, RECORD_PREDICATE } from '../chain/record.ts';
import { toDigestSet } from '../chain/statement.ts';
import { VSA_PREDICATE } from '../chain/vsa.ts';
import type { Repository } from '../image/reference.ts';
import type { Layout } from '../transfer/layout.ts';
import type { FormerEvidence } from './former-evidence.ts';
import { readSignedStatement } from './signed-statement.ts';

/** A record is a few kilobytes, the scan of a large image a few hundred. */
const MAX_CONTENT_BYTES = 1024 * 1024;
const MAX_TOTAL_BYTES = 4 * MAX_CONTENT_BYTES;

/** What goes in first where not everything fits: the way an image went matters most. */
const ORDER: readonly string[] = [RECORD_PREDICATE, VSA_PREDICATE];

/** Former evidence as it stands in the new record. */
export interface EmbeddedEvidence {
  readonly descriptors: PromotionRecord['inputAttestations'];
  /** How many are too large, and are only named by their digests. */
  readonly bare: number;
}

/** Former evidence as in-toto ResourceDescriptors that carry what was signed, so that the new record holds the whole way. What is attached in two forms is taken once. */
export async function embedFormerEvidence(
  former: readonly FormerEvidence[],
  repository: Repository,
  layout: Layout,
): Promise<EmbeddedEvidence> {
  const descriptors: PromotionRecord['inputAttestations'][number][] = [];
  const known = new Set<string>();
  let total = 0;
  let bare = 0;
  for (const { manifest, predicateType, signed } of sortByWeight(former)) {
    const named = {
      name: predicateType,
      uri: `oci://${repository}@${manifest}`,
      digest: toDigestSet(signed.digest),
      mediaType: signed.mediaType,
    };
    const bytes = signed.size > MAX_CONTENT_BYTES ? undefined : await layout.read(signed.digest);
    const key = (bytes && readSignedStatement(bytes)?.payload) ?? signed.digest;
    if (known.has(key)) continue;
    known.add(key);
    if (bytes === undefined || total + bytes.length > MAX_TOTAL_BYTES) {
      bare++;
      descriptors.push(named);
    } else {
      total += bytes.length;
      descriptors.push({ ...named, content: Buffer.from(bytes).toString('base64') });
    }
  }
  return { descriptors, bare };
}

function sortByWeight(former: readonly FormerEvidence[]): readonly FormerEvidence[] {
  const placeOf = ({ predicateType }: FormerEvidence): number => {
    const place = ORDER.indexOf(predicateType);
    return place === -1 ? ORDER.length : place;
  };
  return former.toSorted((a, b) => placeOf(a) - placeOf(b));
}
