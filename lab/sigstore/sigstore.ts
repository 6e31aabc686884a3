import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCtLog } from './ct-log.ts';
import { type FaultPoint, makeFaultQueue } from './fault-queue.ts';
import { openGate, type ServiceFault } from './gate.ts';
import { startIssuer, type TokenFault } from './issuer.ts';
import { makeRunning, type Running } from './running.ts';
import { type Rekor, startFulcio, startRekor, startTimestampAuthority } from './services.ts';
import { describeSigningConfig, describeTrustedRoot, type TrustedRootOptions } from './trusted-root.ts';
import { identityOf, type WorkflowClaims } from './workflow-claims.ts';

/** Which services there are: each, unless this says `false`. Fulcio and the issuer of tokens always are. */
export interface SigstoreOptions {
  /** Rekor v2. Without it verification needs `--insecure-ignore-tlog` and `--use-signed-timestamps`. */
  readonly rekor?: boolean;
  /** Without it certificates hold no SCT, and verification needs `--insecure-ignore-sct`. */
  readonly ctLog?: boolean;
  /** Without it nothing says when was signed: with Rekor v2 nothing verifies, without Rekor for ten minutes. */
  readonly timestampAuthority?: boolean;
}

/** Where a test makes things go wrong: before each service. */
export interface SigstoreFaults {
  /** The token endpoint of the runner. */
  readonly token: FaultPoint<TokenFault>;
  readonly fulcio: FaultPoint<ServiceFault>;
  /** Never asked when there is none; so is `rekor`. */
  readonly timestampAuthority: FaultPoint<ServiceFault>;
  readonly rekor: FaultPoint<ServiceFault>;
}

/** A Sigstore of its own on loopback, and an issuer of tokens that plays GitHub's. */
export interface Sigstore {
  /** `http://127.0.0.1:port`, in the place of https://token.actions.githubusercontent.com */
  readonly issuer: string;
  readonly fulcioUrl: string;
  readonly signingConfigPath: string;
  readonly trustedRootPath: string;
  /** What a runner gives a job with `id-token: write`: ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN. */
  readonly requestEnv: Readonly<Record<string, string>>;
  /** The same for a job with other claims. */
  requestEnvOf(claims: Partial<WorkflowClaims>): Readonly<Record<string, string>>;
  /** The certificate identity of such a job. */
  identityOf(claims?: Partial<WorkflowClaims>): string;
  /** A token as the endpoint gives it, for audience `sigstore`; asks nothing and meets no fault. */
  mintToken(claims?: Partial<WorkflowClaims>): string;
  /** Undefined when there is none. */
  readonly rekor: { readonly url: string; countEntries(): Promise<number> } | undefined;
  readonly faults: SigstoreFaults;
  /** Writes another trusted root: without the key of a service, or with a stranger's certificate authority. */
  writeTrustedRoot(file: string, options: TrustedRootOptions): Promise<void>;
  /** Ends everything; what is in the directory stays. */
  close(): Promise<void>;
}

/** Starts it on ports of its own, keeping its files in `directory`; it is ready when this resolves, and ends with this process. */
export async function startSigstore(directory: string, options: SigstoreOptions = {}): Promise<Sigstore> {
  const running = makeRunning();
  try {
    return await start(directory, options, running);
  } catch (error) {
    await running.close();
    throw error;
  }
}

async function start(directory: string, options: SigstoreOptions, { keep, close }: Running): Promise<Sigstore> {
  await mkdir(directory, { recursive: true });
  const at = (name: string) => join(directory, name);
  const [issuer, ctLog] = await Promise.all([
    keep(startIssuer()),
    options.ctLog === false ? undefined : keep(startCtLog()),
  ]);
  const [fulcio, timestampAuthority, rekor] = await Promise.all([
    keep(startFulcio(at('fulcio'), issuer.url, ctLog?.url)),
    options.timestampAuthority === false ? undefined : keep(startTimestampAuthority(at('timestamp-authority'))),
    options.rekor === false ? undefined : keep(startRekor(at('rekor'))),
  ]);
  const services = { fulcio, ctLog, timestampAuthority, rekor };
  const [fulcioGate, timestampGate, rekorGate] = await Promise.all([
    keep(openGate(fulcio.url)),
    timestampAuthority && keep(openGate(timestampAuthority.url)),
    rekor && keep(openGate(rekor.url)),
  ]);
  const urls = { fulcio: fulcioGate.url, timestampAuthority: timestampGate?.url, rekor: rekorGate?.url };
  const [signingConfigPath, trustedRootPath] = [at('signing-config.json'), at('trusted-root.json')];
  await writeFile(signingConfigPath, JSON.stringify(describeSigningConfig(urls)));
  await writeFile(trustedRootPath, JSON.stringify(describeTrustedRoot(services)));
  return {
    issuer: issuer.url,
    fulcioUrl: urls.fulcio,
    signingConfigPath,
    trustedRootPath,
    requestEnv: issuer.requestEnvOf({}),
    requestEnvOf: issuer.requestEnvOf,
    identityOf,
    mintToken: (claims = {}) => issuer.mintToken(claims),
    rekor: rekorGate && rekor && { url: rekorGate.url, countEntries: () => countEntries(rekor) },
    faults: {
      token: issuer.faults,
      fulcio: fulcioGate.faults,
      timestampAuthority: timestampGate?.faults ?? makeFaultQueue(),
      rekor: rekorGate?.faults ?? makeFaultQueue(),
    },
    writeTrustedRoot: (file, changes) => writeFile(file, JSON.stringify(describeTrustedRoot(services, changes))),
    close,
  };
}

/** The size of the tree, from its checkpoint, which Rekor keeps as a file; https://c2sp.org/tlog-checkpoint */
async function countEntries({ log }: Rekor): Promise<number> {
  const [, size] = (await readFile(join(log, 'checkpoint'), 'utf8')).split('\n');
  return Number(size);
}
