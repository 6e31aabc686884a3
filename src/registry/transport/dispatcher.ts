import { getCACertificates } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request as requestOnce } from 'undici';
import { isLoopbackHost } from './address.ts';
import type { Response, Send, WireRequest } from './message.ts';

/** Proxies by the scheme of the registry's address, and the hosts that are reached without one. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

/** Milliseconds to wait for a connection, for the headers of an answer, and between two pieces of its body. */
export interface Timeouts {
  readonly connect: number;
  readonly headers: number;
  readonly body: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = { connect: 10_000, headers: 60_000, body: 60_000 };

const CONNECTIONS_PER_HOST = 8;

/** What a pool of connections depends on. */
export interface DispatcherOptions {
  readonly ca?: string | undefined;
  readonly proxy?: ProxySettings | undefined;
  readonly timeouts: Timeouts;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  /** True for an origin whose certificate is not checked. */
  readonly isInsecure: (origin: string) => boolean;
}

/** The one place that opens connections. Nothing here reads the environment: a proxy is used only where it was passed in. */
export function createDispatcher(options: DispatcherOptions): { readonly send: Send; close(): Promise<void> } {
  const checked = createRoutes(options, true);
  let unchecked: Routes | undefined;
  const routeOf = (url: URL): Dispatcher => {
    if (url.protocol !== 'https:' || !options.isInsecure(url.origin)) return pickRoute(checked, url, options.proxy);
    unchecked ??= createRoutes(options, false);
    return pickRoute(unchecked, url, options.proxy);
  };
  return {
    send: (request) => sendOnce(routeOf(request.url), request, options),
    async close() {
      const routes = unchecked === undefined ? [checked] : [checked, unchecked];
      await Promise.all(routes.flatMap(({ direct, proxied }) => [direct.destroy(), proxied?.destroy()]));
    },
  };
}

interface Routes {
  readonly direct: Dispatcher;
  readonly proxied: Dispatcher | undefined;
}

function createRoutes({ ca, proxy, timeouts }: DispatcherOptions, checksCertificates: boolean): Routes {
  const trust = {
    rejectUnauthorized: checksCertificates,
    allowH2: false,
    ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
  };
  const settings = {
    connections: CONNECTIONS_PER_HOST,
    allowH2: false,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    connectTimeout: timeouts.connect,
    connect: { ...trust, timeout: timeouts.connect },
  };
  return {
    direct: new Agent(settings),
    proxied:
      proxy === undefined
        ? undefined
        : new EnvHttpProxyAgent({
            ...settings,
            requestTls: trust,
            proxyTls: { ...trust, rejectUnauthorized: true },
            httpProxy: proxy.httpProxy ?? '',
            httpsProxy: proxy.httpsProxy ?? '',
            noProxy: proxy.noProxy ?? '',
          }),
  };
}

/** As Go's tools do: https goes only through HTTPS_PROXY, http only through HTTP_PROXY, this machine is never proxied. */
function pickRoute({ direct, proxied }: Routes, url: URL, proxy: ProxySettings | undefined): Dispatcher {
  const setting = url.protocol === 'https:' ? proxy?.httpsProxy : proxy?.httpProxy;
  return proxied === undefined || setting === undefined || setting === '' || isLoopbackHost(url.hostname)
    ? direct
    : proxied;
}

async function sendOnce(dispatcher: Dispatcher, request: WireRequest, options: DispatcherOptions): Promise<Response> {
  const { body, headersTimeout } = request;
  const {
    statusCode,
    headers,
    body: answer,
  } = await requestOnce(request.url, {
    dispatcher,
    method: request.method,
    headers: { 'user-agent': options.userAgent, 'accept-encoding': 'identity', ...request.headers },
    body: typeof body === 'function' ? body() : (body ?? null),
    signal: options.signal,
    // undici closes the connection after every HEAD unless told otherwise: a TLS handshake for each blob looked for.
    reset: false,
    ...(headersTimeout === undefined ? {} : { headersTimeout }),
  });
  // undici reports a broken body to whoever reads it; nobody may be reading when it breaks.
  answer.on('error', () => {});
  return { status: statusCode, headers, url: request.url, body: answer };
}
