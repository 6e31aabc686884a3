import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import { isReferrerOf, listReferrers } from '../registry/referrers.ts';
import { TransferError } from './error.ts';
import type { ImageGraph } from './graph.ts';
import type { Layout } from './layout.ts';

/** Something that refers to a manifest of the image: a signature, an SBOM, an attestation. */
export interface Referrer {
  readonly subject: Digest;
  /** As it must stand in a fallback index: with the artifact type and annotations of the manifest. */
  readonly descriptor: Descriptor;
  readonly content: ManifestContent;
}

const CONCURRENT_REQUESTS = 4;
const MAX_DEPTH = 3;
const MAX_REFERRERS = 1_000;

/** Reads what refers to any manifest of the graph, and what refers to that (a signature of an SBOM), into the layout. What turns out to have another subject is left out. */
export async function fetchReferrers(
  graph: ImageGraph,
  client: RegistryClient,
  repository: Repository,
  layout: Layout,
): Promise<Referrer[]> {
  const found = new Map<Digest, Referrer>();
  let subjects: readonly Digest[] = graph.manifests.map((manifest) => manifest.digest);
  for (let depth = 0; depth < MAX_DEPTH && subjects.length > 0; depth++) {
    const lists = await mapConcurrently(subjects, CONCURRENT_REQUESTS, async (subject) => {
      const { descriptors } = await listReferrers(client, repository, subject);
      return descriptors.map(({ digest }) => ({ subject, digest }));
    });
    const fresh = lists.flat().filter(({ digest }) => !found.has(digest));
    if (found.size + fresh.length > MAX_REFERRERS) throw tooMany(repository);
    await mapConcurrently(fresh, CONCURRENT_REQUESTS, async ({ subject, digest }) => {
      const content = await readListed(client, repository, digest);
      const isCopyable = content?.manifest.kind === 'manifest' && isReferrerOf(content.manifest, subject);
      if (isCopyable) found.set(digest, { subject, content, descriptor: describe(content) });
    });
    subjects = fresh.map(({ digest }) => digest).filter((digest) => found.has(digest));
  }
  const present = new Set(graph.blobs.map(({ digest }) => digest));
  const blobs = [...found.values()]
    .flatMap(({ content }) => blobsOf(content))
    .filter(({ digest }) => !present.has(digest));
  const unique = [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
  await mapConcurrently(unique, CONCURRENT_REQUESTS, async (blob) =>
    layout.write(blob.digest, await client.openBlob(repository, blob)),
  );
  return [...found.values()];
}

/** Puts referrers into a repository by digest. Returns those that the registry's referrers API did not take up, for the fallback index. */
export async function pushReferrers(
  referrers: readonly Referrer[],
  layout: Layout,
  client: RegistryClient,
  repository: Repository,
): Promise<Referrer[]> {
  const unlisted: Referrer[] = [];
  for (const referrer of referrers) {
    for (const blob of blobsOf(referrer.content)) {
      if (await client.hasBlob(repository, blob.digest, 'push')) continue;
      await client.uploadBlob(repository, blob, () => layout.open(blob.digest));
    }
    const { digest } = referrer.content;
    const { subject } = await client.putManifest(repository, digest, referrer.content);
    if (subject !== referrer.subject) unlisted.push(referrer);
  }
  return unlisted;
}

/** A list may name what was deleted since; only the registry's own word that it is absent makes it so. */
async function readListed(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
): Promise<ManifestContent | undefined> {
  try {
    return await client.getManifest(repository, digest);
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code !== 'NOT_FOUND') throw error;
    if ((await client.headManifest(repository, digest)) !== undefined) throw error;
    client.transport.log.warning(`${repository} lists the referrer ${digest}, which is not there: it is left out.`);
    return undefined;
  }
}

function tooMany(repository: Repository): TransferError {
  return new TransferError('TOO_LARGE', `the image has more than ${MAX_REFERRERS} referrers in ${repository}`, {
    hint: 'Say referrers: ignore, or remove those that nobody needs.',
  });
}

function blobsOf({ manifest }: ManifestContent): readonly Descriptor[] {
  if (manifest.kind === 'index') return [];
  const blobs = [manifest.config, ...manifest.layers];
  return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
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
