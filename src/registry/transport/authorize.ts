import type { Repository } from '../../image/reference.ts';
import type { Credential, CredentialSource } from '../credentials.ts';
import { type Challenge, chooseChallenge, parseChallenges } from './challenge.ts';
import { headersOf, type RegistryRequest, type Response, type Send } from './message.ts';
import { resolveAddress } from './redirect.ts';
import type { Endpoint } from './scheme.ts';
import { coversScopes, type Scope, splitScopes } from './scope.ts';
import { fetchToken, formatBasic } from './token.ts';
import { TokenCache } from './token-cache.ts';

/** What authorisation works with. `send` must not authorise, and should ask again after a fault. */
export interface AuthorizerOptions {
  readonly send: Send;
  readonly credentials: CredentialSource;
  readonly mask: (secret: string) => void;
  readonly now: () => number;
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

  /** The Authorization header to send first; undefined for none. */
  async authorize(endpoint: Endpoint, request: RegistryRequest): Promise<string | undefined> {
    const credential = await this.#credentialOf(request.repository);
    const challenge = this.#learned.get(endpoint.origin.origin) ?? chooseChallenge(endpoint.challenges);
    // A registry open to everyone may still show more, or less of a 404, to someone it knows.
    if (challenge === undefined) {
      return endpoint.status === 200 && credential.kind === 'basic' ? formatBasic(credential) : undefined;
    }
    return this.#answer(endpoint, challenge, request.repository, request.scopes, credential);
  }

  /** The header to send after `used` was not enough; undefined when there is nothing better to offer. */
  async renew(
    endpoint: Endpoint,
    request: RegistryRequest,
    response: Response,
    used: string | undefined,
  ): Promise<string | undefined> {
    const challenge = chooseChallenge(parseChallenges(headersOf(response, 'www-authenticate')));
    const isShort = challenge?.parameters.error === 'insufficient_scope';
    if (challenge === undefined || (response.status === 403 && !isShort)) return undefined;
    this.#learned.set(endpoint.origin.origin, challenge);
    if (used?.startsWith('Bearer ') === true) await this.#tokens.drop(used.slice('Bearer '.length));
    const asked = splitScopes(challenge.parameters.scope ?? '').filter(
      (scope) => !coversScopes(request.scopes, [scope]),
    );
    const credential = await this.#credentialOf(request.repository);
    const fresh = await this.#answer(
      endpoint,
      challenge,
      request.repository,
      [...request.scopes, ...asked],
      credential,
    );
    return fresh === used ? undefined : fresh;
  }

  async #answer(
    endpoint: Endpoint,
    challenge: Challenge,
    repository: Repository,
    scopes: readonly Scope[],
    credential: Credential,
  ): Promise<string | undefined> {
    if (challenge.scheme === 'basic') return formatBasic(credential);
    const { realm = '', service } = challenge.parameters;
    const token = await this.#tokens.get(`${endpoint.origin.origin} ${repository}`, scopes, async () => {
      const fetched = await fetchToken(this.#options.send, {
        realm: resolveAddress(endpoint.origin, realm, 'token realm'),
        service,
        scopes,
        credential,
        registry: endpoint.origin.host,
      });
      this.#options.mask(fetched.value);
      return fetched;
    });
    return `Bearer ${token}`;
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
