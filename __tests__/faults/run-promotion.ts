import './load-all.ts';
import { runCosign } from '../../lab/stand-in/cosign.ts';
import { makeKeyPair } from '../../lab/stand-in/key-pair.ts';
import { runTrivy } from '../../lab/stand-in/trivy.ts';
import type { Exec, Log } from '../../src/base/ports.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { promote } from '../../src/promote/promote.ts';
import { readRequest } from '../../src/promote/request.ts';
import { RegistryClient } from '../../src/registry/client.ts';
import { explicitCredentials } from '../../src/registry/credentials.ts';
import { LOGIN, SOURCE, TARGET, type World } from './world.ts';

/** One key for all: making one is not what is tested. */
export const KEY = makeKeyPair();

/** How a promotion ended, and every line and secret it told its host. */
export interface PromotionRun {
  readonly outcome: Outcome;
  readonly lines: readonly string[];
  readonly masked: readonly string[];
}

/** What a run may be given besides what the world says. */
export interface RunOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  /** Laid over those of the world. */
  readonly files?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Short, so that hundreds of rows fit in a minute; what waits for longer in production waits here as well. */
const RETRY = { baseDelay: 2, maxDelay: 2_500 };
const TIMEOUTS = { connect: 1_000, headers: 250, stored: 250, body: 250 };

/** Promotes dev/web:1 to prod/web:1 through the whole engine, in this process, with stand-ins for Trivy and cosign. */
export async function runPromotion(world: World, options: RunOptions = {}): Promise<PromotionRun> {
  const lines: string[] = [];
  const masked: string[] = [];
  const log = createLog(lines, masked);
  const signal = options.signal ?? new AbortController().signal;
  const files: Readonly<Record<string, string>> = { ...world.options.files, ...options.files };
  const readFile = async (path: string): Promise<string | undefined> => files[path];
  const request = await readRequest(
    { ...describeStep(world), ...world.options.inputs, ...options.inputs },
    {
      workspace: '/workspace',
      event: 'push',
      env: { COSIGN_PRIVATE_KEY: KEY.privateKey },
      files: { readText: readFile, readPolicy: readFile, isExecutable: async () => true },
    },
  );
  const open = (logins: typeof request.credentials.source): RegistryClient =>
    new RegistryClient({
      credentials: explicitCredentials(
        new Map([...logins].map(([host, login]) => [host, { kind: 'basic', ...login }])),
      ),
      ...{ insecureHosts: [], userAgent: 'promote-image', log, signal, retry: RETRY, timeouts: TIMEOUTS },
      mask: (secret) => log.mask(secret),
      // Small blobs go with the PUT, the layer ahead of it: the faults of both are met.
      putUpTo: 600,
    });
  const source = open(request.credentials.source);
  const target = open(request.credentials.target);
  const databases = open(new Map([[world.databases.host, LOGIN]]));
  try {
    const outcome = await promote(request, {
      ...{ log, signal, source, target, databases },
      clock: () => new Date(),
      exec: runStandIn,
      cache: { find: async () => undefined, keep: async () => undefined },
      provideTool: async (name) => ({
        ...{ name, version: '0.0.0', path: name, provenance: 'path', sha256: 'ab'.repeat(32), trustedAsGiven: true },
      }),
      keyEnv: { COSIGN_PRIVATE_KEY: KEY.privateKey, COSIGN_PASSWORD: KEY.password },
      networkEnv: {},
      run: { repository: 'acme/shop', runId: '4711', runAttempt: 1 },
      workDirectory: world.directory,
      hold: (work) => work(signal),
    });
    return { outcome, lines, masked };
  } finally {
    await Promise.all([source.close(), target.close(), databases.close()]);
  }
}

function describeStep({ source, target, databases, options }: World): Record<string, string> {
  const hasLogin = (side: 'source' | 'target'): boolean =>
    options[side === 'source' && options.oneRegistry === true ? 'target' : side]?.auth !== undefined;
  const login = (side: 'source' | 'target'): Record<string, string> =>
    hasLogin(side) ? { [`${side}-username`]: LOGIN.username, [`${side}-password`]: LOGIN.password } : {};
  return {
    source: `${source.host}/${SOURCE.repository}:${SOURCE.tag}`,
    target: `${target.host}/${TARGET.repository}:${TARGET.tag}`,
    ...{ ...login('source'), ...login('target'), 'cosign-key': 'env://COSIGN_PRIVATE_KEY' },
    policy: JSON.stringify({
      version: 1,
      signature: { transparencyLog: false },
      ...options.policy,
      scan: {
        mode: options.scans === true ? 'enforce' : 'off',
        databases: (options.mirrors ?? ['mirror/trivy-db:2']).map((mirror) => `${databases.host}/${mirror}`),
        ...(options.policy?.scan as object | undefined),
      },
    }),
  };
}

const runStandIn: Exec = async ({ file, args, env }, signal) => {
  signal.throwIfAborted();
  const result = file === 'trivy' ? await runTrivy({ args, env }) : await runCosign({ args, env });
  return { ...result, signal: null };
};

function createLog(lines: string[], masked: string[]): Log {
  return {
    debug: (message) => void lines.push(`debug ${message}`),
    info: (message) => void lines.push(`info ${message}`),
    warning: (message) => void lines.push(`warning ${message}`),
    group: (title, body) => {
      lines.push(`group ${title}`);
      return body();
    },
    mask: (secret) => void masked.push(secret),
  };
}
