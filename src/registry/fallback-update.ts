import type { Digest } from '../image/digest.ts';
import { type Descriptor, MAX_MANIFEST_BYTES } from '../image/manifest.ts';
import { OCI_INDEX } from '../image/media-type.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from './client.ts';
import { RegistryError } from './error.ts';
import { addToIndex, describeForeign, fallbackTag, isSubjectItself, missingFrom } from './fallback-index.ts';
import { findManifest, type ManifestContent } from './manifest.ts';
import { settle } from './settle.ts';

/** How often the fallback index is written again when other writers get between. */
const MAX_WRITES = 20;

/**
 * Makes the fallback index list these referrers, for a registry without the API: all of them in one write, since some
 * registries take only the first. The specification has no conditional write, so the index is read back when every
 * writer that had read it before ours must be done, and written again when entries are missing then. True when it was
 * written. Throws CONFLICT when the tag holds something else, may not change, or others keep replacing it.
 */
export async function updateFallbackIndex(
  client: RegistryClient,
  repository: Repository,
  subject: Digest,
  added: readonly Descriptor[],
): Promise<boolean> {
  const { transport } = client;
  const tag = fallbackTag(repository, subject);
  const read = (): Promise<ManifestContent | undefined> => findManifest(transport, repository, tag, 'push');
  for (let writes = 0; ; writes++) {
    const from = transport.retry.now();
    const found = await read();
    const index = isSubjectItself(found, subject) ? undefined : found;
    if (index !== undefined && index.mediaType !== OCI_INDEX) {
      throw new RegistryError('CONFLICT', describeForeign(repository, subject, index), {
        hint: `Delete the tag ${tag} if nothing needs it, or use a registry with the referrers API.`,
      });
    }
    const missing = missingFrom(index, added);
    if (missing.length === 0) return writes > 0;
    if (writes === MAX_WRITES) throw giveUp(repository, subject, found);
    const upload = addToIndex(index, missing);
    if (upload.bytes.length > MAX_MANIFEST_BYTES) {
      throw new RegistryError(
        'TOO_LARGE',
        `the referrers index ${repository}:${tag} would have ${upload.bytes.length} bytes`,
      );
    }
    try {
      await client.putManifest(repository, tag, upload);
    } catch (cause) {
      if (!(cause instanceof RegistryError) || cause.code !== 'CONFLICT') throw cause;
      // The answer to a PUT that took effect may have been lost, and another writer may have been first: both show.
      const now = await read();
      if (now === undefined) throw cause;
      if (now.digest === found?.digest) throw tellImmutable(repository, subject, cause);
    }
    await settle(transport, from, writes + 1);
  }
}

function giveUp(repository: Repository, subject: Digest, found: ManifestContent | undefined): RegistryError {
  const name = `${repository}:${fallbackTag(repository, subject)}`;
  if (isSubjectItself(found, subject)) {
    return new RegistryError('CONFLICT', `${name} stays the image itself, however often its referrers are written`, {
      hint: 'This registry takes the fallback tag for a digest and has no referrers API: nothing can be attached there.',
    });
  }
  return new RegistryError('CONFLICT', `other writers keep replacing ${name}`, {
    hint: 'Run the promotions of one image one after the other, with a concurrency group.',
  });
}

function tellImmutable(repository: Repository, subject: Digest, cause: RegistryError): RegistryError {
  const name = `${repository}:${fallbackTag(repository, subject)}`;
  return new RegistryError(
    'CONFLICT',
    `${name} lists other referrers and the registry will not let it be replaced, as if it were immutable: ${cause.message}`,
    {
      cause,
      status: cause.status,
      hint: 'Exempt tags that begin with sha256- from immutable tags at this registry: without the referrers API, signatures are found by them.',
    },
  );
}
