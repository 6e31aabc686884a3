import { digestOf } from '../registry/digest.ts';
import {
  type BuiltImage,
  CONFIG_TYPE,
  ContentSet,
  type Descriptor,
  type Format,
  MANIFEST_TYPE,
  type Platform,
} from './descriptor.ts';
import { type Distribution, type Jar, listJarFiles, listSystemFiles, type Package } from './filesystem.ts';
import { type BuiltLayer, buildLayer, type Compression, type LayerContent } from './layer.ts';

/** What to build. Without options: a Debian 12 without packages for linux/amd64. */
export interface ImageOptions {
  readonly distribution?: Distribution;
  readonly packages?: readonly Package[];
  readonly platform?: Platform;
  readonly format?: Format;
  /** Layers above the distribution's. */
  readonly layers?: readonly LayerContent[];
  /** Each becomes a layer of its own. */
  readonly jars?: readonly Jar[];
  /** For layers that do not say themselves; default gzip. */
  readonly compression?: Compression;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** What the config says instead of the truth about its layers. */
  readonly claimedDiffIds?: readonly string[];
}

/** Builds a container image in memory; the same options give the same digests on one version of Node. */
export function buildImage(options: ImageOptions = {}): BuiltImage {
  const { format = 'oci', platform = { os: 'linux', architecture: 'amd64' } } = options;
  const set = new ContentSet();
  const built: BuiltLayer[] = [];
  const layers: Descriptor[] = [];
  for (const content of listLayers(options, platform)) {
    const layer = buildLayer(content, format, options.compression ?? 'gzip');
    built.push(layer);
    layers.push(addLayer(set, layer, content.foreign));
  }
  const config = set.addBlob(
    JSON.stringify({
      created: '2026-01-01T00:00:00Z',
      ...platform,
      config: { Cmd: ['/bin/true'], ...(options.labels === undefined ? {} : { Labels: options.labels }) },
      rootfs: { type: 'layers', diff_ids: options.claimedDiffIds ?? built.map(({ tar }) => digestOf(tar)) },
      history: built.map(() => ({ created: '2026-01-01T00:00:00Z', created_by: 'lab' })),
    }),
    CONFIG_TYPE[format],
  );
  const root = set.addManifest({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE[format],
    config,
    layers,
    ...(options.annotations === undefined ? {} : { annotations: options.annotations }),
  });
  return { root: { ...root, platform }, contents: set.contents };
}

/** The digests of an image's layer archives before compression: what an honest config claims. */
export function listDiffIds(options: ImageOptions): string[] {
  const { format = 'oci', platform = { os: 'linux', architecture: 'amd64' } } = options;
  return listLayers(options, platform).map((content) => digestOf(buildLayer(content, format, 'none').tar));
}

function listLayers(options: ImageOptions, platform: Platform): LayerContent[] {
  const { distribution = 'debian 12', packages = [], layers = [], jars = [] } = options;
  const system = listSystemFiles(distribution, packages, platform.architecture);
  return [
    ...(Object.keys(system).length === 0 ? [] : [{ files: system }]),
    ...jars.map((jar) => ({ files: listJarFiles(jar) })),
    ...layers,
  ];
}

function addLayer(set: ContentSet, layer: BuiltLayer, foreign: LayerContent['foreign']): Descriptor {
  if (foreign === undefined) return set.addBlob(layer.bytes, layer.mediaType);
  const { urls, present } = foreign;
  if (present) return set.addBlob(layer.bytes, layer.mediaType, { urls });
  return { mediaType: layer.mediaType, digest: digestOf(layer.bytes), size: layer.bytes.length, urls };
}
