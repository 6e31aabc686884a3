import type { Digest } from '../image/digest.ts';
import { lookForBlob } from './blob-head.ts';
import { type BlobDescriptor, checkClaimedDigest } from './blob-verify.ts';
import { discardBody } from './transport/body.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import type { RegistryRequest, Response } from './transport/message.ts';

/** Success, but not the 201 that the specification asks for; 204 was the older one's word. */
const VAGUE_STATUSES: readonly number[] = [200, 202, 204];

/** Accepts a stored blob: 201, and no other digest than ours. */
export async function acceptBlob(request: RegistryRequest, response: Response, digest: Digest): Promise<void> {
  if (response.status !== 201) throw await refuseResponse(request, response);
  await discardBody(response);
  checkClaimedDigest(request, response, digest);
}

/** Accepts the end of an upload: as a stored blob, or, where the answer leaves that open, when the blob is found there. */
export async function acceptCommit(
  transport: Transport,
  request: RegistryRequest,
  response: Response,
  descriptor: BlobDescriptor,
): Promise<void> {
  if (!VAGUE_STATUSES.includes(response.status)) return acceptBlob(request, response, descriptor.digest);
  const refusal = await refuseResponse(request, response);
  checkClaimedDigest(request, response, descriptor.digest);
  if ((await lookForBlob(transport, request.repository, descriptor, 'push')) !== 'present') throw refusal;
}
