import { createSign, generateKeyPair, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { type FaultPoint, makeFaultQueue } from './fault-queue.ts';
import { listenOnLoopback } from './loopback.ts';
import { completeClaims, type WorkflowClaims } from './workflow-claims.ts';

/** What can go wrong when a job asks for its token. The last two give a token that nobody may take. */
export type TokenFault = 'unauthorized' | 'unavailable' | 'other-audience' | 'expired';

/** An OpenID Connect issuer that plays GitHub's, with the token endpoint of its runners. */
export interface Issuer {
  readonly url: string;
  readonly faults: FaultPoint<TokenFault>;
  /** What the runner puts into the environment of a job with `id-token: write`. */
  requestEnvOf(claims: Partial<WorkflowClaims>): Readonly<Record<string, string>>;
  mintToken(claims: Partial<WorkflowClaims>): string;
  close(): Promise<void>;
}

/** A job that may ask: its bearer token and its claims. */
interface Job {
  readonly token: string;
  readonly claims: Partial<WorkflowClaims>;
}

/** Starts it. Without an audience in the request a token is for the owner's address, as GitHub's are. */
export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  const jobs = new Map<string, Job>();
  const faults = makeFaultQueue<TokenFault>();
  const mint = (claims: Partial<WorkflowClaims>): string =>
    signToken({ jti: randomUUID(), iss: server.url, ...completeClaims(claims, Date.now()) }, kid, privateKey);

  const answerToken = (request: IncomingMessage, { pathname, searchParams }: URL): readonly [number, object] => {
    const job = jobs.get(pathname);
    const fault = faults.take();
    if (fault === 'unavailable') return [503, { message: 'Service Unavailable' }];
    const bearer = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (job === undefined || bearer !== job.token || fault === 'unauthorized')
      return [401, { message: 'Unauthorized' }];
    const owner = completeClaims(job.claims, 0).repository.split('/')[0];
    const aud = searchParams.get('audience') ?? `https://github.com/${owner}`;
    const changes = {
      ...(fault === 'other-audience' && { aud: 'https://github.com/org' }),
      ...(fault === 'expired' && { exp: Math.floor(Date.now() / 1000) - 60 }),
    };
    return [200, { count: jobs.size, value: mint({ aud, ...job.claims, ...changes }) }];
  };

  const server = await listenOnLoopback((request, response) => {
    const url = new URL(request.url ?? '/', server.url);
    const [status, body] = publish(url.pathname) ?? answerToken(request, url);
    if (url.pathname.startsWith('/token/')) faults.note(request, status);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const publish = (path: string): readonly [number, object] | undefined => {
    if (path === '/jwks')
      return [200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] }];
    return path === '/.well-known/openid-configuration' ? [200, describe(server.url)] : undefined;
  };
  return {
    url: server.url,
    faults,
    mintToken: mint,
    close: server.close,
    requestEnvOf(claims) {
      const job = { token: randomBytes(24).toString('base64url'), claims };
      const path = `/token/${randomUUID()}`;
      jobs.set(path, job);
      // The query is part of it: what asks appends `&audience=…`.
      const url = `${server.url}${path}?api-version=2.0`;
      return { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: job.token };
    },
  };
}

function describe(issuer: string): object {
  return {
    issuer,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'aud', 'exp', 'iat', 'iss', 'nbf', 'job_workflow_ref', 'repository', 'ref', 'sha'],
    scopes_supported: ['openid'],
  };
}

/** https://www.rfc-editor.org/rfc/rfc7515#section-3.1 */
function signToken(claims: object, kid: string, key: KeyObject): string {
  const parts = [{ alg: 'RS256', kid, typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${parts.join('.')}.${createSign('sha256').update(parts.join('.')).sign(key, 'base64url')}`;
}
