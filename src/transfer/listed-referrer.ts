import type { Digest } from '../image/digest.ts';
import { ImageError } from '../image/error.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import { isReferrerOf } from '../registry/referrers.ts';
import { TransferError } from './error.ts';
import { type ImageGraph, loadGraph } from './graph.ts';

/** Something that refers to a manifest of the image: a signature, an SBOM, an attestation. */
export interface Referrer {
  readonly subject: Digest;
  /** As it must stand in a fallback index: with the artifact type and annotations of the manifest. */
  readonly descriptor: Descriptor;
  readonly content: ManifestContent;
  /** Of a referrer that is an index: all that it lists. */
  readonly graph?: ImageGraph;
}

/** Its manifests, children before the index that lists them, itself last. */
export function manifestsOf({ content, graph }: Referrer): readonly ManifestContent[] {
  return graph?.manifests ?? [content];
}

/** Every blob it is made of, once. */
export function blobsOf({ content: { manifest }, graph }: Referrer): readonly Descriptor[] {
  if (graph !== undefined) return graph.blobs;
  const blobs = manifest.kind === 'manifest' ? [manifest.config, ...manifest.layers] : [];
  return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
}

/** The manifest type of a release candidate of OCI 1.1, which no registry takes any more. */
const OCI_ARTIFACT = 'application/vnd.oci.artifact.manifest.v1+json';

/**
 * Reads what a list names. `none`: it is gone, or has another subject, or none, whatever the list says. `left out`: it
 * is of a kind that cannot be copied, and that was told. Everything else that goes wrong is thrown.
 */
export async function readListed(
  client: RegistryClient,
  repository: Repository,
  { subject, listed }: { readonly subject: Digest; readonly listed: Descriptor },
): Promise<Referrer | 'none' | 'left out'> {
  const tell = (why: string): void =>
    client.transport.log.warning(`${repository} lists the referrer ${listed.digest}, which ${why}: it is left out.`);
  const leaveOut = (why: string): 'left out' => {
    tell(why);
    return 'left out';
  };
  if (listed.mediaType === OCI_ARTIFACT) return leaveOut('is an artifact manifest of a draft of OCI 1.1');
  try {
    const content = await client.getManifest(repository, listed.digest);
    if (!isReferrerOf(content.manifest, subject)) return 'none';
    const referrer = { subject, content, descriptor: describe(content) };
    if (content.manifest.kind === 'manifest') return referrer;
    const graph = await loadGraph(content, (digest) => client.getManifest(repository, digest));
    return { ...referrer, graph };
  } catch (error) {
    if (error instanceof RegistryError && isUnsupported(error)) return leaveOut('is no manifest that can be copied');
    if (error instanceof TransferError) return leaveOut(`cannot be copied whole (${error.message})`);
    if (!(error instanceof RegistryError) || error.code !== 'NOT_FOUND') throw error;
    // Only the registry's own word makes it absent, be it the referrer or a child of it.
    if ((await client.headManifest(repository, listed.digest)) === undefined) {
      tell('is not there');
      return 'none';
    }
    if (!isSaidToBeAbsent(error)) throw error;
    return leaveOut('is an index of what is not there');
  }
}

/** True when the registry itself said, in its own words, that a manifest or blob is not there. */
export function isSaidToBeAbsent(error: unknown): boolean {
  const codes = ['MANIFEST_UNKNOWN', 'BLOB_UNKNOWN', 'NOT_FOUND'];
  return (
    error instanceof RegistryError &&
    error.code === 'NOT_FOUND' &&
    error.diagnostics.some(({ code }) => codes.includes(code))
  );
}

function isUnsupported({ cause }: { readonly cause?: unknown }): boolean {
  return cause instanceof ImageError && cause.code === 'UNSUPPORTED_MANIFEST';
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject */
function describe({ manifest, mediaType, digest, bytes }: ManifestContent): Descriptor {
  const type = manifest.artifactType ?? (manifest.kind === 'manifest' ? manifest.config.mediaType : undefined);
  return {
    mediaType,
    digest,
    size: bytes.length,
    annotations: manifest.annotations,
    ...(type === undefined ? {} : { artifactType: type }),
  };
}
