import { randomBytes } from 'node:crypto';
import { type Call, RegistryError, type Reply, replyJson } from './exchange.ts';
import type { Route } from './route.ts';

/** Who may do what at a registry: one account. */
export interface AuthOptions {
  readonly kind: 'basic' | 'bearer';
  readonly username: string;
  readonly password: string;
  /** Life of a bearer token in seconds; default 300. */
  readonly tokenSeconds?: number;
  /** `anonymous`: pulling needs no account. */
  readonly pull?: 'anonymous';
  /** `denied`: the account may only pull. */
  readonly push?: 'denied';
  /** A refresh token that the token endpoint takes by POST; without one it answers POST with 405. */
  readonly identityToken?: string;
}

interface Token {
  readonly scopes: ReadonlySet<string>;
  readonly expires: number;
}

/** Basic or bearer authentication; https://distribution.github.io/distribution/spec/auth/token/ */
export class Authority {
  readonly #options: AuthOptions;
  readonly #realm: string;
  readonly #service: string;
  readonly #tokens = new Map<string, Token>();

  constructor(options: AuthOptions, origin: string) {
    this.#options = options;
    this.#realm = `${origin}/token`;
    this.#service = new URL(origin).host;
  }

  /** Throws 401 or 403 unless this request may do what it asks for. */
  check(call: Call, route: Route): void {
    const needed = neededScopes(call, route);
    const authorization = call.headers.authorization ?? '';
    if (this.#options.kind === 'basic') this.#checkBasic(authorization, needed);
    else this.#checkBearer(authorization, needed);
  }

  /** The token endpoint: GET with Basic or nothing, POST with a password or refresh token (OAuth 2). */
  issueToken(call: Call): Reply {
    const form = call.method === 'POST' ? new URLSearchParams(call.body.toString()) : call.query;
    const known = call.method === 'POST' ? this.#knowsForm(form) : this.#knowsBasic(call.headers.authorization);
    const anonymous = call.method === 'GET' && call.headers.authorization === undefined;
    if (!known && !(anonymous && this.#options.pull === 'anonymous')) {
      throw new RegistryError(401, 'UNAUTHORIZED', 'authentication required');
    }
    const asked = form.getAll('scope').flatMap((scopes) => scopes.split(' '));
    const scopes = new Set(asked.flatMap(splitScope).filter((scope) => this.#grants(scope, known)));
    const seconds = this.#options.tokenSeconds ?? 300;
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, { scopes, expires: Date.now() + seconds * 1000 });
    return replyJson(200, { token, access_token: token, expires_in: seconds, issued_at: new Date().toISOString() });
  }

  #checkBasic(authorization: string, needed: readonly string[]): void {
    const known = this.#knowsBasic(authorization);
    if (!known && authorization === '' && needed.length > 0 && needed.every((scope) => this.#grants(scope, false)))
      return;
    if (!known) {
      throw new RegistryError(401, 'UNAUTHORIZED', 'authentication required', {
        'WWW-Authenticate': 'Basic realm="lab"',
      });
    }
    if (!needed.every((scope) => this.#grants(scope, true))) throw new RegistryError(403, 'DENIED', 'access denied');
  }

  #checkBearer(authorization: string, needed: readonly string[]): void {
    const [, presented] = /^Bearer (.+)$/i.exec(authorization) ?? [];
    const token = this.#tokens.get(presented ?? '');
    const valid = token !== undefined && token.expires > Date.now();
    if (valid && needed.every((scope) => token.scopes.has(scope))) return;
    const error = valid ? 'insufficient_scope' : presented === undefined ? undefined : 'invalid_token';
    const parts = [
      `realm="${this.#realm}"`,
      `service="${this.#service}"`,
      ...(needed.length === 0 ? [] : [`scope="${joinScopes(needed)}"`]),
      ...(error === undefined ? [] : [`error="${error}"`]),
    ];
    throw new RegistryError(401, 'UNAUTHORIZED', 'authentication required', {
      'WWW-Authenticate': `Bearer ${parts.join(',')}`,
    });
  }

  #grants(scope: string, known: boolean): boolean {
    const isPull = scope.endsWith(':pull');
    return known ? isPull || this.#options.push !== 'denied' : isPull && this.#options.pull === 'anonymous';
  }

  #knowsBasic(authorization = ''): boolean {
    const { username, password } = this.#options;
    const [, encoded = ''] = /^Basic (.+)$/i.exec(authorization) ?? [];
    return Buffer.from(encoded, 'base64').toString() === `${username}:${password}`;
  }

  #knowsForm(form: URLSearchParams): boolean {
    const { username, password, identityToken } = this.#options;
    if (identityToken === undefined) throw new RegistryError(405, 'UNSUPPORTED', 'the operation is unsupported');
    if (form.get('grant_type') === 'refresh_token') return form.get('refresh_token') === identityToken;
    return form.get('username') === username && form.get('password') === password;
  }
}

/** One `repository:NAME:ACTION` for each thing the request does: a push also pulls, a mount pulls from elsewhere. */
function neededScopes(call: Call, route: Route): string[] {
  if (route.kind === 'ping') return [];
  const here = (action: string) => `repository:${route.repository}:${action}`;
  if (call.method === 'GET' || call.method === 'HEAD') return [here('pull')];
  if (call.method === 'DELETE' && route.kind !== 'upload') return [here('delete')];
  const from = call.query.has('mount') ? call.query.get('from') : null;
  return [here('pull'), here('push'), ...(from === null ? [] : [`repository:${from}:pull`])];
}

function splitScope(scope: string): string[] {
  const [, name, actions] = /^(repository:.+):([^:]+)$/.exec(scope) ?? [];
  return name === undefined ? [] : (actions ?? '').split(',').map((action) => `${name}:${action}`);
}

function joinScopes(scopes: readonly string[]): string {
  const actions = new Map<string, string[]>();
  for (const scope of scopes) {
    const colon = scope.lastIndexOf(':');
    const name = scope.slice(0, colon);
    actions.set(name, [...(actions.get(name) ?? []), scope.slice(colon + 1)]);
  }
  return [...actions].map(([name, list]) => `${name}:${list.join(',')}`).join(' ');
}
