import { setMaxListeners } from 'node:events';
import type { LookupFunction } from 'node:net';
import { DomainError } from '../../base/error.ts';
import type { Log } from '../../base/ports.ts';
import { registryOf } from '../../image/reference.ts';
import type { CredentialSource } from '../credentials.ts';
import { RegistryError } from '../error.ts';
import { type Authorization, Authorizer } from './authorize.ts';
import { discardBody, readWhole } from './body.ts';
import { CONNECTIONS_PER_HOST, createDispatcher, DEFAULT_TIMEOUTS, type Timeouts } from './dispatcher.ts';
import { explainSilence, wrapFault } from './failure.ts';
import { FirstContact } from './first-contact.ts';
import { withHostLimits } from './host-limiter.ts';
import type { RegistryRequest, Response, Send, WireRequest } from './message.ts';
import type { ProxySettings } from './proxy.ts';
import { resolveAddress, withRedirects } from './redirect.ts';
import { DEFAULT_RETRY, type RetryPolicy, sendWithRetry } from './retry.ts';
import { createEndpointFinder, type Endpoint, listOrigins } from './scheme.ts';
import { createWarningReporter } from './warning.ts';

/** What the layers are made from. */
export interface TransportOptions {
  readonly credentials: CredentialSource;
  /** Hosts whose certificate is not checked, or that speak plain HTTP. */
  readonly insecureHosts: readonly string[];
  /** Certificates in PEM, trusted besides the usual ones. */
  readonly ca?: string;
  readonly proxy?: ProxySettings;
  readonly userAgent: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly mask: (secret: string) => void;
  readonly retry?: Partial<RetryPolicy>;
  readonly timeouts?: Partial<Timeouts>;
  /** Turns names into addresses; the system's own when absent. */
  readonly lookup?: LookupFunction;
  /** Bytes up to which a blob is uploaded with one request less, in the PUT; default 2 MiB. A larger one goes ahead of it, so that it can be resumed. */
  readonly putUpTo?: number;
}

