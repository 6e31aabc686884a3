import type { Digest } from '../image/digest.ts';
import { type Descriptor, MAX_MANIFEST_BYTES } from '../image/manifest.ts';
import { OCI_INDEX } from '../image/media-type.ts';
import { pathOf, type Repository } from '../image/reference.ts';
import { RegistryError } from './error.ts';
import { nextPage } from './next-page.ts';
import { parseReferrersPage } from './referrers-page.ts';
import { discardBody } from './transport/body.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import { headerOf, type RegistryRequest, type Response } from './transport/message.ts';
import { isRetryableStatus } from './transport/retry.ts';
import { pullScope } from './transport/scope.ts';

/** The API's answer: a list, "there is no such API here", or an error that leaves it open whether there are referrers. */
export type ApiAnswer =
  | { readonly kind: 'list'; readonly descriptors: readonly Descriptor[] }
  | { readonly kind: 'no-api' }
  | { readonly kind: 'undecided'; readonly error: RegistryError };

const MAX_PAGES = 200;
const MAX_REFERRERS = 10_000;

/** Reads all pages of the referrers API, or says why there is no list; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers */
export async function readReferrersApi(
  transport: Transport,
  repository: Repository,
  digest: Digest,
): Promise<ApiAnswer> {
  const descriptors: Descriptor[] = [];
  const visited = new Set<string>();
  let target: string | URL = `/v2/${pathOf(repository)}/referrers/${digest}`;
  for (;;) {
    const request = pageRequest(repository, digest, target);
    const response = await transport.read(request, MAX_MANIFEST_BYTES);
    if (!isList(response)) {
      if (visited.size > 0) throw await refuseResponse(request, response);
      return classify(transport, request, response);
    }
    try {
      descriptors.push(...(await readPage(transport, request, response)));
    } catch (error) {
      if (visited.size > 0 || !(error instanceof RegistryError) || error.code !== 'PROTOCOL') throw error;
      return { kind: 'undecided', error };
    }
    visited.add(response.url.href);
    const next = nextPage(response);
    if (next === undefined) return { kind: 'list', descriptors };
    if (visited.has(next.href) || visited.size >= MAX_PAGES || descriptors.length > MAX_REFERRERS) {
      throw new RegistryError('PROTOCOL', `could not ${request.purpose}: its pages do not end`, { url: next });
    }
    target = next;
  }
}

function pageRequest(repository: Repository, digest: Digest, target: string | URL): RegistryRequest {
  return {
    purpose: `list the referrers of ${repository}@${digest}`,
    method: 'GET',
    repository,
    target,
    scopes: [pullScope(repository)],
    headers: { accept: OCI_INDEX },
    // GHCR sends this request to a web page on another host: https://github.com/artifacthub/hub/issues/4785
    redirects: 'same-origin',
  };
}

/** A proxy's or a single-page application's 200 is HTML. */
function isList(response: Response): boolean {
  const type = headerOf(response, 'content-type')?.split(';')[0]?.trim();
  return response.status === 200 && (type === OCI_INDEX || type === 'application/json');
}

async function classify(transport: Transport, request: RegistryRequest, response: Response): Promise<ApiAnswer> {
  const { status } = response;
  if (status === 401) throw await refuseResponse(request, response);
  if (status === 403 || (isRetryableStatus(status) && status !== 499)) {
    return { kind: 'undecided', error: await refuseResponse(request, response) };
  }
  await discardBody(response);
  if (status < 300 || (status >= 400 && status !== 404)) warnOfStrangeness(transport, request, response);
  return { kind: 'no-api' };
}

/** A 404 is how a registry says that it has no such API, and GHCR's redirect is known; anything else may hide referrers. */
function warnOfStrangeness({ log }: Transport, { repository }: RegistryRequest, { url, status }: Response): void {
  log.warning(
    `${url.host} answered the question for referrers in ${repository} with ${status}, which is no list: only what its fallback tags name is found.`,
  );
}

async function readPage(
  transport: Transport,
  request: RegistryRequest,
  response: Response,
): Promise<readonly Descriptor[]> {
  const bytes = response.whole;
  if (bytes === undefined) throw new RegistryError('TOO_LARGE', `could not ${request.purpose}: a page is too long`);
  const page = parseReferrersPage(bytes);
  if (page === undefined) {
    throw new RegistryError('PROTOCOL', `could not ${request.purpose}: the answer is no index`, { url: response.url });
  }
  const [strange] = page.strange;
  if (strange !== undefined) {
    transport.log.warning(
      `${request.repository} lists among its referrers what is none, and is left out: ${strange.entry} (${strange.reason}), ${page.strange.length} in all`,
    );
  }
  return page.descriptors;
}
