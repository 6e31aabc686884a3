import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RunIdentity } from '../../promote/ports.ts';

/** Who runs this, as the runner says it; https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export function readRunIdentity(env: NodeJS.ProcessEnv): RunIdentity {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = env;
  const attempt = Number.parseInt(env.GITHUB_RUN_ATTEMPT ?? '', 10);
  const runAttempt = Number.isNaN(attempt) ? undefined : attempt;
  const runUrl =
    server && repository && runId
      ? `${server}/${repository}/actions/runs/${runId}/attempts/${runAttempt ?? 1}`
      : undefined;
  return {
    ...given('actor', env.GITHUB_ACTOR),
    ...given('workflow', env.GITHUB_WORKFLOW_REF ?? env.GITHUB_WORKFLOW),
    ...given('repository', repository),
    ...given('runId', runId),
    ...given('runUrl', runUrl),
    ...(runAttempt === undefined ? {} : { runAttempt }),
  };
}

/** Where `docker login` and its kin leave credentials, the most specific first. */
export function dockerConfigPaths(env: NodeJS.ProcessEnv): string[] {
  const paths = [
    env.REGISTRY_AUTH_FILE,
    join(env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker'), 'config.json'),
  ];
  return paths.filter((path): path is string => path !== undefined && path !== '');
}

/** Proxy and certificate settings, for the one child that may use the network: cosign with a transparency log. */
export function networkEnv(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = [
    'HTTPS_PROXY',
    'HTTP_PROXY',
    'NO_PROXY',
    'https_proxy',
    'http_proxy',
    'no_proxy',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
  ];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/** Where git finds its own configuration, its keys and who commits. No token is among them: actions/checkout leaves one in the configuration of the repository. */
export function gitEnv(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = [
    ...['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM'],
    ...['SSH_AUTH_SOCK', 'GIT_SSH', 'GIT_SSH_COMMAND', 'GNUPGHOME', 'GPG_TTY', 'TMPDIR'],
    ...['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL'],
  ];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/** What cosign has to trust where the policy or `NODE_EXTRA_CA_CERTS` names authorities of its own, in PEM: those, the system's and Node's. Undefined where there are none to add; read when it is asked for, since that is hundreds of files. */
export function readCertificates(env: NodeJS.ProcessEnv, ca: string | undefined): (() => string) | undefined {
  if (ca === undefined && !env.NODE_EXTRA_CA_CERTS) return undefined;
  return () => {
    const { getCACertificates } = process.getBuiltinModule('node:tls');
    const known = [...getCACertificates('system'), ...getCACertificates('default')].map((pem) => pem.trim());
    return `${[...new Set([...known, ...(ca === undefined ? [] : [ca.trim()])])].join('\n')}\n`;
  };
}

function given<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value ? ({ [key]: value } as { [P in K]?: string }) : {};
}
