import { digestOf } from '../registry/digest.ts';

/** What an index says a child runs on; `os.version` is the key the specification uses. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly 'os.version'?: string;
}

/** https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly platform?: Platform;
  readonly urls?: readonly string[];
}

/** Bytes to store, and the door they go through. */
export interface Content {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly kind: 'blob' | 'manifest';
}

/** An image, index or artifact, complete: what `root` reaches is in `contents`, children before parents, by digest. */
export interface BuiltImage {
  readonly root: Descriptor;
  readonly contents: ReadonlyMap<string, Content>;
}

/** OCI or Docker: two sets of names for the same shapes. */
export type Format = 'oci' | 'docker';

export const MANIFEST_TYPE = {
  oci: 'application/vnd.oci.image.manifest.v1+json',
  docker: 'application/vnd.docker.distribution.manifest.v2+json',
} as const;
export const INDEX_TYPE = {
  oci: 'application/vnd.oci.image.index.v1+json',
  docker: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const;
export const CONFIG_TYPE = {
  oci: 'application/vnd.oci.image.config.v1+json',
  docker: 'application/vnd.docker.container.image.v1+json',
} as const;
export const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json';

/** Collects contents under their digests, in the order they are added. */
export class ContentSet {
  readonly contents = new Map<string, Content>();

  addBlob(bytes: Uint8Array | string, mediaType: string, extra: Partial<Descriptor> = {}): Descriptor {
    return this.#add({ bytes: Buffer.from(bytes), mediaType, kind: 'blob' }, extra);
  }

  addManifest(json: Readonly<Record<string, unknown>> & { readonly mediaType: string }): Descriptor {
    return this.#add({ bytes: Buffer.from(JSON.stringify(json)), mediaType: json.mediaType, kind: 'manifest' }, {});
  }

  addAll(image: BuiltImage): void {
    for (const [digest, content] of image.contents) this.contents.set(digest, content);
  }

  #add(content: Content, extra: Partial<Descriptor>): Descriptor {
    const digest = digestOf(content.bytes);
    this.contents.set(digest, content);
    return { mediaType: content.mediaType, digest, size: content.bytes.length, ...extra };
  }
}
