import { type Digest, isDigest } from '../image/digest.ts';
import { MANIFEST_TYPES } from '../image/media-type.ts';
import type { Repository, Tag } from '../image/reference.ts';
import { type Access, findManifest, manifestRequest } from './manifest.ts';
import { discardBody } from './transport/body.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import { headerOf, type Response } from './transport/message.ts';

/** What is known of a manifest without reading it. */
export interface ManifestHead {
  readonly digest: Digest;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
}

/** See RegistryClient.headManifest. A HEAD has no body, so only a GET can tell an absent manifest from any other 404: where that is what to expect, both are sent at once. */
export async function headManifest(
  transport: Transport,
  repository: Repository,
  reference: Tag | Digest,
  access: Access,
  expected?: 'absent',
): Promise<ManifestHead | undefined> {
  const request = manifestRequest(repository, reference, 'HEAD', access);
  const reading = expected === 'absent' ? findManifest(transport, repository, reference, access) : undefined;
  // Where the HEAD tells, nobody asks.
  reading?.catch(() => undefined);
  const response = await transport.send(request);
  await discardBody(response);
  const head = response.status === 200 ? parseHead(response, reference) : undefined;
  if (head !== undefined) return head;
  if (![200, 404, 405, 501].includes(response.status)) throw await refuseResponse(request, response);
  const content = await (reading ?? findManifest(transport, repository, reference, access));
  return content && { digest: content.digest, mediaType: content.mediaType, size: content.bytes.length };
}

/** Undefined unless the headers tell everything, about what was asked for. */
function parseHead(response: Response, reference: Tag | Digest): ManifestHead | undefined {
  const digest = headerOf(response, 'docker-content-digest') ?? '';
  const mediaType = headerOf(response, 'content-type')?.split(';')[0]?.trim() ?? '';
  const length = headerOf(response, 'content-length') ?? '';
  if (!isDigest(digest) || !MANIFEST_TYPES.includes(mediaType) || !/^[1-9]\d{0,14}$/.test(length)) return undefined;
  if (isDigest(reference) && reference !== digest) return undefined;
  return { digest, mediaType, size: Number(length) };
}
