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
  /** Further accounts beside that one, with their own rights. */
  readonly accounts?: readonly Account[];
  /** Where tokens are, for a registry that is known by another name; default here. */
  readonly realm?: string;
}

/** What one account may do: in repositories whose names start with one of these. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly pull: readonly string[];
  readonly push: readonly string[];
}

interface Token {
  readonly account: string | undefined;
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
    this.#realm = options.realm ?? `${origin}/token`;
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
    const account = known === true ? this.#options.username : known || undefined;
    this.#tokens.set(token, { account, scopes, expires: Date.now() + seconds * 1000 });
    return replyJson(200, { token, access_token: token, expires_in: seconds, issued_at: new Date().toISOString() });
  }

  /** Whose password or token this is; undefined for nobody's. */
  accountOf(authorization = ''): string | undefined {
    const [, presented = ''] = /^Bearer (.+)$/i.exec(authorization) ?? [];
    return this.#tokens.get(presented)?.account ?? (this.#knowsBasic(authorization) || undefined);
  }

  /** Makes every token that was issued so far invalid, long before it expires. */
  revokeTokens(): void {
    this.#tokens.clear();
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
    if (!needed.every((scope) => this.#grants(scope, known))) throw new RegistryError(403, 'DENIED', 'access denied');
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

  #grants(scope: string, known: boolean | string): boolean {
    const account = this.#options.accounts?.find(({ username }) => username === known);
    const [, name = '', action] = /^repository:(.+):([^:]+)$/.exec(scope) ?? [];
    if (account !== undefined)
      return account[action === 'pull' ? 'pull' : 'push'].some((start) => name.startsWith(start));
    const isPull = scope.endsWith(':pull');
    return known !== false ? isPull || this.#options.push !== 'denied' : isPull && this.#options.pull === 'anonymous';
  }

  /** The account whose login this is, or false. */
  #knowsBasic(authorization = ''): string | false {
    const [, encoded = ''] = /^Basic (.+)$/i.exec(authorization) ?? [];
    const login = Buffer.from(encoded, 'base64').toString();
    const all = [this.#options, ...(this.#options.accounts ?? [])];
    return all.find(({ username, password }) => login === `${username}:${password}`)?.username ?? false;
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
