import { type Digest, digestOf } from '../image/digest.ts';
import { type Descriptor, parseManifest } from '../image/manifest.ts';
import { OCI_CONFIG, OCI_MANIFEST } from '../image/media-type.ts';
import { formatReference, type TagReference } from '../image/reference.ts';
import { composeLegacy, type LegacyLayer } from '../registry/legacy-tags.ts';
import type { ManifestContent } from '../registry/manifest.ts';

/** What a payload of the older form says it is. */
export const LEGACY_SIGNATURE_TYPE = 'cosign container image signature';

const PAYLOAD_TYPE = 'application/vnd.dev.cosign.simplesigning.v1+json';
const SIGNATURE_ANNOTATION = 'dev.cosignproject.cosign/signature';

/** A payload and cosign's signature of it, in base64. */
export interface SignedPayload {
  readonly payload: Uint8Array;
  readonly signature: string;
}

/** What is to stand under a `.sig` tag, in the form in which legacy tags are pushed: its layers join those that are there. */
export interface LegacySignature {
  readonly subject: Digest;
  readonly form: 'sig';
  readonly content: ManifestContent;
  readonly layers: readonly LegacyLayer[];
  /** What has to be there before the manifest. */
  readonly blobs: readonly { readonly descriptor: Descriptor; readonly bytes: Uint8Array }[];
}

/** The bytes to sign: "this tag means this digest", which a `sigstoreSigned` policy compares with what it pulls. For an image of an index it is the tag of the index. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
export function makeLegacyPayload(
  target: TagReference,
  digest: Digest,
  annotations: Readonly<Record<string, string>>,
): Uint8Array {
  const optional = Object.entries(annotations).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const payload = {
    critical: {
      identity: { 'docker-reference': formatReference(target) },
      image: { 'docker-manifest-digest': digest },
      type: LEGACY_SIGNATURE_TYPE,
    },
    optional: optional.length === 0 ? null : Object.fromEntries(optional),
  };
  return Buffer.from(JSON.stringify(payload));
}

/** The `.sig` of a digest with these signatures, a layer for each; byte for byte as cosign writes it. */
export function makeLegacySignature(subject: Digest, signed: readonly SignedPayload[]): LegacySignature {
  const payloads = signed.map(({ payload, signature }) => ({
    bytes: payload,
    descriptor: {
      mediaType: PAYLOAD_TYPE,
      size: payload.length,
      digest: digestOf(payload),
      annotations: { [SIGNATURE_ANNOTATION]: signature },
    },
  }));
  const layers = payloads.map(({ descriptor }) => ({ descriptor, written: descriptor }));
  const { manifest, config } = composeLegacy(EMPTY, layers);
  return {
    subject,
    form: 'sig',
    content: { ...manifest, manifest: parseManifest(manifest.bytes, manifest.mediaType) },
    layers,
    blobs: [config, ...payloads.map(({ descriptor, bytes }) => ({ descriptor, bytes }))],
  };
}

/** What cosign begins with; https://github.com/opencontainers/image-spec/blob/main/manifest.md */
const EMPTY: ManifestContent = (() => {
  const config = { mediaType: OCI_CONFIG, size: 2, digest: digestOf('{}') };
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers: [] }));
  return { digest: digestOf(bytes), mediaType: OCI_MANIFEST, bytes, manifest: parseManifest(bytes, OCI_MANIFEST) };
})();
