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
import type { ProxySettings } from '../../registry/transport/dispatcher.ts';
import { dockerConfigPaths } from './identity.ts';

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
}

/** Opens the three clients; explicit logins come before what `docker login` left. */
export function openClients(request: PromoteRequest, context: ClientContext): Clients {
  const { env, exec, log, signal } = context;
  const dockerConfig = dockerConfigCredentials({
    paths: dockerConfigPaths(env),
    exec,
    env: helperEnv(env, request),
    cwd: tmpdir(),
    signal,
  });
  const open = (credentials: CredentialSource): RegistryClient =>
    new RegistryClient({
      credentials,
      insecureHosts: request.policy.registries.insecure,
      ...(request.ca === undefined ? {} : { ca: request.ca }),
      proxy: readProxy(env),
      userAgent: 'promote-image',
      log,
      signal,
      mask: (secret) => log.mask(secret),
    });
  const source = open(explicitCredentials(toCredentials(request.credentials.source), dockerConfig));
  const target = open(explicitCredentials(toCredentials(request.credentials.target), dockerConfig));
  const databases = open(dockerConfig);
  return {
    source,
    target,
    databases,
    close: async () => {
      await Promise.all([source.close(), target.close(), databases.close()]);
    },
  };
}

/** Proxies as the usual variables name them. */
export function readProxy(env: NodeJS.ProcessEnv): ProxySettings {
  const pick = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const httpProxy = pick('HTTP_PROXY');
  const httpsProxy = pick('HTTPS_PROXY');
  const noProxy = pick('NO_PROXY');
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
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
