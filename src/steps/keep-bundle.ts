import { makeBundleReferrer } from '../chain/bundle-referrer.ts';
import { parseManifest } from '../image/manifest.ts';
import { OCI_MANIFEST } from '../image/media-type.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import type { Layout } from '../transfer/layout.ts';
import type { Referrer } from '../transfer/listed-referrer.ts';

/** A signed bundle in the form in which it is attached to `root`; its bytes are kept in the layout until it is. */
export async function keepBundle(
  root: ManifestContent,
  bundle: Uint8Array,
  predicateType: string,
  created: Date,
  layout: Layout,
): Promise<Referrer> {
  const subject = { mediaType: root.mediaType, digest: root.digest, size: root.bytes.length };
  const { manifest, descriptor, blobs } = makeBundleReferrer(subject, bundle, predicateType, created);
  for (const blob of blobs) await layout.writeBytes(blob.descriptor.digest, blob.bytes);
  const content = {
    digest: descriptor.digest,
    mediaType: OCI_MANIFEST,
    bytes: manifest,
    manifest: parseManifest(manifest, OCI_MANIFEST),
  };
  return { subject: root.digest, descriptor, content };
}
