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

/** Opens an upload session and returns its address; throws what the registry refuses it with. */
export async function openSession(transport: Transport, request: RegistryRequest): Promise<URL> {
  const response = await transport.send(request);
  return acceptSession(request, response);
}

/** The address of the next step, from an answer that must be 202; relative addresses and those with a query are usual. */
export async function acceptSession(request: RegistryRequest, response: Response): Promise<URL> {
  const location = headerOf(response, 'location');
  if (response.status !== 202 || location === undefined) throw await refuseResponse(request, response);
  await discardBody(response);
  return resolveAddress(response.url, location, 'Location');
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
