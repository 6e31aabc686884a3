import { RECORD_PREDICATE } from '../chain/record.ts';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { LegacyLayer } from '../registry/legacy-tags.ts';
import type { LegacyTag } from '../transfer/legacy-tags.ts';
import type { Referrer } from '../transfer/listed-referrer.ts';
import type { SourceReferrers } from '../transfer/referrers.ts';

const PREDICATE_ANNOTATION = 'dev.sigstore.bundle.predicateType';

/** How cosign 2 says it of a layer of its `.att` tag. */
const LEGACY_ANNOTATION = 'predicateType';

/** A record is a few kilobytes; what is much larger, or one of very many, was not put there by a promotion. */
const MAX_RECORD_BYTES = 1024 * 1024;
const MAX_RECORDS = 20;

/** The record of a former promotion: the manifest it was attached with, and its signed bytes. */
export interface FormerRecord {
  readonly manifest: Digest;
  readonly signed: Descriptor;
}

/** Parts what is copied as it is from the records of former promotions, in whichever form, which speak of another repository and travel inside the new record instead. `left` counts those that are too large or too many for that. */
export function splitFormerRecords({ referrers, legacy, leftOut }: SourceReferrers): {
  readonly carried: SourceReferrers;
  readonly former: readonly FormerRecord[];
  readonly left: number;
} {
  const records = [
    ...referrers.filter(isRecord).flatMap(({ content }): FormerRecord[] => {
      const signed = content.manifest.kind === 'manifest' ? content.manifest.layers[0] : undefined;
      return signed === undefined ? [] : [{ manifest: content.digest, signed }];
    }),
    ...legacy.flatMap((tag) =>
      tag.layers
        .filter((layer) => isLegacyRecord(tag, layer))
        .map(({ descriptor }): FormerRecord => ({ manifest: tag.content.digest, signed: descriptor })),
    ),
  ];
  const former = records.filter(({ signed }) => signed.size <= MAX_RECORD_BYTES).slice(0, MAX_RECORDS);
  const carried = {
    referrers: referrers.filter((referrer) => !isRecord(referrer)),
    legacy: legacy
      .map((tag) => ({ ...tag, layers: tag.layers.filter((layer) => !isLegacyRecord(tag, layer)) }))
      .filter(({ layers, content }) => layers.length > 0 || !holdsLayers(content)),
    leftOut,
  };
  return { carried, former, left: records.length - former.length };
}

function isRecord({ content }: Referrer): boolean {
  return content.manifest.annotations[PREDICATE_ANNOTATION] === RECORD_PREDICATE;
}

function isLegacyRecord({ form }: LegacyTag, { descriptor }: LegacyLayer): boolean {
  return form === 'att' && descriptor.annotations[LEGACY_ANNOTATION] === RECORD_PREDICATE;
}

function holdsLayers({ manifest }: LegacyTag['content']): boolean {
  return manifest.kind === 'manifest' && manifest.layers.length > 0;
}
