import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import { blobRequest } from './blob-request.ts';
import { type BlobDescriptor, checkClaimedDigest } from './blob-verify.ts';
import { discardBody } from './transport/body.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import { headerOf } from './transport/message.ts';

/** What a HEAD tells of a blob; `other-size`: something is there, and it is not what was described. */
export type BlobPresence = 'present' | 'absent' | 'other-size';

/** A registry without HEAD cannot say that it has a blob: it is sent then, which is never wrong. */
const ABSENT_STATUSES: readonly number[] = [404, 405, 501];

/** See RegistryClient.hasBlob. */
export async function hasBlob(
  transport: Transport,
  repository: Repository,
  blob: Digest | BlobDescriptor,
  access: 'pull' | 'push',
): Promise<boolean> {
  return (await lookForBlob(transport, repository, blob, access)) === 'present';
}

/** Looks for a blob without reading it. Throws DIGEST_MISMATCH when the registry names another digest; a registry that tells no digest or no length is believed. */
export async function lookForBlob(
  transport: Transport,
  repository: Repository,
  blob: Digest | BlobDescriptor,
  access: 'pull' | 'push',
): Promise<BlobPresence> {
  const { digest, size } = typeof blob === 'string' ? { digest: blob, size: undefined } : blob;
  const request = blobRequest(repository, digest, 'HEAD', access);
  const response = await transport.send(request);
  await discardBody(response);
  if (ABSENT_STATUSES.includes(response.status)) return 'absent';
  if (response.status !== 200) throw await refuseResponse(request, response);
  checkClaimedDigest(request, response, digest);
  const length = headerOf(response, 'content-length');
  return size === undefined || length === undefined || Number(length) === size ? 'present' : 'other-size';
}
