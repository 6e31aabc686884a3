import type { Digest } from '../image/digest.ts';
import { ImageError } from '../image/error.ts';
import { type Descriptor, MAX_MANIFEST_BYTES, parseManifest } from '../image/manifest.ts';
import { OCI_INDEX } from '../image/media-type.ts';
import { pathOf, type Repository } from '../image/reference.ts';
import { RegistryError } from './error.ts';
import { discardBody, readBody } from './transport/body.ts';
import { refuseResponse, wrapFault } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import { headerOf, headersOf, type RegistryRequest, type Response } from './transport/message.ts';
import { resolveAddress } from './transport/redirect.ts';
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
    const response = await transport.send(request);
    if (!isList(response)) {
      if (visited.size > 0) throw await refuseResponse(request, response);
      return classify(request, response);
    }
    descriptors.push(...(await readPage(transport, request, response)));
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

async function classify(request: RegistryRequest, response: Response): Promise<ApiAnswer> {
  const { status } = response;
  if (status === 401) throw await refuseResponse(request, response);
  if (status === 403 || (isRetryableStatus(status) && status !== 499)) {
    return { kind: 'undecided', error: await refuseResponse(request, response) };
  }
  await discardBody(response);
  return { kind: 'no-api' };
}

async function readPage(
  transport: Transport,
  request: RegistryRequest,
  response: Response,
): Promise<readonly Descriptor[]> {
  const bytes = await readBody(response, MAX_MANIFEST_BYTES).catch((fault: unknown) => {
    throw wrapFault(request, fault, transport.signal);
  });
  if (bytes === undefined) throw new RegistryError('TOO_LARGE', `could not ${request.purpose}: a page is too long`);
  try {
    const page = parseManifest(bytes, OCI_INDEX);
    if (page.kind === 'index') return page.children;
  } catch (cause) {
    if (!(cause instanceof ImageError)) throw cause;
    throw new RegistryError('PROTOCOL', `could not ${request.purpose}: ${cause.message}`, { cause, url: response.url });
  }
  throw new RegistryError('PROTOCOL', `could not ${request.purpose}: the answer is no index`, { url: response.url });
}

/** The `next` of a Link header, which may hold several; https://www.rfc-editor.org/rfc/rfc8288#section-3 */
function nextPage(response: Response): URL | undefined {
  for (const header of headersOf(response, 'link')) {
    for (const [, address = '', parameters = ''] of header.matchAll(/<([^>]*)>((?:"[^"]*"|[^",])*)/g)) {
      if (!/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:;|$)/i.test(parameters)) continue;
      const next = resolveAddress(response.url, address, 'Link');
      if (next.origin === response.url.origin) return next;
      throw new RegistryError('REDIRECT_REFUSED', `${response.url.host} sent a Link to ${next.origin}`, { url: next });
    }
  }
  return undefined;
}
