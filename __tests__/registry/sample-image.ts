import { type Digest, digestOf } from '../../src/image/digest.ts';
import type { Descriptor } from '../../src/image/manifest.ts';
import { OCI_INDEX, OCI_MANIFEST } from '../../src/image/media-type.ts';
import { parseReference, type Tag } from '../../src/image/reference.ts';

export const CONFIG = Buffer.from('{"architecture":"amd64","os":"linux"}');
export const CONFIG_DIGEST = digestOf(CONFIG);

/** Bytes of an image manifest with the sample config; `more` tells one from another. */
export function makeManifest(more: object = {}): { bytes: Buffer; digest: Digest; mediaType: string } {
  const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: CONFIG_DIGEST, size: CONFIG.length };
  return pack({ schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers: [], ...more }, OCI_MANIFEST);
}

/** Bytes of an index of these descriptors. */
export function makeIndex(manifests: readonly object[], more: object = {}): ReturnType<typeof makeManifest> {
  return pack({ schemaVersion: 2, mediaType: OCI_INDEX, manifests, ...more }, OCI_INDEX);
}

/** A descriptor of a referrer that need not exist. */
export function makeReferrer(name: string): Descriptor {
  const annotations = { name };
  return {
    mediaType: OCI_MANIFEST,
    digest: digestOf(name),
    size: name.length,
    artifactType: 'application/x',
    annotations,
  };
}

/** A tag, parsed. */
export function tagOf(text: string): Tag {
  const reference = parseReference(`registry.test/repo:${text}`);
  if (reference.kind !== 'tag') throw new TypeError(text);
  return reference.tag;
}

function pack(json: object, mediaType: string): { bytes: Buffer; digest: Digest; mediaType: string } {
  const bytes = Buffer.from(JSON.stringify(json));
  return { bytes, digest: digestOf(bytes), mediaType };
}
