import type { Blob, Repository } from './repository.ts';
import { blobOf } from './repository.ts';

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const INDEX = 'application/vnd.oci.image.index.v1+json';
export const EMPTY = 'application/vnd.oci.empty.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** A manifest or index, ready to be sent. */
export interface Document extends Blob {
  readonly mediaType: string;
}

/** A descriptor of any blob or document. */
export function describeBlob({ bytes, digest }: Blob, mediaType: string): object {
  return { mediaType, digest, size: bytes.length };
}

/** An object as a document under the `mediaType` it states. */
export function documentOf(json: { readonly mediaType: string }): Document {
  return { ...blobOf(JSON.stringify({ schemaVersion: 2, ...json })), mediaType: json.mediaType };
}

/** Pushes a config and a layer, and describes an image of them; `more` adds or replaces fields. */
export async function prepareImage(repository: Repository, more: object = {}): Promise<Document> {
  const config = await repository.pushBlob(
    '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}',
  );
  const layer = await repository.pushBlob('a layer');
  return documentOf({
    mediaType: MANIFEST,
    config: describeBlob(config, CONFIG),
    layers: [describeBlob(layer, LAYER)],
    ...more,
  } as { mediaType: string });
}

/** An artifact of the empty config and no other blob. */
export async function prepareArtifact(repository: Repository, more: object): Promise<Document> {
  const empty = describeBlob(await repository.pushBlob('{}'), EMPTY);
  return documentOf({ mediaType: MANIFEST, config: empty, layers: [empty], ...more } as { mediaType: string });
}

/** An index of these documents, which should be there already. */
export function indexOf(children: readonly Document[], more: object = {}): Document {
  const manifests = children.map((child) => describeBlob(child, child.mediaType));
  return documentOf({ mediaType: INDEX, manifests, ...more } as { mediaType: string });
}

/** Stores a document under a tag or its digest; throws unless it is stored. */
export async function store(
  repository: Repository,
  document: Document,
  reference = document.digest,
): Promise<Document> {
  const { status, body } = await repository.putManifest(reference, document.bytes, document.mediaType);
  if (status !== 201) throw new Error(`${reference} was not stored in ${repository.name}: ${status} ${body}`);
  return document;
}

/** Stores a small image under a tag. */
export async function storeImage(repository: Repository, tag: string, more: object = {}): Promise<Document> {
  return store(repository, await prepareImage(repository, more), tag);
}
