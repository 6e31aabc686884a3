import { CONFIG_TYPE, ContentSet, type Descriptor, INDEX_TYPE, MANIFEST_TYPE } from '../../lab/image/descriptor.ts';
import { digestOf } from '../../lab/registry/digest.ts';

/** What a hostile or broken registry serves in the place of an image. */
export interface HostileImage {
  /** What the tag leads to, byte for byte. */
  readonly root: Uint8Array | string;
  /** Default: an OCI manifest or index, whichever it looks like; '' for none. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends the root without Content-Length. */
  readonly chunked?: boolean;
  /** Everything else that is there, by digest, or by what is said to be its digest. */
  readonly contents?: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly mediaType: string }>;
  /** Bytes the disk is said to have left. */
  readonly freeSpace?: number;
}

/** The error such an image must end with; a word of its message tells that it says what is wrong. */
export interface NamedEnd {
  readonly code: string;
  readonly message: RegExp;
}

/** What a taken image comes to: how many of each, and the platforms a scan looks at. */
export interface Taken {
  readonly manifests: number;
  readonly blobs: number;
  readonly platforms: readonly string[];
  readonly artifacts: number;
}

/** One row: an image nobody should have built, and what must come of it. */
export interface HostileManifest {
  readonly name: string;
  /** What it is, in one line. */
  readonly says: string;
  readonly make: () => HostileImage;
  readonly ends: NamedEnd | Partial<Taken>;
}

export const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar';
export const EMPTY_CONFIG = JSON.stringify({
  os: 'linux',
  architecture: 'amd64',
  rootfs: { type: 'layers', diff_ids: [] },
});

/** One good image of one layer, to be spoilt: `change` gets its manifest and the set its content is in. */
export function spoilImage(
  change: (manifest: Record<string, unknown>, set: ContentSet) => object,
  options: { readonly config?: string | Uint8Array } & Omit<HostileImage, 'root' | 'contents'> = {},
): HostileImage {
  const { config = EMPTY_CONFIG, ...rest } = options;
  const set = new ContentSet();
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE.oci,
    config: set.addBlob(config, CONFIG_TYPE.oci),
    layers: [set.addBlob(Buffer.alloc(1024), LAYER_TYPE)],
  };
  return { root: JSON.stringify(change(manifest, set)), contents: set.contents, ...rest };
}

/** The same, written as text, where no object could hold it. */
export function spoilText(
  change: (text: string) => Uint8Array | string,
  rest: Partial<HostileImage> = {},
): HostileImage {
  const image = spoilImage((manifest) => manifest);
  return { ...image, ...rest, root: change(String(image.root)) };
}

/** An index over one good image; `list` gets the descriptor of that image and says what stands in it. */
export function spoilIndex(
  list: (child: Descriptor, set: ContentSet) => readonly object[],
  more: object = {},
): HostileImage {
  const set = new ContentSet();
  const child = addImage(set);
  const index = { schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests: list(child, set), ...more };
  return { root: JSON.stringify(index), contents: set.contents };
}

/** Adds a small image of its own; returns its descriptor. */
export function addImage(set: ContentSet, mark = ''): Descriptor {
  const config = set.addBlob(`${EMPTY_CONFIG}${' '.repeat(mark.length)}`, CONFIG_TYPE.oci);
  const layers = [set.addBlob(`layer${mark}`.padEnd(1024, '\0'), LAYER_TYPE)];
  return set.addManifest({ schemaVersion: 2, mediaType: MANIFEST_TYPE.oci, config, layers });
}

/** A digest of nothing that exists. */
export function madeUpDigest(n: number): string {
  return digestOf(`made up ${n}`);
}
