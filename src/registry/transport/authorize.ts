import type { Repository } from '../../image/reference.ts';
import type { Credential, CredentialSource } from '../credentials.ts';
import { type Challenge, chooseChallenge, parseChallenges } from './challenge.ts';
import { headersOf, type RegistryRequest, type Response, type Send } from './message.ts';
import { resolveAddress } from './redirect.ts';
import type { Endpoint } from './scheme.ts';
import { coversScopes, type Scope, splitScopes } from './scope.ts';
import { fetchToken, formatBasic, type Token } from './token.ts';
import { TokenCache } from './token-cache.ts';

/** What authorisation works with. `send` must not authorise, and should ask again after a fault. */
export interface AuthorizerOptions {
  readonly send: Send;
  readonly credentials: CredentialSource;
  readonly mask: (secret: string) => void;
  readonly now: () => number;
}

/** What proves who we are to a registry: an Authorization header, and the token in it, if it is one. */
export interface Authorization {
  readonly header: string;
  readonly token?: Token;
}

/** Knows how each registry wants to be convinced, and holds the tokens. One per client: roles share none. */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  readonly #tokens: TokenCache;
  readonly #learned = new Map<string, Challenge>();
  readonly #credentials = new Map<Repository, Promise<Credential>>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
    this.#tokens = new TokenCache(options.now);
  }

  /** True when there is nobody to log in as. */
  async isAnonymous(repository: Repository): Promise<boolean> {
    return (await this.#credentialOf(repository)).kind === 'anonymous';
  }

  /** What to send first; undefined for nothing. */
  async authorize(endpoint: Endpoint, request: RegistryRequest): Promise<Authorization | undefined> {
    const credential = await this.#credentialOf(request.repository);
    const challenge = this.#learned.get(endpoint.origin.origin) ?? chooseChallenge(endpoint.challenges);
    // A registry open to everyone may still show more, or less of a 404, to someone it knows.
    if (challenge === undefined) {
      return endpoint.status === 200 && credential.kind === 'basic' ? answerBasic(credential) : undefined;
    }
    return challenge.scheme === 'basic'
      ? answerBasic(credential)
      : this.#answerBearer(endpoint, challenge, request.repository, request.scopes, credential);
  }

  /** How to get something better than `used`, which was not enough; undefined when there is nothing better to offer. Reads no body. */
  async planRenewal(
    endpoint: Endpoint,
    request: RegistryRequest,
    response: Response,
    used: Authorization | undefined,
  ): Promise<(() => Promise<Authorization | undefined>) | undefined> {
    const told = chooseChallenge(parseChallenges(headersOf(response, 'www-authenticate')));
    // A 401 that does not say what is wanted means what was wanted before.
    const known = this.#learned.get(endpoint.origin.origin) ?? chooseChallenge(endpoint.challenges);
    const challenge = told ?? (response.status === 401 && used?.token !== undefined ? known : undefined);
    const isShort = challenge?.parameters.error === 'insufficient_scope';
    if (challenge === undefined || (response.status === 403 && !isShort)) return undefined;
    this.#learned.set(endpoint.origin.origin, challenge);
    if (used?.token !== undefined) this.#tokens.drop(used.token);
    const credential = await this.#credentialOf(request.repository);
    if (challenge.scheme === 'basic') {
      const fresh = answerBasic(credential);
      return fresh === undefined || fresh.header === used?.header ? undefined : async () => fresh;
    }
    const asked = splitScopes(challenge.parameters.scope ?? '').filter(
      (scope) => !coversScopes(request.scopes, [scope]),
    );
    const scopes = [...request.scopes, ...asked];
    return () => this.#answerBearer(endpoint, challenge, request.repository, scopes, credential);
  }

  async #answerBearer(
    { origin }: Endpoint,
    { parameters: { realm = '', service } }: Challenge,
    repository: Repository,
    scopes: readonly Scope[],
    credential: Credential,
  ): Promise<Authorization> {
    const token = await this.#tokens.get(`${origin.origin} ${repository}`, scopes, async () => {
      const address = resolveAddress(origin, realm, 'token realm');
      const fetched = await fetchToken(this.#options.send, { realm: address, origin, service, scopes, credential });
      this.#options.mask(fetched.value);
      return fetched;
    });
    return { header: `Bearer ${token.value}`, token };
  }

  #credentialOf(repository: Repository): Promise<Credential> {
    const known = this.#credentials.get(repository) ?? this.#resolve(repository);
    this.#credentials.set(repository, known);
    known.catch(() => this.#credentials.delete(repository));
    return known;
  }

  async #resolve(repository: Repository): Promise<Credential> {
    const credential = await this.#options.credentials.resolve(repository);
    if (credential.kind === 'anonymous') return credential;
    const secrets = [
      credential.kind === 'basic' ? credential.password : credential.token,
      formatBasic(credential)?.slice('Basic '.length) ?? '',
    ];
    for (const secret of secrets) if (secret !== '') this.#options.mask(secret);
    return credential;
  }
}

function answerBasic(credential: Credential): Authorization | undefined {
  const header = formatBasic(credential);
  return header === undefined ? undefined : { header };
}
