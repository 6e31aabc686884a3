import type { Log } from '../../base/ports.ts';
import type { Login } from '../../promote/logins.ts';
import type { PromoteRequest } from '../../promote/request.ts';

/** Masks what is known to be secret before anything is read: the inputs and variables that hold secrets. */
export function maskInputs(raw: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv, log: Log): void {
  const key = raw['cosign-key']?.trim() ?? '';
  const variable = /^env:\/\/(\w+)$/.exec(key)?.[1];
  const secrets = [
    raw['source-password'],
    raw['target-password'],
    raw['github-token'],
    env.COSIGN_PASSWORD,
    variable === undefined ? undefined : env[variable],
    // A key where its name should be is refused, and must not be shown while it is.
    key.includes('-----BEGIN') ? key : undefined,
  ];
  for (const secret of secrets) if (secret) log.mask(secret);
}

/** Masks every login of the request, also in the form in which Basic authentication sends it. */
export function maskLogins({ credentials }: PromoteRequest, log: Log): void {
  const logins: Login[] = [...credentials.source.values(), ...credentials.target.values()];
  for (const { username, password } of logins) {
    log.mask(password);
    log.mask(Buffer.from(`${username}:${password}`).toString('base64'));
  }
}

/** The variables that cosign needs for its key: given to cosign, to nobody else. */
export function readKeyEnv({ key }: PromoteRequest, env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['COSIGN_PASSWORD', ...(key?.kind === 'env' ? [key.variable] : [])];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
