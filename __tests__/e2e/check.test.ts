import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { run } from '../../lab/process.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { runStep, type StepResult } from '../../lab/runner.ts';
import { findTool } from '../../lab/tools.ts';
import { checkJsonOutputsSchema } from '../../src/check/json-outputs.ts';
import { endOf, type Scene, setScene, success } from './fixture.ts';
import { makeImage } from './fixture-images.ts';
import { scanPolicy } from './scan-fixture.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const OFFLINE = { version: 1, signature: { transparencyLog: false } };

let scene: Scene;
let registry: LabRegistry;
/** Promoted, with its digest. */
let promoted = '';
/** Pushed by hand, with its digest. */
let pushed = '';
let vulnerable = '';

beforeAll(async () => {
  [scene, registry] = await Promise.all([setScene(), startRegistry()]);
  const push = async (name: string, image: ReturnType<typeof buildImage>): Promise<string> => {
    await pushImage(registry.host, name, '1.0.0', image);
    return `${registry.host}/${name}:1.0.0@${image.root.digest}`;
  };
  await push('dev/web', makeImage('fixed'));
  pushed = await push('prod/pushed', buildImage({ labels: { name: 'by hand' } }));
  vulnerable = await push('prod/bad', makeImage('vulnerable'));
  const step = await scene.promote(`${registry.host}/dev/web:1.0.0`, `${registry.host}/prod/web:1.0.0`);
  expect(endOf(step)).toEqual(success('promoted'));
  promoted = step.outputs.image ?? '';
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), registry?.close()]);
});

const compose = (...images: readonly string[]): string =>
  `services:\n${images.map((image, i) => `  s${i}: { image: "${image}" }\n`).join('')}`;

