import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pushImage } from '../../lab/image/push.ts';
import { digestOf } from '../../lab/registry/digest.ts';
import type { RequestEntry } from '../../lab/registry/request-log.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { makeSigningKey } from '../../lab/signing-key.ts';
import type { Plan } from '../../src/plan/plan-schema.ts';
import { setScene } from './fixture.ts';
import { makeImage } from './fixture-images.ts';
import { listReferrers, runCosign } from './fixture-target.ts';

export const REVIEW = 'https://acme.example/review/v1';
export const SIGNATURE = 'https://sigstore.dev/cosign/sign/v1';
export const SOURCE = 'dev/web';
export const TARGET = 'prod/web';

const image = (name: string) => makeImage('fixed', { labels: { name } });
/** What is promoted; another that is signed as well; what the channel was; and one that nobody signed. */
export const IMAGES = { wanted: image('wanted'), next: image('next'), former: image('former'), bare: image('bare') };

/** Demands a signature and a review by the developers, and lets the tag prod move. */
export const POLICY = {
  version: 1,
  signature: { transparencyLog: false },
  scan: { mode: 'off' },
  targets: { channels: ['prod'] },
  signers: [{ role: 'source', key: 'keys/dev.pub' }],
  attestations: { require: [{ type: REVIEW, role: 'source' }] },
};

const SERVICES =
  '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}';
const ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';

/** A plan as it comes to the job that carries it out: a file, and its digest from the job that made it. */
export interface HandedOn {
  readonly path: string;
  readonly digest: string;
}

type Inputs = Readonly<Record<string, string>>;

/** Signed and unsigned images at a source, and a target with a channel. */
export interface PlanScene {
  readonly staging: LabRegistry;
  readonly production: LabRegistry;
  /** Signs, or attests a review of, what has this digest; by the key that the policy names. */
  sign(digest: string): Promise<void>;
  attest(digest: string): Promise<void>;
  /** Removes what is attached to the wanted image under this type; what it returns puts it back, and takes away what came instead. */
  detach(type: string): Promise<() => Promise<void>>;
  /** A step of a job with the policy in its checkout. */
  run(source: string, target: string, inputs?: Inputs, policy?: object): Promise<StepResult>;
  handOn(step: StepResult): Promise<HandedOn>;
  /** The job after the approval: it says neither source nor target. */
  carryOut(plan: HandedOn, inputs?: Inputs, policy?: object): Promise<StepResult>;
  /** Changes a plan file; its digest is the matching one, as somebody who controls both would have it. */
  edit(plan: HandedOn, change: (plan: Plan) => Plan): Promise<HandedOn>;
  /** What the target was asked beside questions. */
  writes(): readonly RequestEntry[];
  /** The tags of the target, and what they are. */
  tags(): readonly (readonly [tag: string, digest: string | undefined])[];
  close(): Promise<void>;
}

/** Pushes, signs and reviews the images. */
export async function setPlanScene(): Promise<PlanScene> {
  const [scene, staging, production, developer] = await Promise.all([
    setScene(),
    startRegistry(),
    startRegistry(),
    makeSigningKey(),
  ]);
  const directory = await scene.makeDirectory();
  const [services, root, review] = ['services.json', 'root.json', 'review.json'].map((name) =>
    join(directory, name),
  ) as [string, string, string];
  await Promise.all([writeFile(services, SERVICES), writeFile(root, ROOT), writeFile(review, '{"approved":true}')]);
  const cosign = async (command: string, ...args: readonly string[]): Promise<void> => {
    const common = ['-y', '--key', 'cosign.key', '--signing-config', services, '--trusted-root', root];
    const { code, stderr } = await runCosign([command, ...common, ...args], developer);
    if (code !== 0) throw new Error(stderr);
  };
  const sign = (digest: string) => cosign('sign', `${staging.host}/${SOURCE}@${digest}`);
  const attest = (digest: string) =>
    cosign('attest', '--type', REVIEW, '--predicate', review, `${staging.host}/${SOURCE}@${digest}`);
  await pushImage(staging.host, SOURCE, 'next', IMAGES.next);
  await pushImage(staging.host, SOURCE, '1', IMAGES.wanted);
  await pushImage(staging.host, 'dev/bare', '1', IMAGES.bare);
  await pushImage(production.host, TARGET, 'bare', IMAGES.bare);
  production.deleteTag(TARGET, 'bare');
  await pushImage(production.host, TARGET, 'prod', IMAGES.former);
  await Promise.all([IMAGES.wanted, IMAGES.next].flatMap(({ root: { digest } }) => [sign(digest), attest(digest)]));

  const find = async (type: string): Promise<string[]> => {
    const referrers = await listReferrers(staging.host, SOURCE, IMAGES.wanted.root.digest);
    const isOf = (told: Inputs = {}) => told['dev.sigstore.bundle.predicateType'] === type;
    return referrers.filter(({ annotations }) => isOf(annotations)).map(({ digest }) => digest);
  };
  const send = async (method: string, digest: string, body?: Buffer): Promise<void> => {
    const headers = { 'Content-Type': 'application/vnd.oci.image.manifest.v1+json' };
    const request = { method, headers, ...(body === undefined ? {} : { body: new Uint8Array(body) }) };
    const { ok, status } = await fetch(`http://${staging.host}/v2/${SOURCE}/manifests/${digest}`, request);
    if (!ok) throw new Error(`${method} ${digest}: ${status}`);
  };
  const run: PlanScene['run'] = (source, target, inputs = {}, policy = POLICY) =>
    scene.promote(source, target, {
      policy: false,
      inputs: { 'existing-tag': 'move', ...inputs },
      files: { '.github/promote-image.yml': JSON.stringify(policy), 'keys/dev.pub': developer.publicKey },
    });
  return {
    ...{ staging, production, sign, attest, run },
    async detach(type) {
      const [digest = ''] = await find(type);
      const bytes = staging.read(SOURCE, digest);
      await send('DELETE', digest);
      return async () => {
        for (const other of await find(type)) await send('DELETE', other);
        await send('PUT', digest, bytes);
      };
    },
    async handOn({ outputs }) {
      const path = join(await scene.makeDirectory(), 'plan.json');
      await copyFile(outputs.plan ?? '', path);
      return { path, digest: outputs['plan-digest'] ?? '' };
    },
    carryOut: ({ path, digest }, inputs = {}, policy = POLICY) =>
      run('', '', { plan: path, 'plan-digest': digest, ...inputs }, policy),
    async edit({ path }, change) {
      const text = JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')) as Plan));
      const edited = join(await scene.makeDirectory(), 'plan.json');
      await writeFile(edited, text);
      return { path: edited, digest: digestOf(Buffer.from(text)) };
    },
    writes: () => production.log.entries.filter(({ method }) => !['GET', 'HEAD'].includes(method)),
    tags: () => production.tags(TARGET).map((tag) => [tag, production.digestOf(TARGET, tag)]),
    async close() {
      await Promise.all([scene.close(), staging.close(), production.close()]);
    },
  };
}
