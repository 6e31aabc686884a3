import { type Digest, isDigest, matchesDigest } from '../image/digest.ts';
import type { Repository, Tag } from '../image/reference.ts';
import { RegistryError } from './error.ts';
import { checkDigestHeader, manifestRequest } from './manifest.ts';
import { discardBody } from './transport/body.ts';
import { readErrorBody } from './transport/diagnostics.ts';
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
const REFUSED_STATUSES: readonly number[] = [400, 405, 409, 412, 422];

/** What registries say, under whatever status, when a manifest names what they do not have (any more). */
const MISSING_CODES: readonly string[] = ['MANIFEST_BLOB_UNKNOWN', 'MANIFEST_UNKNOWN', 'BLOB_UNKNOWN'];

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
    const body = await readErrorBody(response);
    const isRefused =
      REFUSED_STATUSES.includes(response.status) || body.diagnostics.some(({ code }) => MISSING_CODES.includes(code));
    throw await refuseResponse(request, response, { body, ...(isRefused ? { code: 'CONFLICT' as const } : {}) });
  }
  await discardBody(response);
  checkDigestHeader(request, response, bytes);
  const subject = headerOf(response, 'oci-subject') ?? '';
  return { subject: isDigest(subject) ? subject : undefined };
}
