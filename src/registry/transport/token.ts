import type { Credential } from '../credentials.ts';
import { RegistryError } from '../error.ts';
import { discardBody, readBody } from './body.ts';
import { cleanText, formatDiagnostics, readErrorBody } from './diagnostics.ts';
import { sayEnd } from './failure.ts';
import { headerOf, type Response, type Send, type WireRequest } from './message.ts';
import type { Scope } from './scope.ts';

/** What a token service is asked for; https://distribution.github.io/distribution/spec/auth/token/ */
export interface TokenRequest {
  readonly realm: URL;
  /** The registry that named the realm. */
  readonly origin: URL;
  readonly service: string | undefined;
  readonly scopes: readonly Scope[];
  readonly credential: Credential;
}

/** A bearer token, and how many milliseconds it lives from now. */
export interface Token {
  readonly value: string;
  readonly lifetime: number;
}

const CLIENT_ID = 'promote-image';
const MAX_TOKEN_BODY = 256 * 1024;
/** Seconds. What is not said, or cannot be, is the minute of the specification; what is said to live for ever is asked for again. */
const DEFAULT_LIFETIME = 60;
const MAX_LIFETIME = 3600;

/** Fetches a token: an identity token by OAuth 2 POST (GET where there is none), anything else by GET. Throws UNAUTHORIZED, DENIED or PROTOCOL. */
export async function fetchToken(send: Send, request: TokenRequest): Promise<Token> {
  if (request.credential.kind === 'identity-token') {
    const response = await send(postRequest(request, request.credential.token));
    if (response.status !== 404 && response.status !== 405) return readToken(response, request);
    await discardBody(response);
  }
  return readToken(await send(getRequest(request)), request);
}

/** The value of an Authorization header for Basic authentication; undefined for no one. */
export function formatBasic(credential: Credential): string | undefined {
  if (credential.kind === 'anonymous') return undefined;
  const [username, password] =
    credential.kind === 'basic'
      ? [credential.username, credential.password]
      : [credential.username ?? '<token>', credential.token];
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function getRequest({ realm, origin, service, scopes, credential }: TokenRequest): WireRequest {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  if (credential.kind === 'basic') url.searchParams.set('account', credential.username);
  const authorization = formatBasic(credential);
  return { method: 'GET', url, registry: origin, headers: authorization === undefined ? {} : { authorization } };
}

function postRequest({ realm, origin, service, scopes }: TokenRequest, refreshToken: string): WireRequest {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: CLIENT_ID });
  if (service !== undefined) form.set('service', service);
  form.set('scope', scopes.join(' '));
  const body = Buffer.from(form.toString());
  return {
    method: 'POST',
    url: realm,
    registry: origin,
    // A redirected POST would carry the refresh token in its body to wherever it is sent.
    redirects: 'same-origin',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) },
    body,
  };
}

async function readToken(response: Response, request: TokenRequest): Promise<Token> {
  if (response.status !== 200) throw await refuseToken(response, request);
  const body = await readBody(response, MAX_TOKEN_BODY);
  const json = body === undefined ? undefined : parseObject(body);
  const value = json?.token || json?.access_token;
  if (json === undefined || typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) {
    throw new RegistryError('PROTOCOL', `the token service of ${request.origin.host} answered 200 without a token`, {
      status: 200,
      url: response.url,
    });
  }
  return { value, lifetime: readLifetime(json, headerOf(response, 'date')) };
}

/** Seconds from `issued_at`, by the server's own clock where it tells the time: ours may be wrong. */
function readLifetime(json: Readonly<Record<string, unknown>>, date: string | undefined): number {
  const said = typeof json.expires_in === 'number' && json.expires_in > 0 ? json.expires_in : DEFAULT_LIFETIME;
  const seconds = Math.min(said, MAX_LIFETIME);
  const age = Date.parse(date ?? '') - Date.parse(String(json.issued_at));
  return seconds * 1000 - (age > 0 && age < seconds * 1000 ? age : 0);
}

async function refuseToken(response: Response, request: TokenRequest): Promise<RegistryError> {
  const { diagnostics } = await readErrorBody(response);
  const { scopes, credential } = request;
  const registry = request.origin.host;
  const said = diagnostics.length === 0 ? '' : ` (${formatDiagnostics(diagnostics)})`;
  const message = `the token service of ${registry} answered ${response.status}${said} when asked for ${cleanText(scopes.join(' '))}${sayEnd(response)}`;
  const { status, url } = response;
  if (status === 401 || status === 403 || status === 400) {
    const hint =
      credential.kind === 'anonymous'
        ? `No credentials were found for ${registry}: log in to it, or pass a user name and password.`
        : `Check the credentials for ${registry}, that they have not expired, and that they allow ${cleanText(scopes.join(' '))}.`;
    return new RegistryError(status === 403 ? 'DENIED' : 'UNAUTHORIZED', message, { status, url, diagnostics, hint });
  }
  const code = status === 429 ? 'RATE_LIMITED' : status >= 500 ? 'UNAVAILABLE' : 'PROTOCOL';
  return new RegistryError(code, message, { status, url, diagnostics });
}

function parseObject(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
