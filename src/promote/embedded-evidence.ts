import { mapConcurrently } from '../base/concurrency.ts';
import { type PromotionRecord, RECORD_PREDICATE } from '../chain/record.ts';
import { toDigestSet } from '../chain/statement.ts';
import { VSA_PREDICATE } from '../chain/vsa.ts';
import { type Digest, digestOf } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import type { Layout } from '../transfer/layout.ts';
import type { FormerEvidence } from './former-evidence.ts';
import { readSignedStatement } from './signed-statement.ts';
import type { AcceptedStatement } from './source-evidence.ts';

/** A record is a few kilobytes, the scan of a large image a few hundred. */
const MAX_CONTENT_BYTES = 1024 * 1024;

/** All that the promotion relied on: nobody else can add to it. */
const RELIED = { bytes: 16 * MAX_CONTENT_BYTES, items: 200 };
/** All else: whoever may push to the source's repository can attach as much as he likes. */
const OTHERS = { bytes: MAX_CONTENT_BYTES, items: 20 };

const CONCURRENT_READS = 4;

/** What goes in first where not everything fits: the way an image went matters most. */
const ORDER: readonly string[] = [RECORD_PREDICATE, VSA_PREDICATE];

/** Former evidence as it stands in the new record. */
export interface EmbeddedEvidence {
  readonly descriptors: PromotionRecord['inputAttestations'];
  /** How many do not fit, and are only named by their digests. */
  readonly bare: number;
  /** How many are not even named, since there are too many. */
  readonly leftOut: number;
}

/** Former evidence as in-toto ResourceDescriptors that carry what was signed, so that the new record holds the whole way. What was relied on comes first, and nothing else takes its room. What is attached in two forms is taken once. */
export async function embedFormerEvidence(
  former: readonly FormerEvidence[],
  repository: Repository,
  layout: Layout,
  relied: readonly AcceptedStatement[] = [],
): Promise<EmbeddedEvidence> {
  const descriptors: PromotionRecord['inputAttestations'][number][] = [];
  const weighed = await mapConcurrently(former, CONCURRENT_READS, (each) => weigh(each, relied, layout));
  const left = { relied: { ...RELIED }, others: { ...OTHERS } };
  let bare = 0;
  let leftOut = 0;
  for (const { manifest, predicateType, signed, reliance } of takeOnce(weighed).toSorted(compareWeights)) {
    const room = reliance > 0 ? left.relied : left.others;
    if (room.items === 0) {
      leftOut++;
      continue;
    }
    room.items--;
    const named = {
      name: predicateType,
      uri: `oci://${repository}@${manifest}`,
      digest: toDigestSet(signed.digest),
      mediaType: signed.mediaType,
    };
    if (signed.size > Math.min(MAX_CONTENT_BYTES, room.bytes)) {
      bare++;
      descriptors.push(named);
      continue;
    }
    room.bytes -= signed.size;
    const content = Buffer.from(await layout.read(signed.digest)).toString('base64');
    descriptors.push({ ...named, content });
  }
  return { descriptors, bare, leftOut };
}

interface WeighedEvidence extends FormerEvidence {
  /** 2 for what was relied on, by its manifest. A legacy tag holds several, and whoever verifies one does not learn which: 1 is for every one that says the very same. 0 for all else. */
  readonly reliance: 0 | 1 | 2;
  /** Of what is signed; of the whole where that is too large, or no statement. */
  readonly payload: Digest;
}

async function weigh(
  former: FormerEvidence,
  relied: readonly AcceptedStatement[],
  layout: Layout,
): Promise<WeighedEvidence> {
  const { manifest, signed } = former;
  const isNamed = relied.some((each) => each.manifest === manifest);
  const text =
    signed.size > MAX_CONTENT_BYTES ? undefined : readSignedStatement(await layout.read(signed.digest))?.payload;
  const unnamed = relied.filter((each) => each.manifest === undefined);
  const says = text === undefined || unnamed.length === 0 ? undefined : normalize(text);
  const isSame = says !== undefined && unnamed.some(({ statement }) => JSON.stringify(statement) === says);
  const payload = text === undefined ? signed.digest : digestOf(text);
  return { ...former, reliance: isNamed ? 2 : isSame ? 1 : 0, payload };
}

/** The first of what says the same, which is the bundle where there are two forms; but what was relied on never gives way. */
function takeOnce(weighed: readonly WeighedEvidence[]): readonly WeighedEvidence[] {
  const known = new Set<Digest>();
  return weighed
    .toSorted((a, b) => b.reliance - a.reliance)
    .filter(({ signed, payload, reliance }) => {
      if (known.has(signed.digest) || (reliance === 0 && known.has(payload))) return false;
      known.add(payload).add(signed.digest);
      return true;
    });
}

function normalize(payload: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Of one type the smallest first, so that a few large ones keep nothing out. */
function compareWeights(a: WeighedEvidence, b: WeighedEvidence): number {
  const byType = placeOf(a) - placeOf(b);
  return b.reliance - a.reliance || byType || a.signed.size - b.signed.size;
}

function placeOf({ predicateType }: FormerEvidence): number {
  const place = ORDER.indexOf(predicateType);
  return place === -1 ? ORDER.length : place;
}
