import { setMaxListeners } from 'node:events';
import { DomainError } from '../../base/error.ts';
import type { Log } from '../../base/ports.ts';
import { registryOf } from '../../image/reference.ts';
import type { CredentialSource } from '../credentials.ts';
import { RegistryError } from '../error.ts';
import { Authorizer } from './authorize.ts';
import { discardBody } from './body.ts';
import { createDispatcher, DEFAULT_TIMEOUTS, type ProxySettings, type Timeouts } from './dispatcher.ts';
import { wrapFault } from './failure.ts';
import type { RegistryRequest, Response, Send, WireRequest } from './message.ts';
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
}

/** How the verbs reach a registry. */
export interface Transport {
  /** Sends with the right credentials, to the right scheme, again after a fault. Any status may come back; throws RegistryError when there was no answer. */
  send(request: RegistryRequest): Promise<Response>;
  /** How `GET /v2/` was answered; known once anything was sent. */
  findEndpoint(request: RegistryRequest): Promise<Endpoint>;
  readonly retry: RetryPolicy;
  readonly log: Log;
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

/** Milliseconds: a longer wait is told, so that nobody takes it for a hang. */
const TELLING_DELAY = 5_000;

/** Composes the layers, outermost first: warnings, retry, endpoint, authorisation, redirects, connections. */
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
  const send = withRedirects(connections.send);
  const findEndpoint = createEndpointFinder(send, (registry) => insecureHosts.has(registry));
  const authorizer = new Authorizer({ ...options, send: sendForToken, now: retry.now });
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
        hint: `Check that ${host} can be reached from here, also through the proxy if there is one.`,
      });
    }
  }

  return {
    retry,
    log,
    signal,
    async send(request) {
      const policy = request.replay === false ? { ...retry, attempts: 1 } : retry;
      const registry = registryOf(request.repository);
      try {
        const attempt = async () => sendAuthorized(send, authorizer, await findEndpoint(registry), request);
        const response = await sendWithRetry(policy, signal, attempt, reportRetry(log, registry));
        showWarnings(response);
        return response;
      } catch (fault) {
        throw wrapFault(request, fault, signal);
      }
    },
    async findEndpoint(request) {
      try {
        return await findEndpoint(registryOf(request.repository));
      } catch (fault) {
        throw wrapFault(request, fault, signal);
      }
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
  const { method, headers = {}, body, redirects, headersTimeout } = request;
  const wire = { method, url, headers, body, redirects, headersTimeout };
  if (url.origin !== origin.origin) return send(wire);

  const authorization = await authorizer.authorize(endpoint, request);
  const response = await send(withAuthorization(wire, authorization));
  if ((response.status !== 401 && response.status !== 403) || response.url.origin !== origin.origin) return response;
  const fresh = await authorizer.renew(endpoint, request, response, authorization);
  if (fresh === undefined) return response;
  await discardBody(response);
  return send(withAuthorization(wire, fresh));
}

function withAuthorization(request: WireRequest, authorization: string | undefined): WireRequest {
  return authorization === undefined ? request : { ...request, headers: { ...request.headers, authorization } };
}

function reportRetry(log: Log, host: string): (reason: string, delay: number) => void {
  return (reason, delay) => {
    const line = `${host}: ${reason}; again in ${(delay / 1000).toFixed(1)} s`;
    if (delay >= TELLING_DELAY) log.info(line);
    else log.debug(line);
  };
}