/** Checks a compose file with these images. */
function check(images: readonly string[], inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> {
  return runStep({
    action: 'check',
    inputs: {
      ...{ policy: JSON.stringify(OFFLINE), cosign: findTool('cosign'), trivy: findTool('trivy') },
      ...inputs,
    },
    files: { 'deploy/compose.yml': compose(...images), 'cosign.pub': scene.key.publicKey },
  });
}

/** The output `findings`, which must have the form of its schema, as `line rule`. */
function findingsOf({ outputs }: StepResult): string[] {
  const parsed = { findings: JSON.parse(outputs.findings ?? ''), images: JSON.parse(outputs.images ?? '') };
  return checkJsonOutputsSchema.parse(parsed).findings.map(({ line, rule }) => `${line} ${rule}`);
}

/** The annotations, as the runner reads them. */
function annotationsOf({ log }: StepResult): string[] {
  return log.split('\n').filter((line) => /^::(?:error|warning) /.test(line));
}

describe('the action check', () => {
  it('fails at the line of an image without a digest, and says what to write', async () => {
    const step = await check([promoted, 'registry.bank.internal/shop:1.4.2'], { sarif: 'check.sarif' });
    expect([step.code, step.outputs.result, step.outputs.violations]).toEqual([3, 'refused', '1']);
    expect(findingsOf(step)).toEqual(['3 no-digest']);
    expect(annotationsOf(step)).toEqual([
      expect.stringMatching(
        /^::error title=no-digest,file=deploy\/compose\.yml,line=3,col=17::registry\.bank\.internal\/shop:1\.4\.2: It has no digest.*%0AWrite registry/,
      ),
    ]);
    expect(step.summary).toMatch(/^## Check: 1 finding in 2 images in 1 file\n/);
    const sarif = JSON.parse(await readFile(step.outputs.sarif ?? '', 'utf8'));
    expect(sarif.runs[0].results).toMatchObject([{ ruleId: 'no-digest' }]);
    await step.remove();
  }, 60_000);

  it('passes what is pinned, and asks nobody by default', async () => {
    registry.log.clear();
    const step = await check([promoted, pushed]);
    expect([step.code, step.outputs.result, annotationsOf(step)]).toEqual([0, 'passed', []]);
    expect(JSON.parse(step.outputs.images ?? '')).toEqual([promoted, pushed]);
    expect(registry.log.entries).toEqual([]);
    await step.remove();
  }, 60_000);

  it('tells with verify what was promoted from what was pushed by hand, or signed by nobody', async () => {
    const trusted = { verify: 'promoted', key: 'cosign.pub' };
    const step = await check([promoted, pushed, promoted.replace('1.0.0', '9.9.9')], trusted);
    expect([step.code, findingsOf(step)]).toEqual([3, ['3 not-promoted', '4 not-promoted']]);
    const signed = await check([promoted, pushed], { verify: 'signed', key: 'cosign.pub' });
    expect([signed.code, findingsOf(signed)]).toEqual([3, ['3 unsigned']]);
    const absent = await check([promoted.replace(/.{4}$/, '0000')], { verify: 'exists' });
    expect([absent.code, findingsOf(absent)]).toEqual([3, ['2 digest-not-found']]);
    await Promise.all([step, signed, absent].map(({ remove }) => remove()));
  }, 120_000);

  it('accepts only promotions to its environment', async () => {
    const policy = JSON.stringify({ ...OFFLINE, environments: { production: {} } });
    const inputs = { verify: 'promoted', key: 'cosign.pub', environment: 'production', policy };
    const step = await check([promoted], inputs);
    expect([step.code, findingsOf(step)]).toEqual([3, ['2 not-promoted']]);
    expect(step.outputs.findings).toContain('is for no environment, not for production');
    await step.remove();
  }, 120_000);

  it('scans every image once, and refuses or reports what it finds', async () => {
    const policy = scanPolicy(scene);
    const step = await check([vulnerable, promoted, vulnerable], { scan: 'enforce', policy });
    expect([step.code, findingsOf(step)]).toEqual([3, ['2 vulnerable', '4 vulnerable']]);
    expect(annotationsOf(step)[0]).toMatch(/title=vulnerable,file=deploy\/compose\.yml,line=2,.*CVE-2099-0001/);
    expect(step.log.match(/^Scanned linux/gm)).toHaveLength(2);
    const told = await check([vulnerable], { scan: 'report', policy });
    expect([told.code, told.outputs.violations, findingsOf(told)]).toEqual([0, '0', ['2 vulnerable']]);
    expect(annotationsOf(told)).toEqual([expect.stringMatching(/^::warning title=vulnerable,file=/)]);
    await Promise.all([step.remove(), told.remove()]);
  }, 120_000);

  it('fails where a registry does not answer, and still tells what it knows', async () => {
    const closed = await startRegistry();
    await closed.close();
    const step = await check([`${closed.host}/x:1.0.0@sha256:${'4f'.repeat(32)}`, 'registry.test/y:latest'], {
      ...{ verify: 'exists', 'allow-registries': `${closed.host}/*`, timeout: '40s' },
    });
    expect([step.code, step.outputs.result]).toEqual([1, 'failed']);
    expect(findingsOf(step)).toEqual(expect.arrayContaining(['3 registry-not-allowed']));
    expect(annotationsOf(step)[0]).toMatch(/file=deploy\/compose\.yml,line=2,/);
    await step.remove();
  }, 120_000);

  it('is wrong use where a policy or a pattern is wrong, at its line', async () => {
    const step = await check([promoted], { policy: 'version: 1\nimages: { verify: sometimes }', files: 'gone/**' });
    expect([step.code, step.outputs.result, step.outputs.findings]).toEqual([2, 'failed', '[]']);
    expect(annotationsOf(step)).toHaveLength(2);
    expect(step.log).toContain('input policy:2:19');
    await step.remove();
  }, 60_000);
});

describe('the command line', () => {
  const cli = async (args: readonly string[], input: string, files: Readonly<Record<string, string>> = {}) => {
    const cwd = await scene.makeDirectory();
    const { writeFile } = await import('node:fs/promises');
    for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
    return run(process.execPath, [CLI, 'check', ...args], {
      ...{ cwd, input },
      env: { PATH: process.env.PATH ?? '', HOME: await scene.makeDirectory() },
    });
  };

  it('tells findings as compilers do, and ends with the same codes', async () => {
    const files = { 'compose.yml': compose('registry.test/x:1.0.0') };
    const refused = await cli([], '', files);
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringMatching(/^compose\.yml:2:17: no-digest: /)]);
    const passed = await cli(['--require-digest', 'false'], '', files);
    expect([passed.code, passed.stderr]).toEqual([0, '']);
    expect((await cli(['--files', 'gone.yml'], '', files)).code).toBe(2);
  }, 60_000);

  it('checks what runs in a cluster, from standard input', async () => {
    const pod = (name: string, image: string) => ({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop' } },
      spec: { containers: [{ name: 'web', image }] },
    });
    const pods = JSON.stringify({ kind: 'List', items: [pod('a', promoted), pod('b', pushed)] }, null, 4);
    const flags = ['--verify', 'promoted', '--policy', JSON.stringify(OFFLINE), '--cosign', findTool('cosign')];
    const { code, stdout } = await cli([...flags, '--key', 'k.pub', '--json'], pods, { 'k.pub': scene.key.publicKey });
    expect(code).toBe(3);
    const { result, findings } = JSON.parse(stdout) as { result: string; findings: Record<string, unknown>[] };
    expect(result).toBe('refused');
    expect(findings).toEqual([expect.objectContaining({ file: '-', image: pushed, rule: 'not-promoted' })]);
  }, 120_000);
});
