import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Exec, ExecResult } from '../base/ports.ts';
import { isTransient, readComplaint } from './complaint.ts';

/** What every run of cosign needs. */
export interface CosignSettings {
  readonly path: string;
  /** Private to the run. */
  readonly directory: string;
  /** Proxy settings: given to cosign only where it has to reach the network. */
  readonly networkEnv: Readonly<Record<string, string>>;
  /** What cosign trusts on the network, in PEM; without it, what the system does. Asked for only where cosign reaches the network. */
  readonly certificates?: (() => string) | undefined;
  readonly exec: Exec;
  readonly signal: AbortSignal;
  readonly patience?: Patience | undefined;
}

/** How long cosign is waited for; its own `--timeout` does not hold while it signs. */
export interface Patience {
  /** For one run, in milliseconds. Default a minute, three for one that reads a registry. */
  readonly deadline?: number;
  /** Before the second try, in milliseconds, doubled before each further one. Default a second. */
  readonly retryDelay?: number;
}

/** One thing to ask of cosign. */
export interface CosignCall {
  readonly args: readonly string[];
  /** All of the secrets it gets. */
  readonly env?: Readonly<Record<string, string>>;
  /** True when it has to reach more than the loopback interface. */
  readonly network: boolean;
  /** True when it reads an image in a registry, which takes longer. */
  readonly registry?: boolean;
}

/** How it ended, and what it said last. */
export interface CosignResult extends ExecResult {
  readonly timedOut: boolean;
  readonly complaint: string;
}

/** Runs cosign with the environment that is listed, a home of its own and a deadline. */
export interface CosignProcess {
  run(call: CosignCall): Promise<CosignResult>;
  /** Makes an attempt, and again after a pause when the network or a service was to blame: cosign hides a 429 or 5xx of Fulcio and of a timestamp authority, and gives up on one of Rekor. `former` says why there is another. */
  tryAgain(attempt: (former: CosignResult | undefined) => Promise<CosignResult>): Promise<CosignResult>;
}

const DEADLINE_MS = 60_000;
const REGISTRY_DEADLINE_MS = 180_000;
const RETRY_DELAY_MS = 1_000;
const MAX_TRIES = 4;

/** Prepares that; a run throws only when cosign could not be started or the promotion was stopped. */
export async function openCosign(settings: CosignSettings): Promise<CosignProcess> {
  const home = join(settings.directory, 'home');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const network = await describeNetwork(settings);
  const { patience = {} } = settings;

  const run = async ({ args, env = {}, network: needsNetwork, registry }: CosignCall): Promise<CosignResult> => {
    settings.signal.throwIfAborted();
    const deadline = AbortSignal.timeout(patience.deadline ?? (registry === true ? REGISTRY_DEADLINE_MS : DEADLINE_MS));
    const result = await settings.exec(
      {
        file: settings.path,
        args,
        cwd: settings.directory,
        env: { HOME: home, TMPDIR: settings.directory, ...(needsNetwork ? network : {}), ...env },
      },
      AbortSignal.any([settings.signal, deadline]),
    );
    settings.signal.throwIfAborted();
    const timedOut = deadline.aborted && result.code !== 0;
    return { ...result, timedOut, complaint: readComplaint(result, timedOut) };
  };

  return {
    run,
    async tryAgain(attempt) {
      let result = await attempt(undefined);
      for (let tries = 1; tries < MAX_TRIES && isTransient(result); tries++) {
        const delay = (patience.retryDelay ?? RETRY_DELAY_MS) * 2 ** (tries - 1);
        await wait(delay, undefined, { signal: settings.signal }).catch(() => settings.signal.throwIfAborted());
        result = await attempt(result);
      }
      return result;
    },
  };
}

/** Go takes its authorities from SSL_CERT_FILE instead of the system's file; https://pkg.go.dev/crypto/x509#SystemCertPool */
async function describeNetwork(settings: CosignSettings): Promise<Readonly<Record<string, string>>> {
  if (settings.certificates === undefined) return settings.networkEnv;
  const file = join(settings.directory, 'certificates.pem');
  await writeFile(file, settings.certificates());
  return { ...settings.networkEnv, SSL_CERT_FILE: file };
}
