import { tmpdir } from 'node:os';
import type { Exec, Log } from '../../base/ports.ts';
import type { Login } from '../../promote/logins.ts';
import type { PromoteRequest } from '../../promote/request.ts';
import { RegistryClient } from '../../registry/client.ts';
import {
  type Credential,
  type CredentialSource,
  dockerConfigCredentials,
  explicitCredentials,
} from '../../registry/credentials.ts';
import { dockerConfigPaths } from './identity.ts';
import { maskProxyLogins, readProxy } from './proxy.ts';

/** One client a role: the source's login never reaches the target, nor the other way round. */
export interface Clients {
  readonly source: RegistryClient;
  readonly target: RegistryClient;
  readonly databases: RegistryClient;
  close(): Promise<void>;
}

/** What the clients need of the host. */
export interface ClientContext {
  readonly env: NodeJS.ProcessEnv;
  readonly exec: Exec;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Ends requests to the target: `signal`, but that it waits for the commit point. */
  readonly cut?: AbortSignal;
}

/** Opens the three clients; explicit logins come before what `docker login` left. */
export function openClients(request: PromoteRequest, context: ClientContext): Clients {
  const { env, exec, log, signal, cut = signal } = context;
  const proxy = readProxy(env);
  maskProxyLogins(proxy, log);
  const dockerConfig = dockerConfigCredentials({
    paths: dockerConfigPaths(env),
    exec,
    env: helperEnv(env, request),
    cwd: tmpdir(),
    signal,
  });
  const open = (credentials: CredentialSource, signal: AbortSignal): RegistryClient =>
    new RegistryClient({
      credentials,
      insecureHosts: request.policy.registries.insecure,
      ...(request.ca === undefined ? {} : { ca: request.ca }),
      proxy,
      userAgent: 'promote-image',
      log,
      signal,
      mask: (secret) => log.mask(secret),
    });
  const source = open(explicitCredentials(toCredentials(request.credentials.source), dockerConfig), signal);
  const target = open(explicitCredentials(toCredentials(request.credentials.target), dockerConfig), cut);
  const databases = open(dockerConfig, signal);
  return {
    source,
    target,
    databases,
    close: async () => {
      await Promise.all([source.close(), target.close(), databases.close()]);
    },
  };
}

function toCredentials(logins: ReadonlyMap<string, Login>): Map<string, Credential> {
  return new Map([...logins].map(([host, login]) => [host, { kind: 'basic', ...login }]));
}

/** A credential helper may need its cloud's variables, but none of ours. */
function helperEnv(env: NodeJS.ProcessEnv, { key }: PromoteRequest): Record<string, string> {
  const keyVariable = key?.kind === 'env' ? key.variable : undefined;
  const isOurs = (name: string): boolean =>
    name === keyVariable || /^(INPUT_|COSIGN_|ACTIONS_|GITHUB_TOKEN$)/.test(name);
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !isOurs(entry[0])),
  );
}