/** How the verbs reach a registry. */
export interface Transport {
  /** Sends with the right credentials, to the right scheme, again after a fault. Any status may come back; throws RegistryError when there was no answer. */
  send(request: RegistryRequest): Promise<Response>;
  /** As send, with the body of a 200 or a 404 read to its end: one that breaks off is asked for again. `whole` stays undefined for a 200 of more than `limit` bytes. */
  read(request: RegistryRequest, limit: number): Promise<Response>;
  /** How `GET /v2/` was answered; known once anything was sent. */
  findEndpoint(request: RegistryRequest): Promise<Endpoint>;
  /** Opens connections ahead of need. Never throws. */
  warm(registry: string, count: number): Promise<void>;
  readonly retry: RetryPolicy;
  /** See TransportOptions. */
  readonly putUpTo: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

const PUT_UP_TO = 2 * 1024 * 1024;

/** Milliseconds: a longer wait is told, so that nobody takes it for a hang. */
const TELLING_DELAY = 5_000;

/** Composes the layers, outermost first: warnings, retry, endpoint, authorisation, redirects, limits per host, connections. */
export function createTransport(options: TransportOptions): Transport {
  const retry: RetryPolicy = { ...DEFAULT_RETRY, ...options.retry };
  const { log } = options;
  const closing = new AbortController();
  const signal = AbortSignal.any([options.signal, closing.signal]);
  setMaxListeners(0, signal);

  const insecureHosts = new Set(options.insecureHosts.map((host) => host.toLowerCase()));
  const insecureOrigins = new Set(
    [...insecureHosts].flatMap((host) => listOrigins(host, true).map((url) => url.origin)),
  );
  const connections = createDispatcher({
    ...options,
    signal,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    isInsecure: (origin) => insecureOrigins.has(origin),
  });
  const limits = { connections: CONNECTIONS_PER_HOST, policy: retry, signal };
  const send = withRedirects(withHostLimits(connections.send, limits));
  const isInsecureHost = (registry: string): boolean => insecureHosts.has(registry);
  const findEndpoint = createEndpointFinder(send, isInsecureHost);
  const authorizer = new Authorizer({ ...options, send: sendForToken, now: retry.now });
  // Behind a proxy another connection costs more than it saves.
  const isProxied = Boolean(options.proxy?.httpProxy || options.proxy?.httpsProxy);
  const firstContact = new FirstContact({
    findEndpoint,
    isInsecureHost,
    send: (endpoint, request) => sendAuthorized(send, authorizer, endpoint, request),
  });
  const showWarnings = createWarningReporter(log);

  async function sendForToken(request: WireRequest): Promise<Response> {
    const { host } = request.url;
    try {
      return await sendWithRetry(retry, signal, () => send(request), reportRetry(log, host));
    } catch (fault) {
      if (fault instanceof DomainError) throw fault;
      // Final: without this, the request that needs the token would start all the attempts over.
      throw new RegistryError('UNAVAILABLE', `the token service at ${host} gave no answer`, {
        cause: fault,
        method: request.method,
        url: request.url,
        hint: explainSilence(fault, host),
      });
    }
  }

  async function sendTo(registry: string, request: RegistryRequest): Promise<Response> {
    const isFree = !isProxied && (await authorizer.isAnonymous(request.repository));
    const first = isFree ? await firstContact.send(registry, request) : undefined;
    return first ?? sendAuthorized(send, authorizer, await findEndpoint(registry), request);
  }

  /** Sends a request, and takes what is wanted of its answer, as one attempt. */
  async function exchange(
    request: RegistryRequest,
    take: (response: Response) => Promise<Response>,
  ): Promise<Response> {
    const { replay = true } = request;
    const policy = replay === false ? { ...retry, attempts: 1 } : { ...retry, onlyWhenBusy: replay === 'when-busy' };
    const registry = registryOf(request.repository);
    const attempt = async (): Promise<Response> => take(await sendTo(registry, request));
    try {
      const response = await sendWithRetry(policy, signal, attempt, reportRetry(log, registry));
      showWarnings(response);
      return response;
    } catch (fault) {
      throw wrapFault(request, fault, signal);
    }
  }

  return {
    retry,
    putUpTo: options.putUpTo ?? PUT_UP_TO,
    log,
    signal,
    send: (request) => exchange(request, async (response) => response),
    read: (request, limit) => exchange(request, (response) => readWhole(response, limit)),
    async findEndpoint(request) {
      try {
        return await findEndpoint(registryOf(request.repository));
      } catch (fault) {
        throw wrapFault(request, fault, signal);
      }
    },
    async warm(registry, count) {
      const [origin] = listOrigins(registry, isInsecureHost(registry));
      const ask = async (): Promise<void> => {
        const url = new URL('/v2/', origin);
        await discardBody(await send({ method: 'GET', url, headers: {}, redirects: 'same-origin' }));
      };
      await Promise.allSettled(Array.from({ length: count }, ask));
    },
    async close() {
      closing.abort(new Error('the registry client was closed'));
      await connections.close();
    },
  };
}

/** Authorises what goes to the registry's own origin and nothing else; asks once more when the first try was not enough. */
async function sendAuthorized(
  send: Send,
  authorizer: Authorizer,
  endpoint: Endpoint,
  request: RegistryRequest,
): Promise<Response> {
  const { origin } = endpoint;
  const url = resolveAddress(origin, String(request.target), 'Location');
  const { method, headers = {}, body, redirects, stores } = request;
  const wire = { method, url, registry: origin, headers, body, redirects, stores };
  if (url.origin !== origin.origin) return send(wire);

  const authorization = await authorizer.authorize(endpoint, request);
  const response = await send(withAuthorization(wire, authorization));
  if ((response.status !== 401 && response.status !== 403) || response.url.origin !== origin.origin) return response;
  const renew = await authorizer.planRenewal(endpoint, request, response, authorization);
  if (renew === undefined) return response;
  // First: a token service on the same host may need the connection.
  await discardBody(response);
  return send(withAuthorization(wire, await renew()));
}

function withAuthorization(request: WireRequest, authorization: Authorization | undefined): WireRequest {
  if (authorization === undefined) return request;
  return { ...request, headers: { ...request.headers, authorization: authorization.header } };
}

function reportRetry(log: Log, host: string): (reason: string, delay: number) => void {
  return (reason, delay) => {
    const line = `${host}: ${reason}; again in ${(delay / 1000).toFixed(1)} s`;
    if (delay >= TELLING_DELAY) log.info(line);
    else log.debug(line);
  };
}
