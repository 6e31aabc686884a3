import {
  type BuiltImage,
  CONFIG_TYPE,
  ContentSet,
  type Descriptor,
  type Format,
  INDEX_TYPE,
  MANIFEST_TYPE,
} from './descriptor.ts';

/** How to tie images together. */
export interface IndexOptions {
  readonly format?: Format;
  /** true: each child gets a provenance attestation in the way BuildKit files one. */
  readonly attestations?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
}

const IN_TOTO = 'application/vnd.in-toto+json';
const PROVENANCE = 'https://slsa.dev/provenance/v1';

/** Builds an index, or a Docker manifest list, over these children; indexes may be children too. */
export function buildIndex(children: readonly BuiltImage[], options: IndexOptions = {}): BuiltImage {
  const { format = 'oci', annotations, artifactType } = options;
  const set = new ContentSet();
  for (const child of children) set.addAll(child);
  const beside = options.attestations === true ? children.map((child) => addAttestation(set, child.root)) : [];
  const root = set.addManifest({
    schemaVersion: 2,
    mediaType: INDEX_TYPE[format],
    ...(artifactType === undefined ? {} : { artifactType }),
    manifests: [...children.map((child) => child.root), ...beside],
    ...(annotations === undefined ? {} : { annotations }),
  });
  return { root, contents: set.contents };
}

/** https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md */
function addAttestation(set: ContentSet, subject: Descriptor): Descriptor {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'pkg:docker/lab', digest: { sha256: subject.digest.slice('sha256:'.length) } }],
    predicateType: PROVENANCE,
    predicate: { buildDefinition: { buildType: 'https://example.test/lab' }, runDetails: { builder: { id: 'lab' } } },
  };
  const layer = set.addBlob(JSON.stringify(statement), IN_TOTO, {
    annotations: { 'in-toto.io/predicate-type': PROVENANCE },
  });
  const config = set.addBlob(
    JSON.stringify({
      architecture: 'unknown',
      os: 'unknown',
      config: {},
      rootfs: { type: 'layers', diff_ids: [layer.digest] },
    }),
    CONFIG_TYPE.oci,
  );
  const manifest = set.addManifest({ schemaVersion: 2, mediaType: MANIFEST_TYPE.oci, config, layers: [layer] });
  return {
    ...manifest,
    annotations: {
      'vnd.docker.reference.digest': subject.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    },
    platform: { architecture: 'unknown', os: 'unknown' },
  };
}
