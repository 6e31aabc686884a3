import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExternalRegistry, startDistribution, startOlareg } from '../../lab/external-registry.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { run } from '../../lab/process.ts';
import { runStep, type StepResult } from '../../lab/runner.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { findTool } from '../../lab/tools.ts';
import type { PromoteStep } from './fixture.ts';
import type { Bundle } from './trust-attach.ts';

const SIGNING_CONFIG =
  '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}';
const TRUSTED_ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';

export const VULN_TYPE = 'https://cosign.sigstore.dev/attestation/vuln/v1';

/** Registries of others' making, keys, and stock cosign as their holders use it, without any network. */
export interface TrustScene<Name extends string> {
  readonly registries: Readonly<Record<'olareg' | 'distribution', ExternalRegistry>>;
  readonly keys: Readonly<Record<Name, SigningKey>>;
  /** Where stock cosign runs, and what it needs lies. */
  readonly directory: string;
  /** A file in it. */
  write(name: string, text: string): Promise<string>;
  /** `cosign …` in a directory with NAME.key and NAME.pub of every key; rejects when it fails. */
  cosign(...args: readonly string[]): Promise<string>;
  /** The same with variables of the environment. */
  cosignWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string>;
  /** `cosign sign` as the documentation has it today. */
  sign(key: Name, reference: string): Promise<void>;
  /** `cosign sign` in the form of cosign 2: under the tag `sha256-<hex>.sig`. */
  signAsBefore(key: Name, reference: string): Promise<void>;
  /** `cosign attest` with this predicate. */
  attest(key: Name, reference: string, type: string, predicate: object): Promise<void>;
  /** `cosign attest` in the form of cosign 2: under the tag `sha256-<hex>.att`. */
  attestAsBefore(key: Name, reference: string, type: string, predicate: object): Promise<void>;
  /** `cosign attest-blob` of a statement in a file: the bundle, attached to nothing. */
  signStatement(key: Name, statement: string): Promise<Bundle>;
  /** Runs `dist/promote.js` with every public key under `keys/`, a policy without a transparency log, and no scan unless one is asked for. */
  promote(source: string, target: string, step?: PromoteStep): Promise<StepResult>;
  close(): Promise<void>;
}

/** Starts the registries and makes the keys. `promoter` signs what is promoted. */
export async function setTrustScene<Name extends string>(
  ...names: readonly Name[]
): Promise<TrustScene<Name | 'promoter'>> {
  type Key = Name | 'promoter';
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-trust-'));
  const all: readonly Key[] = ['promoter', ...names];
  const [olareg, distribution, made] = await Promise.all([
    startOlareg(),
    startDistribution(),
    Promise.all(all.map(async (name) => [name, await makeSigningKey('')] as const)),
  ]);
  const keys = Object.fromEntries(made) as Record<Key, SigningKey>;
  const removals: (() => Promise<void>)[] = [() => rm(directory, { recursive: true, force: true })];
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(directory, name), text);
    return join(directory, name);
  };
  for (const [name, key] of made) {
    await write(`${name}.key`, key.privateKey);
    await write(`${name}.pub`, key.publicKey);
  }
  await Promise.all([write('services.json', SIGNING_CONFIG), write('root.json', TRUSTED_ROOT)]);
  const older = ['--new-bundle-format=false', '--use-signing-config=false', '--tlog-upload=false'];
  const offline = ['--signing-config', 'services.json', '--trusted-root', 'root.json'];
  const cosignWith = async (more: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> => {
    const env = { HOME: directory, PATH: process.env.PATH, COSIGN_PASSWORD: '', ...more };
    const { code, stdout, stderr } = await run(findTool('cosign'), args, { cwd: directory, env });
    if (code !== 0) throw new Error(`cosign ${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout;
  };
  const cosign = (...args: readonly string[]): Promise<string> => cosignWith({}, ...args);
  let serial = 0;
  const attest = async (key: Key, reference: string, type: string, predicate: object, form: readonly string[]) => {
    const file = await write(`predicate-${++serial}.json`, JSON.stringify(predicate));
    const what = ['--type', type, '--predicate', file];
    await cosign('attest', '-y', '--key', `${key}.key`, ...form, ...what, reference);
  };
  return {
    ...{ directory, registries: { olareg, distribution }, keys, write, cosign, cosignWith },
    async sign(key, reference) {
      await cosign('sign', '-y', '--key', `${key}.key`, ...offline, reference);
    },
    async signAsBefore(key, reference) {
      await cosign('sign', '-y', '--key', `${key}.key`, ...older, reference);
    },
    attest: (key, reference, type, predicate) => attest(key, reference, type, predicate, offline),
    attestAsBefore: (key, reference, type, predicate) => attest(key, reference, type, predicate, older),
    async signStatement(key, statement) {
      const bundle = `${statement}.bundle`;
      const files = ['--statement', statement, '--bundle', bundle];
      await cosign('attest-blob', '-y', '--key', `${key}.key`, ...offline, ...files);
      return JSON.parse(await readFile(bundle, 'utf8')) as Bundle;
    },
    async promote(source, target, { inputs, policy = {}, env, files, ...step } = {}) {
      const stated = { version: 1, signature: { transparencyLog: false }, scan: { mode: 'off' }, ...policy };
      const publicKeys = made.map(([name, { publicKey }]) => [`keys/${name}.pub`, publicKey]);
      const result = await runStep({
        ...step,
        inputs: {
          ...{ source, target, policy: JSON.stringify(stated), 'cosign-key': 'env://COSIGN_PRIVATE_KEY' },
          ...{ trivy: findTool('trivy'), cosign: findTool('cosign') },
          ...inputs,
        },
        env: { COSIGN_PRIVATE_KEY: keys.promoter.privateKey, COSIGN_PASSWORD: '', ...env },
        files: { ...Object.fromEntries(publicKeys), ...files },
      });
      removals.push(result.remove);
      return result;
    },
    async close() {
      await Promise.all([olareg.stop(), distribution.stop(), ...removals.map((remove) => remove())]);
    },
  };
}

/** A small image that is like no other. */
export function makeSource(name: string): BuiltImage {
  return buildImage({ labels: { name } });
}

/** Pushes such an image to `dev/NAME:1`, or one that is pushed under another name too; its reference by digest. */
export async function pushSource(host: string, name: string, image = name): Promise<string> {
  return `${host}/dev/${name}@${await pushImage(host, `dev/${name}`, '1', makeSource(image))}`;
}
