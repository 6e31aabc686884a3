import { pathOf, type Repository } from '../image/reference.ts';
import { discardBody } from './transport/body.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import { headerOf, type RegistryRequest, type Response } from './transport/message.ts';
import { resolveAddress } from './transport/redirect.ts';
import { pushScope, type Scope } from './transport/scope.ts';

/** The request that opens an upload; `query` makes a mount of it. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs */
export function uploadRequest(
  repository: Repository,
  purpose: string,
  query = '',
  moreScopes: readonly Scope[] = [],
): RegistryRequest {
  return {
    purpose,
    method: 'POST',
    repository,
    target: `/v2/${pathOf(repository)}/blobs/uploads/${query}`,
    scopes: [pushScope(repository), ...moreScopes],
    headers: { 'content-length': '0' },
  };
}

/** An upload the registry has opened. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-a-blob-in-chunks */
export interface UploadSession {
  /** Where the next step goes: every answer may name another address, and only the newest counts. */
  address: URL;
  /** OCI-Chunk-Min-Length: fewer bytes than this are taken only at the end. 0: the registry asks for no chunks. */
  readonly minChunk: number;
}

/** Opens an upload session; throws what the registry refuses it with. */
export async function openSession(transport: Transport, request: RegistryRequest): Promise<UploadSession> {
  const response = await transport.send(request);
  const session = response.status === 202 ? readSession(response) : undefined;
  if (session === undefined) throw await refuseResponse(request, response);
  await discardBody(response);
  return session;
}

/** The session that a 202 to a POST opened; undefined when it does not say where. Reads no body. */
export function readSession(response: Response): UploadSession | undefined {
  const address = readLocation(response);
  const asked = headerOf(response, 'oci-chunk-min-length')?.trim() ?? '';
  return address && { address, minChunk: /^\d{1,15}$/.test(asked) ? Number(asked) : 0 };
}

/** The address an answer gives for the next step; relative ones and those with a query are usual. */
export function readLocation(response: Response): URL | undefined {
  const location = headerOf(response, 'location');
  return location === undefined ? undefined : resolveAddress(response.url, location, 'Location');
}

/** How many bytes of an upload a registry says it has; undefined when it does not say. Its `0-0` means none (GHCR says so whatever it has), Quay's has a unit before it. */
export function readHeld(response: Response): number | undefined {
  const [, end] = /^(?:bytes[= ])?0-(-1|\d{1,15})$/.exec(headerOf(response, 'range')?.trim() ?? '') ?? [];
  return end === undefined ? undefined : Number(end) > 0 ? Number(end) + 1 : 0;
}

/** Asks how many bytes a session has; undefined when the registry does not know it any more, or does not tell. */
export async function askHeld(
  transport: Transport,
  repository: Repository,
  session: UploadSession,
): Promise<number | undefined> {
  const { headers: _, ...start } = uploadRequest(repository, `ask how far an upload to ${repository} is`);
  const response = await transport.send({ ...start, method: 'GET', target: session.address });
  await discardBody(response);
  if (response.status < 200 || response.status > 204) return undefined;
  session.address = readLocation(response) ?? session.address;
  return readHeld(response);
}

/** Cancels a session as well as the registry lets us: one that refuses will clean up by itself. */
export async function cancelSession(transport: Transport, repository: Repository, session: URL): Promise<void> {
  try {
    const response = await transport.send({
      ...uploadRequest(repository, `cancel an upload to ${repository}`),
      method: 'DELETE',
      target: session,
      replay: false,
    });
    await discardBody(response);
  } catch (fault) {
    transport.log.debug(`an upload to ${repository} stays open: ${fault instanceof Error ? fault.message : fault}`);
  }
}

/** A session's address with one more parameter; what it already carries stays as it is, byte for byte, for it may be signed. */
export function withQuery(session: URL, name: string, value: string): URL {
  const url = new URL(session);
  url.search = `${url.search === '' ? '?' : `${url.search}&`}${name}=${encodeURIComponent(value)}`;
  return url;
}
