import type { Log } from '../../base/ports.ts';

/** The OIDC token that another system left in SIGSTORE_ID_TOKEN, masked; undefined where there is none. Asked again, it is the same one: nobody here can renew it. */
export function readGivenToken(env: NodeJS.ProcessEnv, log: Log): (() => Promise<string>) | undefined {
  const token = env.SIGSTORE_ID_TOKEN?.trim();
  if (token === undefined || token === '') return undefined;
  log.mask(token);
  return async () => token;
}
