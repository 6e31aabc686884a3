import type { Digest } from '../image/digest.ts';
import { type Descriptor, MAX_MANIFEST_BYTES, type Manifest } from '../image/manifest.ts';
import { OCI_INDEX } from '../image/media-type.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from './client.ts';
import { RegistryError } from './error.ts';
import { addToIndex, fallbackTag, missingFrom } from './fallback-index.ts';
import { findManifest, type ManifestContent } from './manifest.ts';
import { readReferrersApi } from './referrers-api.ts';
import type { Transport } from './transport/http.ts';
import { chooseDelay } from './transport/retry.ts';

/** What refers to a subject, and how that was learned: the API, the fallback tag, or neither (no API and no such tag). */
export interface ReferrerList {
  readonly via: 'api' | 'tag' | 'none';
  readonly descriptors: readonly Descriptor[];
}

/** How often the fallback index is written again when another writer got between. */
const MAX_WRITES = 4;

/** Lists referrers from the API, else from the fallback tag. An API that could not answer is never taken for "none": its error is thrown unless the tag tells. */
export async function listReferrers(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
): Promise<ReferrerList> {
  const answer = await readReferrersApi(client.transport, repository, digest);
  if (answer.kind === 'list') return { via: 'api', descriptors: answer.descriptors };
  const index = await readFallback(client.transport, repository, digest, 'pull');
  if (index?.manifest.kind === 'index') return { via: 'tag', descriptors: index.manifest.children };
  if (answer.kind === 'undecided') throw answer.error;
  if (index !== undefined) client.transport.log.warning(describeForeign(repository, digest, index));
  return { via: 'none', descriptors: [] };
}

/** True when a manifest names this digest as its subject: a list of referrers is only somebody's claim. */
export function isReferrerOf(manifest: Manifest, digest: Digest): boolean {
  return manifest.subject?.digest === digest;
}

/** Adds referrers to the fallback index in one write, for a registry without the API. Throws CONFLICT when the tag holds something else, or other writers keep getting between. */
export async function updateFallbackIndex(
  client: RegistryClient,
  repository: Repository,
  subject: Digest,
  added: readonly Descriptor[],
): Promise<void> {
  const { transport } = client;
  const tag = fallbackTag(repository, subject);
  for (let writes = 0; ; writes++) {
    const index = await readFallback(transport, repository, subject, 'push');
    if (index !== undefined && index.mediaType !== OCI_INDEX) {
      throw new RegistryError('CONFLICT', describeForeign(repository, subject, index), {
        hint: `Delete the tag ${tag} if nothing needs it, or use a registry with the referrers API.`,
      });
    }
    const missing = missingFrom(index, added);
    if (missing.length === 0) return;
    if (writes === MAX_WRITES) {
      throw new RegistryError('CONFLICT', `other writers keep replacing ${repository}:${tag}`, {
        hint: 'Run the promotions of one image one after the other, with a concurrency group.',
      });
    }
    if (writes > 0) await pause(transport, repository, writes);
    const upload = addToIndex(index, missing);
    if (upload.bytes.length > MAX_MANIFEST_BYTES) {
      throw new RegistryError(
        'TOO_LARGE',
        `the referrers index ${repository}:${tag} would have ${upload.bytes.length} bytes`,
      );
    }
    await client.putManifest(repository, tag, upload);
  }
}

function readFallback(
  transport: Transport,
  repository: Repository,
  subject: Digest,
  access: 'pull' | 'push',
): Promise<ManifestContent | undefined> {
  return findManifest(transport, repository, fallbackTag(repository, subject), access);
}

function describeForeign(repository: Repository, subject: Digest, found: ManifestContent): string {
  return `${repository}:${fallbackTag(repository, subject)} should be an index of referrers but is ${found.mediaType}`;
}

async function pause({ retry, signal }: Transport, repository: Repository, writes: number): Promise<void> {
  try {
    await retry.sleep(chooseDelay(retry, writes + 1, undefined), signal);
  } catch (cause) {
    throw new RegistryError('CANCELLED', `updating the referrers of ${repository} was cancelled`, { cause });
  }
}
