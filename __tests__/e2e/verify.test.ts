import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { run } from '../../lab/process.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { runStep, type StepResult } from '../../lab/runner.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { findTool } from '../../lab/tools.ts';
import { chainSchema, type ImageChain } from '../../src/verify/chain.ts';
import { endOf, errorsOf, type Scene, setScene, success } from './fixture.ts';
import { makeImage } from './fixture-images.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const OFFLINE = JSON.stringify({ version: 1, signature: { transparencyLog: false } });

let scene: Scene;
let registry: LabRegistry;
let stranger: SigningKey;
let digest = '';
let trusted = '';

/** dev → qa → prod by one key; each step a promotion of its own. */
beforeAll(async () => {
  [scene, registry, stranger] = await Promise.all([setScene(), startRegistry(), makeSigningKey()]);
  const image = makeImage('fixed', { labels: { 'org.opencontainers.image.revision': 'c0ffee' } });
  digest = image.root.digest;
  await pushImage(registry.host, 'dev/web', '1', image);
  await pushImage(registry.host, 'prod/other', '1', buildImage({ labels: { name: 'never promoted' } }));
  trusted = join(await scene.makeDirectory(), 'cosign.pub');
  await writeFile(trusted, scene.key.publicKey);
  const qa = await scene.promote(`${registry.host}/dev/web:1`, `${registry.host}/qa/web:1`);
  expect(endOf(qa)).toEqual(success('promoted'));
  const prod = await scene.promote(`${registry.host}/qa/web:1`, `${registry.host}/prod/web:1`);
  expect(endOf(prod)).toEqual(success('promoted'));
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), registry?.close()]);
});

async function verify(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  return runStep({
    action: 'verify',
    inputs: { cosign: findTool('cosign'), policy: OFFLINE, key: 'cosign.pub', ...inputs },
    files: { 'cosign.pub': scene.key.publicKey, 'stranger.pub': stranger.publicKey },
  });
}

const chainOf = (text: string | undefined): ImageChain[] => chainSchema.parse(JSON.parse(text ?? ''));

describe('the action verify', () => {
  it('tells who promoted an image, from what, past which gates, and where its tags point today', async () => {
    const step = await verify({ images: `${registry.host}/prod/web:1` });
    const [image] = chainOf(step.outputs.chain);
    expect([step.code, step.outputs.result, errorsOf(step)]).toEqual([0, 'verified', []]);
    expect(image).toMatchObject({
      ...{ result: 'verified', digest, repository: `${registry.host}/prod/web` },
      promotion: {
        source: { reference: `${registry.host}/qa/web:1`, digest },
        ...{ actor: 'release-manager', pipelineRepository: 'acme/shop', revision: 'c0ffee' },
        targets: [{ reference: `${registry.host}/prod/web:1`, state: 'current' }],
      },
      signature: { state: 'verified' },
    });
    expect(image?.promotion?.gates.length).toBeGreaterThan(0);
    expect(image?.stages).toMatchObject([
      { repository: `${registry.host}/qa/web`, verified: true, source: { reference: `${registry.host}/dev/web:1` } },
    ]);
    expect(step.log).toContain('release-manager');
    expect(step.summary).toContain('```mermaid');
  }, 120_000);

  it('refuses what was not promoted, what another signed, and another environment, with exit code 1', async () => {
    const images = `${registry.host}/prod/other:1\n${registry.host}/prod/web:1`;
    const step = await verify({ images });
    expect([step.code, step.outputs.result]).toEqual([1, 'refused']);
    expect(chainOf(step.outputs.chain).map(({ result, code }) => [result, code])).toEqual([
      ['refused', 'NOT_PROMOTED'],
      ['verified', undefined],
    ]);
    expect(errorsOf(step).map(({ title }) => title)).toEqual(['NOT_PROMOTED']);
    const other = await verify({ images: `${registry.host}/prod/web:1`, key: 'stranger.pub' });
    expect([other.code, chainOf(other.outputs.chain)[0]?.code]).toEqual([1, 'UNTRUSTED_SIGNER']);
    const staging = await verify({ images: `${registry.host}/prod/web:1`, environment: 'staging' });
    expect([staging.code, chainOf(staging.outputs.chain)[0]?.code]).toEqual([1, 'OTHER_PROMOTION']);
  }, 120_000);

  it('cannot decide about an image that is not there, and says so apart from a refusal', async () => {
    const step = await verify({ images: `${registry.host}/prod/absent:1` });
    expect([step.code, step.outputs.result, chainOf(step.outputs.chain)[0]?.code]).toEqual([1, 'failed', 'NOT_FOUND']);
  }, 120_000);

  it('demands somebody to trust', async () => {
    const step = await verify({ images: `${registry.host}/prod/web:1`, key: '' });
    expect([step.code, step.outputs.result, step.outputs.chain]).toEqual([2, 'failed', '[]']);
    expect(errorsOf(step)[0]?.message).toContain('nothing else says whose promotions to trust');
  }, 120_000);
});

describe('the command line', () => {
  const cli = async (args: readonly string[], input?: string) =>
    run(process.execPath, [CLI, ...args], {
      cwd: await scene.makeDirectory(),
      env: { PATH: process.env.PATH ?? '', HOME: await scene.makeDirectory() },
      ...(input === undefined ? {} : { input }),
    });

  it('answers for what runs in a cluster, each image once with all its places', async () => {
    const pod = (name: string) => ({
      kind: 'Pod',
      metadata: { name, namespace: 'shop' },
      spec: { containers: [{ name: 'web', image: `${registry.host}/prod/web:1` }] },
      status: { containerStatuses: [{ name: 'web', imageID: `${registry.host}/prod/web@${digest}` }] },
    });
    const pods = JSON.stringify({ kind: 'List', items: [pod('web-a'), pod('web-b')] });
    const flags = ['--key', trusted, '--policy', OFFLINE, '--cosign', findTool('cosign'), '--json'];
    const { code, stdout, stderr } = await cli(['verify', ...flags], pods);
    expect([code, stderr.includes('Wrong use')]).toEqual([0, false]);
    const { result, chain } = JSON.parse(stdout) as { result: string; chain: ImageChain[] };
    expect(result).toBe('verified');
    expect(chain.map(({ places }) => places.map(({ name }) => name))).toEqual([['web-a', 'web-b']]);
  }, 120_000);

  it('promotes, with the same inputs and exit codes as the action', async () => {
    const flags = ['--source', `${registry.host}/dev/web:1`, '--target', `${registry.host}/prod/web:1`];
    const off = ['--scan', 'off', '--sign', 'false', '--attest=false'];
    const again = await cli(['promote', ...flags, ...off, '--existing-tag', 'accept-same-digest', '--json']);
    expect([again.code, (JSON.parse(again.stdout) as { result: string }).result]).toEqual([0, 'unchanged']);
    const refused = await cli(['promote', ...flags, ...off]);
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('TAG_EXISTS')]);
    expect((await cli(['promote', '--sorce', 'x'])).code).toBe(2);
  }, 120_000);
});
