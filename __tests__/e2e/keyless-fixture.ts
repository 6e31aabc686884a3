import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExternalRegistry, startOlareg } from '../../lab/external-registry.ts';
import { type RunResult, run } from '../../lab/process.ts';
import { runStep, type StepResult } from '../../lab/runner.ts';
import { type Sigstore, type SigstoreOptions, startSigstore } from '../../lab/sigstore/sigstore.ts';
import type { WorkflowClaims } from '../../lab/sigstore/workflow-claims.ts';
import { findTool } from '../../lab/tools.ts';
import type { PromoteStep } from './fixture.ts';
import { read } from './fixture-target.ts';

/** The job that promotes: that of the variables which the runner of the lab gives. */
export const RELEASE = workflowOf('acme/shop', 'acme/shop/.github/workflows/release.yml');

export const SERVICES_FILE = 'sigstore/services.json';
export const ROOT_FILE = 'sigstore/root.json';

/** The claims of a job in a workflow of its own repository, or one that `repository` calls elsewhere. */
export function workflowOf(repository: string, workflow: string): Partial<WorkflowClaims> {
  return { repository, workflow_ref: `${workflow}@refs/heads/main` };
}

/** A Sigstore, a registry, and who signs there without a key: stock cosign, and the promotion. */
export interface KeylessScene {
  readonly sigstore: Sigstore;
  readonly registry: ExternalRegistry;
  /** The text of the trusted root, or of one with these changes. */
  readRoot(options?: Parameters<Sigstore['writeTrustedRoot']>[1]): Promise<string>;
  /** A fresh directory. */
  makeDirectory(): Promise<string>;
  /** A file for stock cosign. */
  write(name: string, text: string): Promise<string>;
  /** One that it wrote. */
  readText(name: string): Promise<string>;
  /** Stock cosign in a directory with `root.json`, with nothing else that it could trust. */
  cosign(...args: readonly string[]): Promise<RunResult>;
  /** `cosign sign` as a job with these claims; rejects when it fails. */
  sign(claims: Partial<WorkflowClaims>, reference: string): Promise<void>;
  /** `cosign sign` with the key in this file. */
  signWith(key: string, reference: string): Promise<void>;
  /** `cosign attest`, the same way. */
  attest(claims: Partial<WorkflowClaims>, reference: string, type: string, predicate: object): Promise<void>;
  /** The tags of a repository, none when there is none. */
  listTags(repository: string): Promise<readonly string[]>;
  /** Runs `dist/promote.js` as the job of RELEASE, without a key and a scan, by this Sigstore, whose files are named by inputs. */
  promote(source: string, target: string, step?: PromoteStep): Promise<StepResult>;
  /** Runs `dist/verify.js`, trusting RELEASE by its identity and issuer alone. */
  verify(inputs: Readonly<Record<string, string>>): Promise<StepResult>;
  close(): Promise<void>;
}

/** Starts all of it; rejects where a tool is absent. */
export async function setKeylessScene(options: SigstoreOptions = {}): Promise<KeylessScene> {
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-keyless-'));
  const removals: (() => Promise<void>)[] = [() => rm(directory, { recursive: true, force: true })];
  const [sigstore, registry] = await Promise.all([
    startSigstore(join(directory, 'services'), options),
    startOlareg({ args: ['--api-delete'] }),
  ]);
  const [services, root] = await Promise.all(
    [sigstore.signingConfigPath, sigstore.trustedRootPath].map((path) => readFile(path, 'utf8')),
  );
  const [servicesText, rootText] = [services ?? '', root ?? ''];
  let serial = 0;
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(directory, name), text, { mode: 0o600 });
    return join(directory, name);
  };
  await Promise.all([write('root.json', rootText), write('services.json', servicesText)]);
  const place = { cwd: directory, env: { HOME: directory, PATH: process.env.PATH, COSIGN_PASSWORD: '' } };
  const cosign: KeylessScene['cosign'] = (...args) => run(findTool('cosign'), args, place);
  const make = async (verb: string, who: readonly string[], ...args: readonly string[]): Promise<void> => {
    const where = ['--signing-config', 'services.json', '--trusted-root', 'root.json'];
    const { code, stderr } = await cosign(verb, '-y', ...where, ...who, ...args);
    if (code !== 0) throw new Error(`cosign ${verb} ended with ${code}: ${stderr}`);
  };
  const lend = async (claims: Partial<WorkflowClaims>): Promise<string[]> => [
    '--identity-token',
    await write(`token-${++serial}`, sigstore.mintToken(claims)),
  ];
  return {
    ...{ sigstore, registry, write, cosign },
    readText: (name) => readFile(join(directory, name), 'utf8'),
    makeDirectory: () => mkdtemp(join(directory, 'room-')),
    async readRoot(changes = {}) {
      const file = join(directory, `root-${++serial}.json`);
      await sigstore.writeTrustedRoot(file, changes);
      return readFile(file, 'utf8');
    },
    sign: async (claims, reference) => make('sign', await lend(claims), reference),
    signWith: (key, reference) => make('sign', ['--key', key], reference),
    async attest(claims, reference, type, predicate) {
      const file = await write(`predicate-${++serial}.json`, JSON.stringify(predicate));
      await make('attest', await lend(claims), '--type', type, '--predicate', file, reference);
    },
    async listTags(repository) {
      const { status, bytes } = await read(registry.host, `${repository}/tags/list`);
      return status === 200 ? (JSON.parse(bytes.toString()).tags ?? []) : [];
    },
    async promote(source, target, { inputs, policy = {}, env, files, ...step } = {}) {
      const result = await runStep({
        ...step,
        inputs: {
          ...{ source, target, policy: JSON.stringify({ version: 1, scan: { mode: 'off' }, ...policy }) },
          ...{ 'cosign-key': '', 'signing-config': SERVICES_FILE, 'trusted-root': ROOT_FILE },
          ...{ trivy: findTool('trivy'), cosign: findTool('cosign') },
          ...inputs,
        },
        env: { ...sigstore.requestEnvOf(RELEASE), ...env },
        files: { [SERVICES_FILE]: servicesText, [ROOT_FILE]: rootText, ...files },
      });
      removals.push(result.remove);
      return result;
    },
    async verify(inputs) {
      const result = await runStep({
        action: 'verify',
        inputs: {
          ...{ cosign: findTool('cosign'), 'trusted-root': ROOT_FILE },
          ...{ 'certificate-identity': sigstore.identityOf(RELEASE), 'certificate-oidc-issuer': sigstore.issuer },
          ...inputs,
        },
        files: { [ROOT_FILE]: rootText },
      });
      removals.push(result.remove);
      return result;
    },
    async close() {
      await Promise.all([sigstore.close(), registry.stop(), ...removals.map((remove) => remove())]);
    },
  };
}

/** The flags by which stock cosign trusts the job of these claims, and no `--insecure` among them. */
export function trustFlags({ sigstore }: KeylessScene, claims: Partial<WorkflowClaims> = RELEASE): string[] {
  return [
    ...['--certificate-identity', sigstore.identityOf(claims), '--certificate-oidc-issuer', sigstore.issuer],
    ...['--certificate-github-workflow-repository', claims.repository ?? '', '--trusted-root', 'root.json'],
  ];
}
