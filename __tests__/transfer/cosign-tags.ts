import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { ContentSet, type Descriptor, INDEX_TYPE, MANIFEST_TYPE } from '../../lab/image/descriptor.ts';

/** A layer of one of cosign's older tags. */
export interface LegacyPart {
  readonly bytes: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

const LAYER_TYPES = {
  sig: 'application/vnd.dev.cosign.simplesigning.v1+json',
  att: 'application/vnd.dsse.envelope.v1+json',
  sbom: 'text/spdx+json',
} as const;

/** What cosign 2 stores under `sha256-<hex>.sig` and the like: an image of which each layer is one signature. */
export function buildLegacy(form: keyof typeof LAYER_TYPES, ...parts: readonly LegacyPart[]): BuiltImage {
  const set = new ContentSet();
  const layers = parts.map(({ bytes, annotations }) =>
    set.addBlob(bytes, LAYER_TYPES[form], annotations === undefined ? {} : { annotations }),
  );
  const rootfs = { type: 'layers', diff_ids: layers.map(({ digest }) => digest) };
  const config = set.addBlob(JSON.stringify({ rootfs }), 'application/vnd.oci.image.config.v1+json');
  const root = set.addManifest({ schemaVersion: 2, mediaType: MANIFEST_TYPE.oci, config, layers });
  return { root, contents: set.contents };
}

/** A signature over one payload: the payload is the same for every key, the annotation is not. */
export function signatureOf(signature: string, bytes = 'payload'): LegacyPart {
  return { bytes, annotations: { 'dev.cosignproject.cosign/signature': signature } };
}

/** An index where cosign would have written an image. */
export function buildEmptyIndex(): BuiltImage {
  const set = new ContentSet();
  const root = set.addManifest({ schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests: [] });
  return { root, contents: set.contents };
}

/** The tag of a form for this subject. */
export function tagOfLegacy(subject: Pick<Descriptor, 'digest'>, form: keyof typeof LAYER_TYPES): string {
  return `${subject.digest.replace(':', '-')}.${form}`;
}
