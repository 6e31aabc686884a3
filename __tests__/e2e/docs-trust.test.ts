import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { pushImage } from '../../lab/image/push.ts';
import { run } from '../../lab/process.ts';
import type { StepResult } from '../../lab/runner.ts';
import { findTool } from '../../lab/tools.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { readPageBlocks } from './docs-page.ts';
import { type End, endOf, refused, success } from './fixture.ts';
import { read } from './fixture-target.ts';
import { type KeylessScene, ROOT_FILE, setKeylessScene } from './keyless-fixture.ts';
import { makeSource, pushSource, setTrustScene, type TrustScene, VULN_TYPE } from './trust-fixture.ts';

const TIMEOUT_MS = 60_000;
const HOST = 'dev.registry.io';
const ISSUER = 'https://token.actions.githubusercontent.com';
const PROVENANCE = 'https://slsa.dev/provenance/v1';
const BUILD = 'acme/builds/.github/workflows/build.yml@refs/tags/v1';
const KEYS = ['build', 'build-2025', 'scan', 'qa'] as const;
const blocks = readPageBlocks('trust.md');

/** A policy of the page by its name, with the host it speaks of. */
function readPolicy(name: string, host: string, issuer = ISSUER): Record<string, unknown> {
  const block = blocks.find((each) => each.kind === 'policy' && each.name === name);
  if (block === undefined) throw new Error(`there is no policy ${name}`);
  return parse(block.text.replaceAll(HOST, host).replaceAll(ISSUER, issuer)) as Record<string, unknown>;
}

describe('docs/trust.md, by key', () => {
  let scene: TrustScene<(typeof KEYS)[number] | 'promoter'>;
  let host: string;
  let count = 0;

  beforeAll(async () => {
    scene = await setTrustScene(...KEYS);
    host = scene.registries.olareg.host;
  }, TIMEOUT_MS);
  afterAll(() => scene?.close());

  /** Judges a source by a policy of the page; nothing is written. */
  const judge = async (name: string, source: string): Promise<End> => {
    const inputs = { 'dry-run': 'true' };
    const target = `${host}/prod/app-${++count}:1`;
    return endOf(await scene.promote(source, target, { policy: readPolicy(name, host), inputs }));
  };

  it(
    'only signed images: by the key that is named, not by another, and an attestation is no signature',
    async () => {
      const [signed, strange, attested] = await Promise.all(
        ['signed', 'strange', 'attested'].map((name) => pushSource(host, name)),
      );
      await scene.sign('build', signed ?? '');
      await scene.sign('scan', strange ?? '');
      await scene.attest('build', attested ?? '', VULN_TYPE, {});
      expect(await judge('signed', signed ?? '')).toEqual(success('planned'));
      for (const other of [strange, attested]) {
        expect(await judge('signed', other ?? '')).toEqual(refused('SOURCE_UNSIGNED'));
      }
    },
    TIMEOUT_MS,
  );

  it(
    'a changed key: the new one counts, the old one no longer does',
    async () => {
      const [fresh, old] = await Promise.all(['fresh', 'old'].map((name) => pushSource(host, name)));
      await scene.sign('build', fresh ?? '');
      await scene.sign('build-2025', old ?? '');
      expect(await judge('rotated', fresh ?? '')).toEqual(success('planned'));
      expect(await judge('rotated', old ?? '')).toEqual(refused('SOURCE_UNSIGNED'));
    },
    TIMEOUT_MS,
  );

  it(
    'a scan from QA: a recent one passes, a stale one, one by another scanner and none do not',
    async () => {
      const day = 24 * 3600 * 1000;
      const scan = (scanner: string, age: number) => ({
        scanner: { uri: `pkg:github/acme/${scanner}@1`, version: '1', db: {}, result: {} },
        metadata: { scanFinishedOn: new Date(Date.now() - age).toISOString() },
      });
      const rows = [
        ['recent', scan('trivy', day), success('planned')],
        ['stale', scan('trivy', 8 * day), refused('ATTESTATION_STALE')],
        ['other', scan('grype', day), refused('ATTESTATION_INVALID')],
      ] as const;
      for (const [name, predicate, end] of rows) {
        const source = await pushSource(host, name);
        await scene.attest('scan', source, VULN_TYPE, predicate);
        expect([name, await judge('scanned', source)]).toEqual([name, end]);
      }
      expect(await judge('scanned', await pushSource(host, 'unscanned'))).toEqual(refused('ATTESTATION_MISSING'));
    },
    TIMEOUT_MS,
  );

  it(
    'stages: what QA let in passes, what was pushed to its repository by hand does not',
    async () => {
      const source = await pushSource(host, 'staged');
      const { privateKey } = scene.keys.qa;
      const policy = { environments: { qa: {} } };
      const env = { COSIGN_PRIVATE_KEY: privateKey };
      const qa = await scene.promote(source, `${host}/qa/web:1`, { policy, inputs: { environment: 'qa' }, env });
      expect(endOf(qa)).toEqual(success('promoted'));
      expect(await judge('staged', `${host}/qa/web:1`)).toEqual(success('planned'));
      await pushImage(host, 'qa/by-hand', '1', makeSource('by hand'));
      expect(await judge('staged', `${host}/qa/by-hand:1`)).toEqual(refused('ATTESTATION_MISSING'));
    },
    TIMEOUT_MS,
  );

  it(
    'the form both leaves a .sig tag beside the bundle',
    async () => {
      const source = await pushSource(host, 'formed');
      const done = await scene.promote(source, `${host}/prod/formed:1`, { policy: readPolicy('both', host) });
      expect(endOf(done)).toEqual(success('promoted'));
      const digest = done.outputs.digest?.replace(':', '-');
      expect((await read(host, `prod/formed/manifests/${digest}.sig`)).status).toBe(200);
    },
    TIMEOUT_MS,
  );
});

