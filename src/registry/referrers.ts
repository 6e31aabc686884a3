import type { Digest } from '../image/digest.ts';
import type { Descriptor, Manifest } from '../image/manifest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from './client.ts';
import { describeForeign, fallbackTag, isSubjectItself } from './fallback-index.ts';
import type { FindTagged } from './find-tagged.ts';
import { findManifest } from './manifest.ts';
import { type ApiAnswer, readReferrersApi } from './referrers-api.ts';

/** What refers to a subject, and how that was learned: the API, the fallback tag, or neither (no API and no such tag). */
export interface ReferrerList {
  readonly via: 'api' | 'tag' | 'none';
  readonly descriptors: readonly Descriptor[];
}

/** Lists referrers as other clients see them: from the API, else from the fallback tag. An API that could not answer is never taken for "none": its error is thrown unless the tag tells. */
export async function listReferrers(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
): Promise<ReferrerList> {
  const { transport } = client;
  const answer = await readReferrersApi(transport, repository, digest);
  if (answer.kind === 'list') return { via: 'api', descriptors: answer.descriptors };
  return readTag(client, repository, digest, answer, (tag) => findManifest(transport, repository, tag, 'pull'));
}

/** Lists referrers so that none is lost: also those that only the fallback tag of a registry with the API still has, from before it had one. */
export async function findReferrers(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  findTagged: FindTagged,
): Promise<ReferrerList> {
  const answer = await readReferrersApi(client.transport, repository, digest);
  const tagged = await readTag(client, repository, digest, answer, findTagged);
  if (answer.kind === 'undecided') {
    client.transport.log.warning(
      `Only the referrers of ${repository}@${digest} that its fallback tag names were found: ${answer.error.message}`,
    );
  }
  if (answer.kind !== 'list') return tagged;
  const all = [...answer.descriptors, ...tagged.descriptors];
  return { via: 'api', descriptors: [...new Map(all.map((descriptor) => [descriptor.digest, descriptor])).values()] };
}

async function readTag(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  answer: ApiAnswer,
  findTagged: FindTagged,
): Promise<ReferrerList> {
  const found = await findTagged(fallbackTag(repository, digest));
  const index = isSubjectItself(found, digest) ? undefined : found;
  if (index?.manifest.kind === 'index') return { via: 'tag', descriptors: index.manifest.children };
  if (answer.kind === 'undecided') throw answer.error;
  if (index !== undefined) client.transport.log.warning(describeForeign(repository, digest, index));
  return { via: 'none', descriptors: [] };
}

/** True when a manifest names this digest as its subject: a list of referrers is only somebody's claim. */
export function isReferrerOf(manifest: Manifest, digest: Digest): boolean {
  return manifest.subject?.digest === digest;
}
