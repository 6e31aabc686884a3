import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../lab/process.ts';
import { runStep, type Step, type StepResult } from '../lab/runner.ts';
import type { SigningKey } from '../lab/signing-key.ts';
import { findTool } from '../lab/tools.ts';
import { LogView } from './log-view.ts';
import { type Hosts, KEY_PATHS, POLICY_PATH, writePolicy } from './policy.ts';

/** Who signs what: the build its images, each later stage what it lets in. */
export type Keys = Readonly<Record<keyof typeof KEY_PATHS, SigningKey>>;

/** What the scenes of the demo share. */
export interface Stage {
  readonly hosts: Hosts;
  readonly keys: Keys;
  readonly signal: AbortSignal;
  say(text: string): void;
}

/** How a step is to be run, and how much of its log is shown. */
export interface Ask {
  readonly inputs: Readonly<Record<string, string>>;
  /** Whose key signs; nobody's for a step that only reads. */
  readonly signer?: SigningKey;
  readonly action?: 'promote' | 'verify';
  /** Which lines of the log are shown; all of them without it. */
  readonly shows?: RegExp;
}

/** Nothing of Sigstore's services: the signature and the key are all there is. */
const OFFLINE = {
  'signing.json':
    '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}',
  'root.json': '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}',
};

/** Runs an action exactly as a runner would, in a checkout that holds the policy and the public keys; key and password come in the environment. The caller removes what it left. */
export async function runAction(stage: Stage, { inputs, signer, action = 'promote', shows }: Ask): Promise<StepResult> {
  const { hosts, keys, signal } = stage;
  const startedAt = Date.now();
  const view = new LogView();
  const files = Object.fromEntries(
    Object.entries(KEY_PATHS).map(([who, path]) => [path, keys[who as keyof Keys].publicKey]),
  );
  const step: Step = {
    action,
    inputs: {
      cosign: findTool('cosign'),
      ...(action === 'promote' ? { trivy: findTool('trivy'), 'cosign-key': 'env://COSIGN_PRIVATE_KEY' } : {}),
      ...inputs,
    },
    files: { ...files, [POLICY_PATH]: writePolicy(hosts) },
    env: signer === undefined ? {} : { COSIGN_PRIVATE_KEY: signer.privateKey, COSIGN_PASSWORD: signer.password },
    onLog: (text) => {
      for (const line of view.push(text)) if (shows?.test(line) ?? true) stage.say(`   | ${line}`);
    },
    signal,
  };
  const result = await runStep(step);
  const { result: end = 'crashed' } = result.outputs;
  stage.say(`   It ended as "${end}" (exit code ${result.code}) after ${formatSeconds(startedAt)}.`);
  return result;
}

/** Throws unless a step ended so. */
export function expectEnd({ outputs, code }: StepResult, wanted: string, wantedCode = 0): void {
  if (outputs.result === wanted && code === wantedCode) return;
  throw new Error(`the step ended as ${outputs.result ?? 'crashed'} (exit ${code}), not as ${wanted}`);
}

/** Throws unless a promotion was refused, with this code among others. */
export function expectRefusal(step: StepResult, wanted: string): void {
  expectEnd(step, 'refused', 3);
  const codes = (JSON.parse(step.outputs.refusals ?? '[]') as { code: string }[]).map(({ code }) => code);
  if (!codes.includes(wanted)) throw new Error(`it was refused with ${codes.join(', ')}, not with ${wanted}`);
}

/** Signs an image as a build would, with stock cosign. */
export function signWithCosign(stage: Stage, key: SigningKey, image: string): Promise<void> {
  const args = ['sign', '--yes', '--key', 'cosign.key', '--signing-config', 'signing.json', '--trusted-root'];
  return runCosign(stage, key, [...args, 'root.json', image]);
}

/** Lets stock cosign verify, with nothing but a public key, and says what it did; throws when it does not accept. */
export async function verifyWithCosign(stage: Stage, key: SigningKey, args: readonly string[]): Promise<void> {
  const [verb = '', ...others] = args;
  const all = [verb, '--key', 'cosign.pub', '--insecure-ignore-tlog=true', ...others];
  await runCosign(stage, { ...key, privateKey: '', password: '' }, all);
  stage.say(`   $ cosign ${all.join(' ')}\n   accepted`);
}

async function runCosign({ signal }: Stage, key: SigningKey, args: readonly string[]): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), 'promote-image-demo-'));
  try {
    const files = { ...OFFLINE, 'cosign.key': key.privateKey, 'cosign.pub': key.publicKey };
    for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text, { mode: 0o600 });
    const env = { HOME: cwd, PATH: process.env.PATH, COSIGN_PASSWORD: key.password };
    const { code, stderr } = await run(findTool('cosign'), args, { cwd, env, signal });
    if (code !== 0) throw new Error(`cosign ${args[0]} ended with ${code}: ${stderr}`);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** How long ago a time was, in seconds. */
export function formatSeconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
