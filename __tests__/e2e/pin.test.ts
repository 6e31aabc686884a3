import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { runStep, type StepResult } from '../../lab/runner.ts';
import { findTool } from '../../lab/tools.ts';
import { type Scene, setScene } from './fixture.ts';
import { makeImage } from './fixture-images.ts';

const TIMEOUT_MS = 120_000;

let scene: Scene;
let registry: LabRegistry;
const steps: StepResult[] = [];

beforeAll(async () => {
  [scene, registry] = await Promise.all([setScene(), startRegistry()]);
  await pushImage(registry.host, 'shop/web', '1.4.0', makeImage('fixed'));
  await pushImage(registry.host, 'shop/web', '1.5.0', makeImage('vulnerable'));
}, TIMEOUT_MS);
afterAll(() => Promise.all([scene?.close(), registry?.close(), ...steps.map(({ remove }) => remove())]));

const FILE = 'deploy/compose.yml';
const compose = (tag: string): string => `services:\n  web:\n    image: ${registry.host}/shop/web:${tag}\n`;

async function pin(tag: string, inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> {
  const policy = { version: 1, scan: { databases: [`${scene.databases.host}/mirror/trivy-db:2`] } };
  const step = await runStep({
    action: 'pin',
    files: { [FILE]: compose(tag) },
    inputs: { policy: JSON.stringify(policy), trivy: findTool('trivy'), cosign: findTool('cosign'), ...inputs },
  });
  steps.push(step);
  return step;
}

const textOf = ({ workspace }: StepResult): Promise<string> => readFile(join(workspace, FILE), 'utf8');

describe('the action pin', () => {
  it(
    'writes the digest, and tells which in outputs and summary',
    async () => {
      const step = await pin('1.4.0');
      const to = `${registry.host}/shop/web:1.4.0@${makeImage('fixed').root.digest}`;
      expect(step).toMatchObject({ code: 0, outputs: { result: 'changed', 'changed-files': FILE, 'commit-sha': '' } });
      expect(JSON.parse(step.outputs.changes ?? '')).toEqual([
        { file: FILE, line: 3, from: `${registry.host}/shop/web:1.4.0`, to },
      ]);
      expect(await textOf(step)).toBe(`services:\n  web:\n    image: ${to}\n`);
      expect(step.summary).toMatch(/^## Pinned 1 place in 1 file\n/);
      expect(step.summary).toContain(`\`${FILE}:3\``);
    },
    TIMEOUT_MS,
  );

  it(
    'of a dry run prints the diff and writes nothing',
    async () => {
      const step = await pin('1.4.0', { 'dry-run': 'true' });
      expect(step).toMatchObject({ code: 0, outputs: { result: 'changed' } });
      expect(step.log).toContain(`\n+++ b/${FILE}\n@@ -1,3 +1,3 @@\n`);
      expect(await textOf(step)).toBe(compose('1.4.0'));
    },
    TIMEOUT_MS,
  );

  it(
    'scans a new digest first, and writes none that refuses',
    async () => {
      const refused = await pin('1.5.0', { scan: 'enforce' });
      expect(refused).toMatchObject({ code: 3, outputs: { result: 'refused', changes: '[]' } });
      expect(refused.log).toMatch(new RegExp(`::error title=vulnerable,file=${FILE},line=3,col=12::`));
      expect(await textOf(refused)).toBe(compose('1.5.0'));
      const clean = await pin('1.4.0', { scan: 'enforce' });
      expect(clean).toMatchObject({ code: 0, outputs: { result: 'changed' } });
    },
    TIMEOUT_MS,
  );

  it(
    'verifies a new digest first, and writes none that nobody signed',
    async () => {
      const step = await pin('1.4.0', { verify: 'signed', key: scene.key.publicKey });
      expect(step).toMatchObject({ code: 3, outputs: { result: 'refused' } });
      expect(step.log).toContain('::error title=unsigned,');
      expect(await textOf(step)).toBe(compose('1.4.0'));
    },
    TIMEOUT_MS,
  );

  it(
    'says everything that is wrong with its inputs at once',
    async () => {
      const step = await pin('1.4.0', { ticket: 'CVE-1', images: 'nginx:1.0.0@sha256:1', files: 'none/**' });
      expect(step).toMatchObject({ code: 2, outputs: { result: 'failed', changes: '[]' } });
      for (const part of ['input ticket: is given, and nothing is committed', 'input images: ', 'input files: names']) {
        expect(step.log).toContain(part);
      }
    },
    TIMEOUT_MS,
  );
});
