import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import { OCI_EMPTY } from '../image/media-type.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { FindTagged } from '../registry/find-tagged.ts';
import { findReferrers, isReferrerOf, listReferrers } from '../registry/referrers.ts';
import { type AttachedBundle, readBundle } from './attached-bundle.ts';
import { describeFlaw, explainFlaw } from './attachment-flaw.ts';
import { MAX_ATTACHED_BYTES, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from './attachment-limits.ts';

/** Something attached that nobody can verify. */
export interface UnreadableAttachment {
  readonly manifest: Digest;
  readonly reason: string;
}

/** The bundles that are attached to a digest, unverified. */
export interface AttachedBundles {
  readonly bundles: readonly AttachedBundle[];
  readonly unreadable: readonly UnreadableAttachment[];
}

const CONCURRENT_REQUESTS = 6;
/** Of every version: cosign writes 0.3 today. */
const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle';
/** How cosign says beside a bundle what is in it. */
const TYPE_ANNOTATION = 'dev.sigstore.bundle.predicateType';

/** Reads the bundles whose manifests name this digest as their subject, whatever the list says of them. What is broken is told of and takes nothing from the rest; a registry that cannot be asked throws. */
export async function readAttachedBundles(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  findTagged: FindTagged,
): Promise<AttachedBundles> {
  return readListed(client, repository, digest, await listAttached(client, repository, digest, findTagged));
}

/** The same with the fewest requests, of what the registry lists as being of this predicate type, or does not say the type of: a list is only a claim, so that what is missing here may still be there. */
export async function readListedBundles(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  predicateType: string,
): Promise<AttachedBundles> {
  const { descriptors } = await listReferrers(client, repository, digest);
  const told = descriptors.filter(
    ({ annotations }) => (annotations[TYPE_ANNOTATION] ?? predicateType) === predicateType,
  );
  return readListed(client, repository, digest, told);
}

async function readListed(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  descriptors: readonly Descriptor[],
): Promise<AttachedBundles> {
  const unreadable: UnreadableAttachment[] = [];
  const leaveOut = (manifest: Digest, reason: string): [] => {
    unreadable.push({ manifest, reason });
    return [];
  };
  const listed = descriptors.filter(mayHoldBundle);
  for (const { digest: manifest } of listed.slice(MAX_ATTACHMENTS)) {
    leaveOut(manifest, `it is one of more than ${MAX_ATTACHMENTS}`);
  }
  const layers = await mapConcurrently(listed.slice(0, MAX_ATTACHMENTS), CONCURRENT_REQUESTS, async (entry) => {
    const found = await findLayer(client, repository, digest, entry);
    return typeof found === 'string' ? leaveOut(entry.digest, found) : found;
  });
  let total = 0;
  const readable = layers
    .flat()
    .toSorted((a, b) => a.layer.size - b.layer.size)
    .filter(({ manifest, layer: { size } }) => {
      if (size > MAX_ATTACHMENT_BYTES) return leaveOut(manifest, `its bundle has ${size} bytes`).length > 0;
      total += size;
      return total <= MAX_ATTACHED_BYTES || leaveOut(manifest, 'there is too much attached to read it').length > 0;
    });
  const bundles = await mapConcurrently(readable, CONCURRENT_REQUESTS, async ({ manifest, layer }) => {
    const read = await readLayer(client, repository, manifest, layer);
    return typeof read === 'string' ? leaveOut(manifest, read) : [read];
  });
  return { bundles: bundles.flat(), unreadable };
}

/** Where the API answers, what stands under the fallback tag instead of a list hides nothing. */
async function listAttached(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  findTagged: FindTagged,
): Promise<readonly Descriptor[]> {
  try {
    return (await findReferrers(client, repository, digest, findTagged)).descriptors;
  } catch (error) {
    if (describeFlaw(error) === undefined) throw error;
    return (await listReferrers(client, repository, digest)).descriptors;
  }
}

/** Lists written by older clients say nothing, or only the type of the config. */
function mayHoldBundle({ artifactType }: Descriptor): boolean {
  return artifactType === undefined || artifactType === OCI_EMPTY || artifactType.startsWith(BUNDLE_TYPE);
}

interface BundleLayer {
  readonly manifest: Digest;
  readonly layer: Descriptor;
}

/** The layer with the bundle, none for what is attached and is no bundle, or why there is none to be read. */
async function findLayer(
  client: RegistryClient,
  repository: Repository,
  subject: Digest,
  listed: Descriptor,
): Promise<BundleLayer[] | string> {
  try {
    const { manifest } = await client.getManifest(repository, listed.digest);
    const isMeant = manifest.artifactType?.startsWith(BUNDLE_TYPE) === true;
    const layers = manifest.kind === 'manifest' ? manifest.layers : [];
    const [layer, second] = layers.filter(({ mediaType }) => mediaType.startsWith(BUNDLE_TYPE));
    if (layer === undefined) return isMeant ? 'it is said to hold a bundle and has no layer of that type' : [];
    if (!isReferrerOf(manifest, subject)) return 'it is listed here, but names another subject';
    return second === undefined ? [{ manifest: listed.digest, layer }] : 'it holds several bundles';
  } catch (error) {
    return explainFlaw(error, async () => (await client.headManifest(repository, listed.digest)) !== undefined);
  }
}

async function readLayer(
  client: RegistryClient,
  repository: Repository,
  manifest: Digest,
  layer: Descriptor,
): Promise<AttachedBundle | string> {
  let bytes: Uint8Array;
  try {
    bytes = await client.readBlob(repository, layer, MAX_ATTACHMENT_BYTES);
  } catch (error) {
    return explainFlaw(error, () => client.hasBlob(repository, layer));
  }
  return readBundle(manifest, bytes);
}