describe('docs/trust.md, keyless', () => {
  let scene: KeylessScene;
  let count = 0;
  beforeAll(async () => {
    scene = await setKeylessScene();
  }, TIMEOUT_MS);
  afterAll(() => scene?.close());

  const ours = { repository: 'acme/shop', job_workflow_ref: BUILD };
  const judge = async (name: string, source: string): Promise<StepResult> => {
    const { host } = scene.registry;
    // What the page tells of a private Sigstore.
    const policy = { ...readPolicy(name, host, scene.sigstore.issuer), signature: { trustedRoot: ROOT_FILE } };
    return scene.promote(source, `${host}/prod/app-${++count}:1`, { policy, inputs: { 'dry-run': 'true' } });
  };

  it(
    'a reusable workflow counts for the repository that is named, and not for a stranger who calls it',
    async () => {
      const { host } = scene.registry;
      const [own, borrowed] = [await pushSource(host, 'own'), await pushSource(host, 'borrowed')];
      await scene.sign(ours, own);
      await scene.sign({ ...ours, repository: 'evil/x' }, borrowed);
      expect(endOf(await judge('keyless', own))).toEqual(success('planned'));
      expect(endOf(await judge('keyless', borrowed))).toEqual(refused('SOURCE_UNSIGNED'));
    },
    TIMEOUT_MS,
  );

  it(
    'provenance: of the branch that is named, beside a signature',
    async () => {
      const { host } = scene.registry;
      const provenance = (ref: string) => ({
        buildDefinition: {
          externalParameters: { workflow: { repository: 'https://github.com/acme/shop', ref, path: 'build.yml' } },
          resolvedDependencies: [],
        },
        runDetails: { builder: { id: `https://github.com/${BUILD}` } },
      });
      for (const [name, ref, end] of [
        ['main', 'refs/heads/main', success('planned')],
        ['feature', 'refs/heads/feature', refused('ATTESTATION_INVALID')],
      ] as const) {
        const source = await pushSource(host, name);
        await scene.sign(ours, source);
        await scene.attest(ours, source, PROVENANCE, provenance(ref));
        expect([name, endOf(await judge('provenance', source))]).toEqual([name, end]);
      }
      const unsigned = await pushSource(host, 'unsigned');
      await scene.attest(ours, unsigned, PROVENANCE, provenance('refs/heads/main'));
      expect(endOf(await judge('provenance', unsigned))).toEqual(refused('SOURCE_UNSIGNED'));
    },
    TIMEOUT_MS,
  );
});

describe('docs/trust.md', () => {
  it('has no policy that is not run here, and names the type of a record as it is', async () => {
    const run = ['signed', 'rotated', 'keyless', 'scanned', 'provenance', 'staged', 'both'];
    expect(blocks.flatMap(({ kind, name }) => (kind === 'policy' ? [name] : []))).toEqual(run);
    expect(blocks.find(({ name }) => name === 'staged')?.text).toContain(RECORD_PREDICATE);
  });

  it.each(blocks.filter(({ kind }) => kind === 'workflow').map(({ text }, i) => [i + 1, text] as const))(
    'workflow %i is one that act takes for valid, with inputs that the action has',
    async (_, text) => {
      const directory = await mkdtemp(join(tmpdir(), 'docs-trust-'));
      try {
        const path = join(directory, '.github/workflows/page.yml');
        await mkdir(join(path, '..'), { recursive: true });
        await writeFile(path, text);
        const env = { HOME: directory, PATH: process.env.PATH };
        const args = ['--validate', '--strict', '-W', path];
        expect(await run(findTool('act'), args, { cwd: directory, env })).toMatchObject({ code: 0 });
      } finally {
        await rm(directory, { recursive: true });
      }
      const { jobs } = parse(text) as { jobs: Record<string, { steps: { uses: string; with?: object }[] }> };
      const steps = Object.values(jobs).flatMap((job) => job.steps);
      const ours = steps.filter(({ uses }) => uses.startsWith('OWNER/promote-image'));
      expect(ours.length).toBeGreaterThan(0);
      for (const step of ours) {
        const folder = /^OWNER\/promote-image(?:\/(\w+))?@v1$/.exec(step.uses)?.[1] ?? '.';
        const file = join(import.meta.dirname, '../..', folder, 'action.yml');
        const action = parse(await readFile(file, 'utf8')) as { inputs: object };
        expect(Object.keys(step.with ?? {}).filter((name) => !(name in action.inputs))).toEqual([]);
      }
    },
  );
});
