import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { type RunResult, run } from '../../lab/process.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { type Sigstore, startSigstore } from '../../lab/sigstore/sigstore.ts';
import { findTool, toolsDirectory } from '../../lab/tools.ts';
import { type PageBlock, readPageBlocks } from './docs-page.ts';
import { endOf, type PromoteStep, type Scene, setScene, success } from './fixture.ts';
import { makeIndex } from './fixture-images.ts';
import { runCosign } from './fixture-target.ts';

const HOST = 'prod.registry.io';
const REPOSITORY = 'shop/web';
const ISSUER = 'https://token.actions.githubusercontent.com';
const WORKFLOW = 'acme/shop/.github/workflows/promote.yml@refs/heads/main';
const TIMEOUT_MS = 60_000;

const blocks = readPageBlocks('verify.md');
const commands = (name: string): PageBlock[] => blocks.filter((block) => block.kind === 'run' && block.name === name);
const image = makeIndex('fixed');
const { digest } = image.root;

let scene: Scene;
let registry: LabRegistry;
let sigstore: Sigstore;
let stranger: SigningKey;

/** Promotes the image of the page to a repository of its own, which takes the place of the page's. */
async function promoteTo(
  repository: string,
  environment: string,
  { tag = '1.4.0', ...step }: PromoteStep & { readonly tag?: string } = {},
): Promise<void> {
  const policy = { ...step.policy, environments: { [environment]: {} } };
  const inputs = { environment, ...step.inputs };
  const target = `${registry.host}/${repository}:${tag}`;
  const done = await scene.promote(`${registry.host}/dev/web:1`, target, { ...step, policy, inputs });
  expect(endOf(done)).toEqual(success('promoted'));
}

beforeAll(async () => {
  [scene, registry, stranger] = await Promise.all([setScene(), startRegistry(), makeSigningKey()]);
  sigstore = await startSigstore(join(await scene.makeDirectory(), 'sigstore'));
  await pushImage(registry.host, 'dev/web', '1', image);
  const both = { inputs: { 'signature-format': 'both' } };
  await promoteTo('key/web', 'production', both);
  const env = { COSIGN_PRIVATE_KEY: stranger.privateKey, COSIGN_PASSWORD: stranger.password };
  await promoteTo('strange/web', 'production', { ...both, env });
  await promoteTo('qa/web', 'qa', both);
  await promoteKeyless('keyless/web', 'acme/shop');
  await promoteKeyless('borrowed/web', 'evil/x');
}, 180_000);

afterAll(async () => {
  await Promise.all([scene?.close(), registry?.close(), sigstore?.close()]);
});

/** By the workflow of the page, for whoever calls it. */
async function promoteKeyless(to: string, repository: string): Promise<void> {
  const files = {
    'signing.json': await readFile(sigstore.signingConfigPath, 'utf8'),
    'root.json': await readFile(sigstore.trustedRootPath, 'utf8'),
  };
  const env = { ...sigstore.requestEnvOf({ repository, job_workflow_ref: WORKFLOW }), COSIGN_PRIVATE_KEY: '' };
  const inputs = { 'cosign-key': '', 'signing-config': 'signing.json', 'trusted-root': 'root.json' };
  await promoteTo(to, 'production', { policy: { signature: { transparencyLog: true } }, inputs, env, files });
}

/** A directory with the files of the page and the public key of the scene, in which the page's image is the one of this repository. */
async function openPage(repository: string): Promise<{ directory: string; run(text: string): Promise<RunResult> }> {
  const directory = await scene.makeDirectory();
  const adapt = (text: string): string =>
    text
      .replaceAll(`${HOST}/${REPOSITORY}`, `${registry.host}/${repository}`)
      .replaceAll(HOST, registry.host)
      .replaceAll(ISSUER, sigstore.issuer)
      .replaceAll('/etc/containers', directory);
  const files = blocks.filter(({ kind }) => kind === 'file').map(({ name, text }) => [name, adapt(text)] as const);
  for (const [name, text] of [...files, ['cosign.pub', scene.key.publicKey] as const]) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  const env = {
    PATH: `${toolsDirectory()}:${process.env.PATH}`,
    HOME: directory,
    IMAGE: `${registry.host}/${repository}@${digest}`,
    DIGEST: digest,
    TRUSTED_ROOT: sigstore.trustedRootPath,
  };
  return {
    directory,
    run: (text) => run('/bin/sh', ['-ec', adapt(text)], { cwd: directory, env }),
  };
}

/** What a reader with a private Sigstore is told to add. */
const withPrivateSigstore = ({ text }: PageBlock): string =>
  `cosign() { command cosign "$@" --trusted-root "$TRUSTED_ROOT"; }\n${text}`;

