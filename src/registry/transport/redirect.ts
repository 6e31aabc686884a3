import { RegistryError } from '../error.ts';
import { isLocalAddress, isLoopbackHost } from './address.ts';
import { discardBody } from './body.ts';
import { headerOf, type Response, type Send, type WireRequest } from './message.ts';

const MAX_REDIRECTS = 10;

/** Why an address that `from` sent us to must not be visited; undefined when it may. Only a registry on this machine may send us around on it, and none to where a cloud keeps its secrets. */
export function refuseAddress(from: URL, to: URL): string | undefined {
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return `${to.protocol} is not a web address`;
  if (from.protocol === 'https:' && to.protocol === 'http:') return 'it leaves https for http';
  if (to.origin === from.origin) return undefined;
  const isAllowed = isLoopbackHost(to.hostname) ? isLocalAddress(from.hostname) : !isLocalAddress(to.hostname);
  if (!isAllowed) return `${to.hostname} is an address of this machine, or of its cloud`;
  return undefined;
}

/** True for an address that is not the registry's own, and whose name must therefore not turn out to be this machine's. A registry on this machine may send us around on it. */
export function isSentElsewhere({ url, registry }: WireRequest): boolean {
  return registry !== undefined && registry.origin !== url.origin && !isLocalAddress(registry.hostname);
}

/** Resolves what a Location, Link or realm names, against the address that answered; throws REDIRECT_REFUSED or PROTOCOL. */
export function resolveAddress(from: URL, text: string, what: string): URL {
  const to = URL.parse(text, from.href);
  if (to === null) {
    throw new RegistryError('PROTOCOL', `${from.host} sent a ${what} that is not an address`, { url: from });
  }
  const reason = refuseAddress(from, to);
  if (reason === undefined) return to;
  throw new RegistryError(
    'REDIRECT_REFUSED',
    `${from.host} sent a ${what} to ${to.origin}, which is refused: ${reason}`,
    {
      url: to,
      hint: reason.includes('https')
        ? `Make the proxy before ${from.host} pass X-Forwarded-Proto on, so that the registry knows it is reached by https.`
        : `Check that ${from.host} is the registry you mean, and its configured public address.`,
    },
  );
}

/** Follows redirects. Credentials stay with the origin they were meant for, and are not sent again after they were dropped. */
export function withRedirects(send: Send): Send {
  return async (first) => {
    let request: WireRequest = first;
    for (let count = 0; ; count++) {
      const response = await send(request);
      const location = headerOf(response, 'location');
      if (!isRedirect(response.status) || location === undefined) return response;
      if (first.redirects === 'same-origin' && URL.parse(location, request.url.href)?.origin !== first.url.origin) {
        return response;
      }
      await discardBody(response);
      request = nextRequest(request, response, location);
      if (count === MAX_REDIRECTS) {
        throw new RegistryError('REDIRECT_REFUSED', `${first.url.host} redirected more than ${MAX_REDIRECTS} times`, {
          method: first.method,
          url: first.url,
        });
      }
    }
  };
}

function nextRequest(request: WireRequest, response: Response, location: string): WireRequest {
  const keepsMethod = request.method === 'GET' || request.method === 'HEAD';
  if (!keepsMethod && response.status !== 307 && response.status !== 308) {
    const message = `${request.url.host} answered a ${request.method} with redirect ${response.status}, which would change the method`;
    throw new RegistryError('REDIRECT_REFUSED', message, {
      status: response.status,
      method: request.method,
      url: request.url,
      hint: 'Name the registry by the address it redirects to.',
    });
  }
  const url = resolveAddress(request.url, location, 'redirect');
  return {
    ...request,
    url,
    registry: request.registry ?? request.url,
    headers: url.origin === request.url.origin ? request.headers : withoutSecrets(request.headers),
  };
}

function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(?:proxy-)?authorization$|^cookie$/i.test(name)),
  );
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}
