import { type Digest, digestAlgorithm, digestHex, digestOf } from '../image/digest.ts';
import { type Descriptor, type ImageManifest, parseDescriptor } from '../image/manifest.ts';
import { isLayerType, OCI_CONFIG } from '../image/media-type.ts';
import { parseReference, type Repository, type Tag } from '../image/reference.ts';
import type { ManifestContent } from './manifest.ts';
import type { ManifestUpload } from './manifest-put.ts';

/** What cosign 1 and 2 kept under a tag made of the digest: signatures, attestations, one SBOM; https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
export type LegacyForm = 'sig' | 'att' | 'sbom';

export const LEGACY_FORMS: readonly LegacyForm[] = ['sig', 'att', 'sbom'];

/** One layer of such a manifest, which is one signature or attestation, and its descriptor as it was written. */
export interface LegacyLayer {
  readonly descriptor: Descriptor;
  readonly written: object;
}

/** `sha256-<hex>.sig` and the like; undefined for a digest too long to be a tag. */
export function legacyTag(repository: Repository, subject: Digest, form: LegacyForm): Tag | undefined {
  if (digestAlgorithm(subject) !== 'sha256') return undefined;
  const reference = parseReference(`${repository}:sha256-${digestHex(subject)}.${form}`);
  return reference.kind === 'tag' ? reference.tag : undefined;
}

/** True for what cosign writes there: an image manifest without filesystem layers. An index, or an image that could be run, was never scanned. */
export function isLegacyContent(
  content: ManifestContent,
): content is ManifestContent & { readonly manifest: ImageManifest } {
  const { manifest } = content;
  return manifest.kind === 'manifest' && !manifest.layers.some(({ mediaType }) => isLayerType(mediaType));
}

/** The layers of a legacy manifest. */
export function legacyLayers(content: ManifestContent): readonly LegacyLayer[] {
  return (readJson(content).layers ?? []).map((written, i) => ({
    written,
    descriptor: parseDescriptor(written, `layers[${i}]`),
  }));
}

/** Those of `wanted` that are not among `present`. Two keys sign the same payload, so the annotations, which hold the signature, count as well. */
export function missingLayers(present: readonly LegacyLayer[], wanted: readonly LegacyLayer[]): readonly LegacyLayer[] {
  const known = new Set(present.map(identify));
  return wanted.filter((layer) => !known.has(identify(layer)));
}

/** A manifest with these layers and all else of `base`, under a config as cosign makes it. Its layers are not compressed, so each is its own diff_id. */
export function composeLegacy(
  base: ManifestContent,
  layers: readonly LegacyLayer[],
): {
  readonly manifest: ManifestUpload;
  readonly config: { readonly descriptor: Descriptor; readonly bytes: Uint8Array };
} {
  const created = '0001-01-01T00:00:00Z';
  const config = Buffer.from(
    JSON.stringify({
      ...{ architecture: '', created, history: layers.map(() => ({ created })), os: '' },
      ...{ rootfs: { type: 'layers', diff_ids: layers.map(({ descriptor }) => descriptor.digest) }, config: {} },
    }),
  );
  const json = readJson(base);
  const mediaType = json.config?.mediaType ?? OCI_CONFIG;
  const descriptor = { mediaType, size: config.length, digest: digestOf(config) };
  const bytes = Buffer.from(
    JSON.stringify({ ...json, config: descriptor, layers: layers.map(({ written }) => written) }),
  );
  return {
    manifest: { bytes, mediaType: base.mediaType, digest: digestOf(bytes) },
    config: { descriptor: { ...descriptor, annotations: {} }, bytes: config },
  };
}

function identify({ descriptor: { digest, annotations } }: LegacyLayer): string {
  return JSON.stringify([digest, ...Object.entries(annotations).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

function readJson({ bytes }: ManifestContent): {
  readonly layers?: object[];
  readonly config?: { mediaType?: string };
} {
  return JSON.parse(new TextDecoder().decode(bytes)) as ReturnType<typeof readJson>;
}
