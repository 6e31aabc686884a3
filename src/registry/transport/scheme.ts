import { isLoopbackHost } from './address.ts';
import { discardBody } from './body.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { headerOf, headersOf, type Send } from './message.ts';
import { isRetryableStatus } from './retry.ts';

/** Where a registry answers, and how it wants to be spoken to. */
export interface Endpoint {
  readonly origin: URL;
  readonly challenges: readonly Challenge[];
  /** What `GET /v2/` answered without credentials. */
  readonly status: number;
  /** True when that answer was one of a registry: 200, or a challenge. */
  readonly isRegistry: boolean;
}

/** Finds the endpoint of a `host[:port]`; throws the network's own fault when nothing answers there. */
export type FindEndpoint = (registry: string) => Promise<Endpoint>;

/** https unless the host is this machine (http first) or was named insecure (http last). Asked once, without credentials. */
export function createEndpointFinder(send: Send, isInsecureHost: (registry: string) => boolean): FindEndpoint {
  const known = new Map<string, Promise<Endpoint>>();
  return (registry) => {
    const found = known.get(registry) ?? askCandidates(send, listOrigins(registry, isInsecureHost(registry)));
    known.set(registry, found);
    const forget = () => known.delete(registry);
    found.then((endpoint) => (isRetryableStatus(endpoint.status) ? forget() : undefined), forget);
    return found;
  };
}

/** The addresses to try for a registry, in order. Docker Hub's API is not at docker.io. */
export function listOrigins(registry: string, isInsecure: boolean): readonly URL[] {
  const host = registry === 'docker.io' || registry === 'index.docker.io' ? 'registry-1.docker.io' : registry;
  const secure = new URL(`https://${host}/`);
  const plain = new URL(`http://${host}/`);
  if (isLoopbackHost(secure.hostname)) return [plain, secure];
  return isInsecure ? [secure, plain] : [secure];
}

async function askCandidates(send: Send, origins: readonly URL[]): Promise<Endpoint> {
  const faults: unknown[] = [];
  for (const [index, origin] of origins.entries()) {
    try {
      const endpoint = await askVersion(send, origin);
      if (endpoint !== undefined || index === origins.length - 1) return endpoint ?? unknownEndpoint(origin);
    } catch (fault) {
      faults.push(fault);
    }
  }
  throw faults.length === 1 ? faults[0] : new AggregateError(faults, faults.map(messageOf).join('; '));
}

/** Undefined when a server answers that speaks the other scheme: Go and nginx say 400 to http on a TLS port. */
async function askVersion(send: Send, origin: URL): Promise<Endpoint | undefined> {
  const response = await send({ method: 'GET', url: new URL('/v2/', origin), headers: {}, redirects: 'same-origin' });
  await discardBody(response);
  const { status } = response;
  if (origin.protocol === 'http:') {
    if (status === 400) return undefined;
    if (headerOf(response, 'location')?.startsWith('https:') === true) return undefined;
  }
  const challenges = parseChallenges(headersOf(response, 'www-authenticate'));
  const isRegistry = status === 200 || (status === 401 && challenges.length > 0);
  return { origin, challenges: status === 401 ? challenges : [], status, isRegistry };
}

function unknownEndpoint(origin: URL): Endpoint {
  return { origin, challenges: [], status: 400, isRegistry: false };
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
