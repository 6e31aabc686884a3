import { type Digest, isDigest, matchesDigest } from '../image/digest.ts';
import type { Repository, Tag } from '../image/reference.ts';
import { RegistryError } from './error.ts';
import { checkDigestHeader, manifestRequest } from './manifest.ts';
import { discardBody } from './transport/body.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import { headerOf, type RegistryRequest } from './transport/message.ts';

/** A manifest to store. */
export interface ManifestUpload {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly digest: Digest;
}

/** How a manifest is stored. */
export interface PutOptions {
  /** False: one request, whatever comes back. A tag may have been taken by somebody else before a second one. */
  readonly replay?: boolean;
}

/** The answers after which the caller should look what is there: an immutable tag is refused with any of them. */
const REFUSED_STATUSES: readonly number[] = [400, 405, 409, 412];

/** See RegistryClient.putManifest. */
export async function putManifest(
  transport: Transport,
  repository: Repository,
  reference: Tag | Digest,
  { bytes, mediaType, digest }: ManifestUpload,
  { replay = true }: PutOptions = {},
): Promise<{ readonly subject: Digest | undefined }> {
  const request: RegistryRequest = {
    ...manifestRequest(repository, reference, 'PUT', 'push'),
    headers: { 'content-type': mediaType, 'content-length': String(bytes.length) },
    body: bytes,
    replay,
  };
  if (!matchesDigest(bytes, digest) || (isDigest(reference) && !matchesDigest(bytes, reference))) {
    throw new RegistryError(
      'DIGEST_MISMATCH',
      `could not ${request.purpose}: its bytes do not have the digest ${digest}`,
    );
  }
  const response = await transport.send(request);
  if (response.status < 200 || response.status > 299) {
    throw await refuseResponse(
      request,
      response,
      REFUSED_STATUSES.includes(response.status) ? { code: 'CONFLICT' } : {},
    );
  }
  await discardBody(response);
  checkDigestHeader(request, response, bytes);
  const subject = headerOf(response, 'oci-subject') ?? '';
  return { subject: isDigest(subject) ? subject : undefined };
}
