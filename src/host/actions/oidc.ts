import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../base/ports.ts';
import { HostError } from '../machine/error.ts';
import { readGivenToken } from '../machine/identity-token.ts';
import { readProxy } from '../machine/proxy.ts';
import { askTokenService, type TokenService } from '../machine/token-service.ts';

/** The audience that Sigstore's certificate authority demands; https://docs.sigstore.dev/certificate_authority/oidc-in-fulcio/ */
const AUDIENCE = 'sigstore';
const TRIES = 4;

/** How long the service is waited for, and how long before it is asked again: doubled each time. In milliseconds. */
export interface TokenPatience {
  readonly answer: number;
  readonly delay: number;
}

const PATIENCE: TokenPatience = { answer: 10_000, delay: 1_000 };

/** Only where a token is missing or refused can the user do something about it. */
const PERMISSION =
  'Give the job permissions: id-token: write (and contents: read); a pull request from a fork never has it. Or sign with a key: cosign-key.';

/** How the job's OIDC token is asked for until `signal` ends it; undefined where this job has none to give. SIGSTORE_ID_TOKEN wins over the runner's own. A token is masked before anybody sees it. */
export function createIdentityToken(
  env: NodeJS.ProcessEnv,
  log: Log,
  { answer: patience, delay }: TokenPatience = PATIENCE,
): ((signal: AbortSignal) => Promise<string>) | undefined {
  const given = readGivenToken(env, log);
  if (given !== undefined) return given;
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
  if (!url || !bearer) return undefined;
  return async (signal) => {
    const token = await askRunner({ url, bearer, proxy: readProxy(env), patience }, delay, signal);
    log.mask(token);
    return token;
  };
}

async function askRunner(service: TokenService, delay: number, signal: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const answer = await askTokenService(service, AUDIENCE, signal);
    if (answer.token !== undefined) return answer.token;
    const { status, fault } = answer;
    if (attempt === TRIES || !isPassing(status)) throw explain(status, attempt, fault);
    await sleep(delay * 2 ** (attempt - 1), undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function isPassing(status: number | undefined): boolean {
  return status === undefined || status >= 500 || status === 429;
}

function explain(status: number | undefined, attempts: number, cause: unknown): HostError {
  const tries = attempts === 1 ? '' : ` after ${attempts} tries`;
  const answer = status === undefined || status === 200 ? 'gave no token' : `answered ${status}`;
  const isRefused = status === 401 || status === 403;
  return new HostError('IDENTITY_TOKEN', `the token service of the runner ${answer}${tries}`, {
    ...(cause === undefined ? {} : { cause }),
    hint: isRefused
      ? PERMISSION
      : 'Run the job again; https://www.githubstatus.com says whether GitHub Actions has an outage.',
  });
}
