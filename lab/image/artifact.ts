import { type BuiltImage, ContentSet, type Descriptor, EMPTY_TYPE, MANIFEST_TYPE } from './descriptor.ts';

/** What an artifact is made of: one config and one layer, such as a Helm chart's or a WASM module's. */
export interface ArtifactOptions {
  readonly artifactType?: string;
  readonly configType: string;
  /** Default `{}`. */
  readonly config?: string | Uint8Array;
  readonly layerType: string;
  readonly layer: string | Uint8Array;
  readonly layerAnnotations?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What is said about a subject. */
export interface ReferrerOptions {
  readonly artifactType: string;
  readonly bytes: string | Uint8Array;
  /** Media type of the layer; default the artifact type. */
  readonly layerType?: string;
  readonly layerAnnotations?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Builds an artifact that is not a container image; https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidelines-for-artifact-usage */
export function buildArtifact(options: ArtifactOptions): BuiltImage {
  return build(options, undefined);
}

/** Builds an artifact whose `subject` is this descriptor, which need not exist yet. */
export function buildReferrer(subject: Descriptor, options: ReferrerOptions): BuiltImage {
  const { artifactType, bytes, layerType = artifactType, ...rest } = options;
  return build({ ...rest, artifactType, configType: EMPTY_TYPE, layerType, layer: bytes }, subject);
}

function build(options: ArtifactOptions, subject: Descriptor | undefined): BuiltImage {
  const { artifactType, annotations, layerAnnotations } = options;
  const set = new ContentSet();
  const config = set.addBlob(options.config ?? '{}', options.configType);
  const layer = set.addBlob(
    options.layer,
    options.layerType,
    layerAnnotations === undefined ? {} : { annotations: layerAnnotations },
  );
  const root = set.addManifest({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE.oci,
    ...(artifactType === undefined ? {} : { artifactType }),
    config,
    layers: [layer],
    ...(subject === undefined ? {} : { subject: pick(subject) }),
    ...(annotations === undefined ? {} : { annotations }),
  });
  return { root: artifactType === undefined ? root : { ...root, artifactType }, contents: set.contents };
}

function pick({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}