describe('docs/verify.md, by key', () => {
  it.each(commands('').map((block) => [firstLine(block), block] as const))(
    '%s … accepts what the key promoted, and refuses what a stranger did',
    async (_, { text }) => {
      expect(await (await openPage('key/web')).run(text)).toMatchObject({ code: 0 });
      const refused = await (await openPage('strange/web')).run(text);
      expect({ ...refused, isRefused: refused.code !== 0 }).toMatchObject({ isRefused: true });
      expect(refused.stderr).toMatch(/signature|verif/i);
    },
    TIMEOUT_MS,
  );

  it.each(['-a environment=production', 'promotion.rego', 'PROMOTED_PRODUCTION'])(
    'what demands %s refuses what the same key let into QA',
    async (demand) => {
      const demanding = commands('').filter(({ text }) => text.includes(demand));
      expect(demanding.length).toBeGreaterThan(0);
      const page = await openPage('qa/web');
      for (const { text } of demanding) expect((await page.run(text)).code).not.toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'is right that all records must satisfy a policy, and that one signature is enough',
    async () => {
      const [signature, record] = commands('').map(({ text }) => text);
      await promoteTo('qa/web', 'production', { tag: '1.4.0-rc' });
      const page = await openPage('qa/web');
      expect(await page.run((signature ?? '').replace(':1.4.0', ':1.4.0-rc'))).toMatchObject({ code: 0 });
      expect(await page.run(record ?? '')).toMatchObject({
        ...{ code: 1, stderr: expect.stringMatching(/There are 1 number of errors/) },
      });
    },
    TIMEOUT_MS,
  );

  it(
    'is right that cosign verify takes an attestation for a signature, and that -a does not',
    async () => {
      const name = `${registry.host}/attested/web`;
      await pushImage(registry.host, 'attested/web', '1', image);
      const offline = ['--use-signing-config=false', '--tlog-upload=false'];
      const args = ['attest', '-y', '--key', 'cosign.key', ...offline, '--type', 'vuln', '--predicate', 'cosign.pub'];
      const predicate = { ...scene.key, publicKey: '{}' };
      expect(await runCosign([...args, `${name}@${digest}`], predicate)).toMatchObject({ code: 0 });
      const page = await openPage('attested/web');
      const [{ text } = { text: '' }] = commands('');
      expect((await page.run(text)).stderr).toMatch(/annotation/);
      const lax = text.replace(/-a \S+/g, '');
      expect(await page.run(lax)).toMatchObject({ code: 0 });
    },
    TIMEOUT_MS,
  );
});

describe('docs/verify.md, keyless', () => {
  it(
    'accepts what the workflow promoted for its repository, and refuses what it signed for a stranger who calls it',
    async () => {
      const [block] = commands('keyless');
      if (block === undefined) throw new Error('there is no keyless block');
      expect(await (await openPage('keyless/web')).run(withPrivateSigstore(block))).toMatchObject({ code: 0 });
      const borrowed = await (await openPage('borrowed/web')).run(withPrivateSigstore(block));
      expect(borrowed).toMatchObject({ code: 1, stderr: expect.stringMatching(/repository/i) });
      const lax = { ...block, text: block.text.replace(/ *--certificate-github-workflow-repository.*\n/g, '') };
      expect(await (await openPage('borrowed/web')).run(withPrivateSigstore(lax))).toMatchObject({ code: 0 });
    },
    TIMEOUT_MS,
  );
});

describe('docs/verify.md, policy.json', () => {
  const check = async (repository: string, reference: string, arch = 'amd64') => {
    const { directory } = await openPage(repository);
    const files = ['--policy', join(directory, 'policy.json'), '--registries', join(directory, 'registries.d')];
    const env = { HOME: directory, TMPDIR: directory };
    const name = `${registry.host}/${repository}${reference}`;
    return run(findTool('polcheck'), [...files, '--arch', arch, name], { env });
  };

  it(
    'is accepted by the library of podman, skopeo and CRI-O for tag, digest and each platform, and for nothing else',
    async () => {
      for (const arch of ['amd64', 'arm64']) {
        expect(await check('key/web', ':1.4.0', arch)).toMatchObject({ code: 0 });
        expect(await check('key/web', `@${digest}`, arch)).toMatchObject({ code: 0 });
      }
      registry.setTag('key/web', 'other', digest);
      expect(await check('key/web', ':other')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('not accepted'),
      });
      expect(await check('strange/web', ':1.4.0')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/signature/),
      });
      expect(await check('keyless/web', ':1.4.0')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('no signature exists'),
      });
    },
    TIMEOUT_MS,
  );
});

function firstLine({ text }: PageBlock): string {
  const line = text.split('\n').find((each) => !each.startsWith('#')) ?? '';
  return [line.replace(/ \\$/, ''), ...(/(?:--type|--policy|--new-bundle-format)\S* ?\S+/.exec(text) ?? [])].join(' ');
}
