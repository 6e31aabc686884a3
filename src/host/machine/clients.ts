import { tmpdir } from 'node:os';
import type { ActionNeeds, ClientNeed, Login } from '../../base/action.ts';
import type { Exec, Log } from '../../base/ports.ts';
import { RegistryClient } from '../../registry/client.ts';
import { type Credential, dockerConfigCredentials, explicitCredentials } from '../../registry/credentials.ts';
import type { ProxySettings } from '../../registry/transport/proxy.ts';
import { dockerConfigPaths } from './identity.ts';

/** One client a role: the source's login never reaches the target, nor the other way round. */
export interface Clients<Role extends string> {
  readonly clients: Readonly<Record<Role, RegistryClient>>;
  close(): Promise<void>;
}

/** What the clients need of the host. */
export interface ClientContext {
  readonly env: NodeJS.ProcessEnv;
  readonly exec: Exec;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Ends the requests of what writes: `signal`, but that it waits for the commit point. */
  readonly cut?: AbortSignal;
  readonly proxy: ProxySettings;
}

/** Opens the clients of an action; explicit logins come before what `docker login` left. */
export function openClients<Role extends string>(needs: ActionNeeds<Role>, context: ClientContext): Clients<Role> {
  const { env, exec, log, signal, cut = signal, proxy } = context;
  const dockerConfig = dockerConfigCredentials({
    paths: dockerConfigPaths(env),
    exec,
    env: helperEnv(env, needs.keyVariables),
    cwd: tmpdir(),
    signal,
  });
  const open = ({ logins, writes }: ClientNeed): RegistryClient =>
    new RegistryClient({
      credentials: logins.size === 0 ? dockerConfig : explicitCredentials(toCredentials(logins), dockerConfig),
      insecureHosts: needs.insecureHosts,
      ...(needs.ca === undefined ? {} : { ca: needs.ca }),
      proxy,
      userAgent: 'promote-image',
      log,
      signal: writes === true ? cut : signal,
      mask: (secret) => log.mask(secret),
    });
  const opened = Object.entries<ClientNeed>(needs.clients).map(([role, need]) => [role, open(need)] as const);
  return {
    clients: Object.fromEntries(opened) as Record<Role, RegistryClient>,
    close: async () => {
      await Promise.all(opened.map(([, client]) => client.close()));
    },
  };
}

function toCredentials(logins: ReadonlyMap<string, Login>): Map<string, Credential> {
  return new Map([...logins].map(([host, login]) => [host, { kind: 'basic', ...login }]));
}

/** A credential helper may need its cloud's variables, but none of ours. */
function helperEnv(env: NodeJS.ProcessEnv, keyVariables: readonly string[]): Record<string, string> {
  const isOurs = (name: string): boolean =>
    keyVariables.includes(name) ||
    /^(INPUT_|PROMOTE_IMAGE_|COSIGN_|ACTIONS_|GITHUB_TOKEN$|SIGSTORE_ID_TOKEN$)/.test(name);
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !isOurs(entry[0])),
  );
}
