import { mapConcurrently } from '../base/concurrency.ts';
import { RECORD_PREDICATE } from '../chain/record.ts';
import { VSA_PREDICATE } from '../chain/vsa.ts';
import { VULN_PREDICATE } from '../chain/vuln.ts';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { LegacyLayer } from '../registry/legacy-tags.ts';
import type { Layout } from '../transfer/layout.ts';
import type { LegacyTag } from '../transfer/legacy-tags.ts';
import type { Referrer } from '../transfer/listed-referrer.ts';
import type { SourceReferrers } from '../transfer/referrers.ts';
import { readSignedStatement } from './signed-statement.ts';

/** What a promotion itself writes. At a target, another stage's would spoil `cosign verify-attestation` with a policy for ever: all of one type have to pass it. */
const FORMER_TYPES: readonly string[] = [RECORD_PREDICATE, VSA_PREDICATE, VULN_PREDICATE];

const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle';
const BUNDLE_ANNOTATION = 'dev.sigstore.bundle.predicateType';

/** How cosign 2 says it of a layer of its `.att` tag. */
const LEGACY_ANNOTATION = 'predicateType';

/** Of what is larger only the annotation is believed. */
const MAX_READ_BYTES = 32 * 1024 * 1024;
const CONCURRENT_READS = 4;

/** A record, summary or scan of a former stage: the manifest it was attached with, and its signed bytes. */
export interface FormerEvidence {
  readonly manifest: Digest;
  readonly predicateType: string;
  readonly signed: Descriptor;
}

/** Parts what is copied as it is from the evidence of former promotions, in whichever form, which speaks of another repository and travels inside the new record instead. What is signed tells which it is; an annotation, which anybody can write, only where that cannot be read. */
export async function splitFormerEvidence(
  { referrers, legacy, leftOut }: SourceReferrers,
  layout: Layout,
): Promise<{ readonly carried: SourceReferrers; readonly former: readonly FormerEvidence[] }> {
  const formerReferrers = await mapConcurrently(referrers, CONCURRENT_READS, (referrer) =>
    readFormerReferrer(referrer, layout),
  );
  const tags = await mapConcurrently(legacy, 1, (tag) => splitLegacyTag(tag, layout));
  return {
    carried: {
      referrers: referrers.filter((_, i) => formerReferrers[i] === undefined),
      legacy: tags.flatMap(({ carried }) => carried ?? []),
      leftOut,
    },
    former: [...formerReferrers.flatMap((found) => found ?? []), ...tags.flatMap(({ former }) => former)],
  };
}

async function readFormerReferrer({ content }: Referrer, layout: Layout): Promise<FormerEvidence | undefined> {
  const { manifest, digest } = content;
  const signed = manifest.kind === 'manifest' ? manifest.layers[0] : undefined;
  if (signed === undefined) return undefined;
  const told = manifest.annotations[BUNDLE_ANNOTATION];
  if (told === undefined && !signed.mediaType.startsWith(BUNDLE_TYPE)) return undefined;
  const predicateType = await readType(signed, told, layout);
  return isFormer(predicateType) ? { manifest: digest, predicateType, signed } : undefined;
}

async function splitLegacyTag(
  tag: LegacyTag,
  layout: Layout,
): Promise<{ readonly carried: LegacyTag | undefined; readonly former: readonly FormerEvidence[] }> {
  if (tag.form !== 'att') return { carried: tag, former: [] };
  const former: FormerEvidence[] = [];
  const layers: LegacyLayer[] = [];
  for (const layer of tag.layers) {
    const { descriptor } = layer;
    const predicateType = await readType(descriptor, descriptor.annotations[LEGACY_ANNOTATION], layout);
    if (isFormer(predicateType)) former.push({ manifest: tag.content.digest, predicateType, signed: descriptor });
    else layers.push(layer);
  }
  return { carried: layers.length === 0 && former.length > 0 ? undefined : { ...tag, layers }, former };
}

async function readType(signed: Descriptor, told: string | undefined, layout: Layout): Promise<string | undefined> {
  if (signed.size > MAX_READ_BYTES) return told;
  return readSignedStatement(await layout.read(signed.digest))?.predicateType ?? told;
}

function isFormer(predicateType: string | undefined): predicateType is string {
  return predicateType !== undefined && FORMER_TYPES.includes(predicateType);
}
