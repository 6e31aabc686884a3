import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, describeError } from '../base/error.ts';
import type { CertificateAnchor } from '../image/trust-anchor.ts';
import { SignerError } from './error.ts';

/** The OIDC token of a keyless signer: cosign gets this one, for one audience, instead of the right to ask for others. */
export interface IdentityTokens {
  /** Whom Fulcio will name by what the token claims; undefined when that does not tell. */
  readonly expected: Omit<CertificateAnchor, 'transparencyLog'> | undefined;
  /** Lends a file with a token that still lives for a minute, readable by this user alone and gone afterwards. However many ask at once, a new one is asked for once. */
  lend<T>(use: (file: string) => Promise<T>): Promise<T>;
}

interface Token {
  readonly text: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

const MIN_LIFE_MS = 60_000;
const NO_TOKEN_HINT = 'A job that signs without a key needs permissions: id-token: write; else set cosign-key.';

/** Asks for a token now, so that a missing permission is found before anything is written. Throws TOKEN_UNUSABLE. */
export async function openIdentityTokens(directory: string, ask: () => Promise<string>): Promise<IdentityTokens> {
  let token = await askForToken(ask);
  let asking: Promise<Token> | undefined;
  const renew = async (): Promise<Token> => {
    try {
      return await askForToken(ask);
    } finally {
      asking = undefined;
    }
  };
  return {
    expected: readExpected(token.claims),
    async lend(use) {
      if (leftOf(token) < MIN_LIFE_MS) {
        asking ??= renew();
        token = await asking;
      }
      const room = await mkdtemp(join(directory, 'token-'));
      try {
        const file = join(room, 'token');
        await writeFile(file, token.text, { mode: 0o600 });
        return await use(file);
      } finally {
        await rm(room, { recursive: true, force: true });
      }
    },
  };
}

async function askForToken(ask: () => Promise<string>): Promise<Token> {
  let text: string;
  try {
    text = (await ask()).trim();
  } catch (cause) {
    throw new SignerError('TOKEN_UNUSABLE', `There is no OIDC token to sign with: ${describeError(cause)}`, {
      cause,
      // Who asked knows best: an outage is not mended by a permission.
      hint: (cause instanceof DomainError ? cause.hint : undefined) ?? NO_TOKEN_HINT,
    });
  }
  const token = parseToken(text);
  if (token === undefined) {
    throw new SignerError('TOKEN_UNUSABLE', 'What was given as an OIDC token is no JSON Web Token', {
      hint: 'SIGSTORE_ID_TOKEN must hold the token itself; leave it away where the runner gives one.',
    });
  }
  if (leftOf(token) > 0) return token;
  throw new SignerError('TOKEN_UNUSABLE', 'The OIDC token to sign with has expired', {
    hint: 'Ask for it later in the job, or let this action ask for it (permissions: id-token: write). If it is new, mend the clock of this machine.',
  });
}

/** https://www.rfc-editor.org/rfc/rfc7519 */
function parseToken(text: string): Token | undefined {
  const [, payload = '', signature] = text.split('.');
  if (signature === undefined || !/^[\w.-]+$/.test(text)) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims)
      ? { text, claims: claims as Token['claims'] }
      : undefined;
  } catch {
    return undefined;
  }
}

function leftOf({ claims }: Token): number {
  return typeof claims.exp === 'number' ? claims.exp * 1000 - Date.now() : Number.POSITIVE_INFINITY;
}

/** https://github.com/sigstore/fulcio/blob/main/docs/oidc.md; a server of GitHub Enterprise issues from its own address. */
function readExpected(claims: Token['claims']): IdentityTokens['expected'] {
  const { iss, job_workflow_ref: workflow, repository } = claims;
  if (typeof iss !== 'string' || typeof workflow !== 'string' || typeof repository !== 'string') return undefined;
  const server = /^(https:\/\/[^/]+)\/_services\/token$/.exec(iss)?.[1] ?? 'https://github.com';
  const identity = `${server}/${workflow}`;
  return {
    kind: 'certificate',
    name: identity,
    identity: { kind: 'exact', text: identity },
    issuer: { kind: 'exact', text: iss },
    repository,
  };
}
