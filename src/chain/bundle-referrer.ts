import { type Digest, digestOf } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import { OCI_EMPTY, OCI_MANIFEST, SIGSTORE_BUNDLE } from '../image/media-type.ts';

/** A Sigstore bundle as cosign 3 stores it: a manifest with a subject, an empty config and the bundle as its one layer. */
export interface BundleReferrer {
  readonly manifest: Uint8Array;
  /** As it must stand in a fallback index: with artifact type and annotations. */
  readonly descriptor: Descriptor;
  /** The content that has to be there before the manifest. */
  readonly blobs: readonly { readonly descriptor: Descriptor; readonly bytes: Uint8Array }[];
}

/** Builds the referrer of `subject` that holds this bundle; `created` becomes its OCI annotation. */
export function makeBundleReferrer(
  subject: { readonly mediaType: string; readonly digest: Digest; readonly size: number },
  bundle: Uint8Array,
  predicateType: string,
  created: Date,
): BundleReferrer {
  const config = describe(OCI_EMPTY, new TextEncoder().encode('{}'));
  const layer = describe(SIGSTORE_BUNDLE, bundle);
  const annotations = {
    'dev.sigstore.bundle.content': 'dsse-envelope',
    'dev.sigstore.bundle.predicateType': predicateType,
    'org.opencontainers.image.created': created.toISOString(),
  };
  const manifest = new TextEncoder().encode(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      artifactType: SIGSTORE_BUNDLE,
      config: pick(config.descriptor),
      layers: [pick(layer.descriptor)],
      subject: pick(subject),
      annotations,
    }),
  );
  return {
    manifest,
    descriptor: {
      mediaType: OCI_MANIFEST,
      digest: digestOf(manifest),
      size: manifest.length,
      artifactType: SIGSTORE_BUNDLE,
      annotations,
    },
    blobs: [config, layer],
  };
}

function describe(
  mediaType: string,
  bytes: Uint8Array,
): { readonly descriptor: Descriptor; readonly bytes: Uint8Array } {
  return { descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length, annotations: {} }, bytes };
}

function pick({ mediaType, digest, size }: { mediaType: string; digest: Digest; size: number }): object {
  return { mediaType, digest, size };
}
