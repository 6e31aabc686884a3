import { discardBody } from './body.ts';
import type { RegistryRequest, Response } from './message.ts';
import { type Endpoint, type FindEndpoint, listOrigins } from './scheme.ts';

/** What a first contact depends on. */
export interface FirstContactOptions {
  readonly findEndpoint: FindEndpoint;
  readonly isInsecureHost: (registry: string) => boolean;
  /** Sends a request to an endpoint, authorised. */
  readonly send: (endpoint: Endpoint, request: RegistryRequest) => Promise<Response>;
}

/** Requests that do not wait for `/v2/`: what a promotion asks first, and not the hundreds that a batch has ready. */
const MOST = 3;

/**
 * Asks a registry that nothing is known of yet for a manifest and for `/v2/` side by side, which saves a round trip. A 200 is
 * taken as it is; whatever else comes counts only where `/v2/` says that it was asked in the right place, in the right way.
 */
export class FirstContact {
  readonly #options: FirstContactOptions;
  /** Requests that did not wait, by registry. */
  readonly #sent = new Map<string, number>();

  constructor(options: FirstContactOptions) {
    this.#options = options;
  }

  /** The answer to a request without credentials; undefined when it has to be sent to the endpoint. */
  async send(registry: string, request: RegistryRequest): Promise<Response | undefined> {
    const sent = this.#sent.get(registry) ?? 0;
    if (sent >= MOST || !isManifestRead(request)) return undefined;
    this.#sent.set(registry, sent + 1);
    const { findEndpoint, isInsecureHost, send } = this.#options;
    const [origin] = listOrigins(registry, isInsecureHost(registry));
    if (origin === undefined) return undefined;
    const guess: Endpoint = { origin, challenges: [], status: 0, isRegistry: false };
    const finding = findEndpoint(registry);
    finding.then(
      () => this.#sent.set(registry, MOST),
      () => undefined,
    );
    const [first] = await Promise.allSettled([send(guess, { ...request, redirects: 'same-origin' })]);
    if (first.status === 'fulfilled' && first.value.status === 200) return first.value;
    const endpoint = await finding;
    if (endpoint.origin.origin === origin.origin && isFinal(first, endpoint)) {
      if (first.status === 'rejected') throw first.reason;
      return first.value;
    }
    if (first.status === 'fulfilled') await discardBody(first.value);
    return undefined;
  }
}

/** What may change something goes to no address that has not answered yet, and blobs are often sent from elsewhere. */
function isManifestRead({ method, target }: RegistryRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && typeof target === 'string' && target.includes('/manifests/');
}

/** True unless the registry might say something else to whom it gave a token, or has only sent us on. */
function isFinal(first: PromiseSettledResult<Response>, { challenges }: Endpoint): boolean {
  if (first.status === 'rejected') return true;
  const { status } = first.value;
  if (status === 401 || status === 403) return true;
  return challenges.length === 0 && (status < 300 || status >= 400);
}
