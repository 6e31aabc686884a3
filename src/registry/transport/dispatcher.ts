import { lookup as lookupName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request as requestOnce } from 'undici';
import { RegistryError } from '../error.ts';
import { isLoopbackHost } from './address.ts';
import { guardLookup, LocalAddressError } from './guarded-lookup.ts';
import { createLargeReads } from './large-reads.ts';
import type { Response, Send, WireRequest } from './message.ts';
import { createProxyAgent, explainProxied, type ProxySettings } from './proxy.ts';
import { isSentElsewhere } from './redirect.ts';

/** Milliseconds to wait for a connection, for the headers of an answer, and between two pieces of its body. */
export interface Timeouts {
  readonly connect: number;
  readonly headers: number;
  /** As `headers`, where content is stored: registries may move gigabytes before they answer. */
  readonly stored: number;
  readonly body: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = { connect: 10_000, headers: 60_000, stored: 300_000, body: 60_000 };

/** Connections to one origin at once. */
export const CONNECTIONS_PER_HOST = 12;

/** Bytes that wait for their reader, on each connection, before the sender is held up. */
export const HELD_BYTES = 512 * 1024;

/** What a pool of connections depends on. */
export interface DispatcherOptions {
  readonly ca?: string | undefined;
  readonly proxy?: ProxySettings | undefined;
  readonly timeouts: Timeouts;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  /** True for an origin whose certificate is not checked. */
  readonly isInsecure: (origin: string) => boolean;
  /** Turns names into addresses; the system's own when absent. */
  readonly lookup?: LookupFunction | undefined;
}

/** The one place that opens connections. Nothing here reads the environment: a proxy is used only where it was passed in. Where a registry sends us elsewhere, the connection fails with REDIRECT_REFUSED when a name turns out to be local; behind a proxy it is the proxy that looks names up, and has to refuse. */
export function createDispatcher(options: DispatcherOptions): { readonly send: Send; close(): Promise<void> } {
  const opened = new Map<string, Routes>();
  const routeOf = (request: WireRequest): Dispatcher => {
    const { protocol, origin } = request.url;
    const isChecked = protocol !== 'https:' || !options.isInsecure(origin);
    const isGuarded = isSentElsewhere(request);
    // A connection that was made without the guard must not serve a request that needs it.
    const key = `${isChecked} ${isGuarded}`;
    const routes = opened.get(key) ?? createRoutes(options, isChecked, isGuarded);
    opened.set(key, routes);
    return pickRoute(routes, request.url, options.proxy);
  };
  return {
    send: (request) => sendOnce(routeOf(request), request, options),
    async close() {
      const routes = [...opened.values()];
      await Promise.all(routes.flatMap(({ direct, proxied }) => [direct.destroy(), proxied?.destroy()]));
    },
  };
}

/** Connections for what is downloaded by https with nobody's credentials: the same proxy, the same authorities. */
export function createDownloadAgent({ proxy, ca }: Pick<DispatcherOptions, 'proxy' | 'ca'>): Dispatcher {
  const { httpsProxy = '', noProxy = '' } = proxy ?? {};
  const options = { proxy: { httpsProxy, noProxy }, ca, timeouts: DEFAULT_TIMEOUTS };
  const { direct, proxied = direct } = createRoutes(options, true, false);
  return httpsProxy === '' ? direct : proxied;
}

interface Routes {
  readonly direct: Dispatcher;
  readonly proxied: Dispatcher | undefined;
}

function createRoutes(
  options: Pick<DispatcherOptions, 'proxy' | 'ca' | 'timeouts' | 'lookup'>,
  isChecked: boolean,
  isGuarded: boolean,
): Routes {
  const { ca, proxy, timeouts, lookup = lookupName } = options;
  const trust = {
    rejectUnauthorized: isChecked,
    allowH2: false,
    ...(ca === undefined ? {} : { ca: [...process.getBuiltinModule('node:tls').getCACertificates('default'), ca] }),
  };
  const settings = {
    connections: CONNECTIONS_PER_HOST,
    allowH2: false,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    connectTimeout: timeouts.connect,
    connect: {
      ...trust,
      timeout: timeouts.connect,
      lookup: isGuarded ? guardLookup(lookup) : lookup,
      highWaterMark: HELD_BYTES,
      onread: createLargeReads(),
    },
  };
  return {
    direct: new Agent(settings),
    proxied:
      proxy === undefined ? undefined : createProxyAgent(proxy, { settings, trust, tunnelTimeout: timeouts.connect }),
  };
}

/** As Go's tools do: https goes only through HTTPS_PROXY, http only through HTTP_PROXY, this machine is never proxied. */
function pickRoute({ direct, proxied }: Routes, url: URL, proxy: ProxySettings | undefined): Dispatcher {
  return proxied === undefined || settingOf(url, proxy) === undefined || isLoopbackHost(url.hostname)
    ? direct
    : proxied;
}

function settingOf({ protocol }: URL, proxy: ProxySettings | undefined): string | undefined {
  return (protocol === 'https:' ? proxy?.httpsProxy : proxy?.httpProxy) || undefined;
}

async function sendOnce(dispatcher: Dispatcher, request: WireRequest, options: DispatcherOptions): Promise<Response> {
  const { body, stores } = request;
  const exchange = requestOnce(request.url, {
    dispatcher,
    method: request.method,
    headers: { 'user-agent': options.userAgent, 'accept-encoding': 'identity', ...request.headers },
    body: typeof body === 'function' ? body() : (body ?? null),
    signal: options.signal,
    // undici closes the connection after every HEAD unless told otherwise: a TLS handshake for each blob looked for.
    reset: false,
    highWaterMark: HELD_BYTES,
    ...(stores === true ? { headersTimeout: options.timeouts.stored } : {}),
  });
  const {
    statusCode,
    headers,
    body: answer,
  } = await exchange.catch((fault: unknown) => {
    const proxy = settingOf(request.url, options.proxy);
    return refuseFault(proxy === undefined ? fault : explainProxied(fault, request.url, proxy), request);
  });
  // undici reports a broken body to whoever reads it; nobody may be reading when it breaks.
  answer.on('error', () => {});
  return { status: statusCode, headers, url: request.url, body: answer };
}

function refuseFault(fault: unknown, { method, url, registry }: WireRequest): never {
  if (!(fault instanceof LocalAddressError)) throw fault;
  throw new RegistryError(
    'REDIRECT_REFUSED',
    `${registry?.host} sent us to ${url.origin}, which is refused: ${fault.hostname} is at ${fault.address}, an address of this machine`,
    {
      method,
      url,
      cause: fault,
      hint: `Check that ${registry?.host} is the registry you mean. If it is on this machine, name it by an address that says so, such as localhost.`,
    },
  );
}
