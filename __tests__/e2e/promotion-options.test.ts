import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { AuthOptions } from '../../lab/registry/auth.ts';
import { digestOf } from '../../lab/registry/digest.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { endOf, errorsOf, recordsOf, type Scene, setScene, success } from './fixture.ts';
import { makeImage, makeIndex } from './fixture-images.ts';
import { EVIDENCE_TYPES, listEvidence, verifyAttestation, verifySignature } from './fixture-target.ts';

const EVIDENCE = [...EVIDENCE_TYPES].sort();
const IMAGE: BuiltImage = makeImage('fixed');

let scene: Scene;
let staging: LabRegistry;
let production: LabRegistry;
let count = 0;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([
    setScene('stand-in'),
    startRegistry(),
    startRegistry({ referrersApi: false }),
  ]);
  await pushImage(staging.host, 'dev/web', '1', IMAGE);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), staging?.close(), production?.close()]);
});

/** A target repository that no other test uses. */
const freshRepository = (): string => `prod/app-${++count}`;

describe('several targets', () => {
  it('in one repository share a record that names them all, and each has a signature of its own', async () => {
    const name = `${production.host}/${freshRepository()}`;
    const step = await scene.promote(`${staging.host}/dev/web:1`, `${name}:1.4.2\n${name}:1.4\n`);
    expect(endOf(step)).toEqual(success('promoted'));
    expect(JSON.parse(step.outputs.images ?? '')).toMatchObject([
      { target: `${name}:1.4.2`, result: 'promoted' },
      { target: `${name}:1.4`, result: 'promoted' },
    ]);
    const records = await recordsOf(step);
    expect(records.map(({ predicate }) => predicate.targets)).toEqual([[`${name}:1.4.2`, `${name}:1.4`]]);
    for (const target of [`${name}:1.4.2`, `${name}:1.4`]) {
      expect(await verifySignature(target, scene.key.publicKey, { target })).toMatchObject({ code: 0 });
    }
  }, 120_000);

  it('in two repositories have evidence of their own, all of it there before the first tag', async () => {
    const [one, two] = [freshRepository(), freshRepository()];
    production.log.clear();
    const targets = `${production.host}/${one}:1\n${production.host}/${two}:1`;
    const step = await scene.promote(`${staging.host}/dev/web:1`, targets);
    expect(endOf(step)).toEqual(success('promoted'));
    const subjects = (await recordsOf(step)).map(({ subject }) => subject[0]?.name);
    expect(subjects).toEqual([`${production.host}/${one}`, `${production.host}/${two}`]);
    for (const repository of [one, two]) {
      expect(await listEvidence(production.host, repository, IMAGE.root.digest)).toEqual(EVIDENCE);
      expect(await verifyAttestation(`${production.host}/${repository}:1`, scene.key.publicKey)).toMatchObject({
        code: 0,
      });
    }
    const writes = production.log.uploads().map(({ path }) => path);
    expect(writes.slice(-2)).toEqual([`/v2/${one}/manifests/1`, `/v2/${two}/manifests/1`]);
  }, 120_000);
});

describe('the source', () => {
  it.each([
    { form: 'a digest', suffix: `@${IMAGE.root.digest}` },
    { form: 'a tag and its digest', suffix: `:1@${IMAGE.root.digest}` },
    { form: 'a digest beside a tag that does not exist', suffix: `:gone@${IMAGE.root.digest}` },
  ])(
    'may be given by $form',
    async ({ suffix }) => {
      const name = `${production.host}/${freshRepository()}:1`;
      const step = await scene.promote(`${staging.host}/dev/web${suffix}`, name);
      expect(endOf(step)).toEqual(success('promoted'));
      expect(step.outputs.image).toBe(`${name}@${IMAGE.root.digest}`);
    },
    120_000,
  );

  it('has its tag asked for once, and each blob read once', async () => {
    const index = makeIndex('fixed', { attestations: true });
    await pushImage(staging.host, 'dev/once', '1', index);
    staging.log.clear();
    await scene.promote(`${staging.host}/dev/once:1`, `${production.host}/${freshRepository()}:1`);
    const blobs = [...index.contents].filter(([, { kind }]) => kind === 'blob').map(([digest]) => digest);
    expect(blobs.filter((digest) => staging.log.blobReads(digest).length !== 1)).toEqual([]);
    expect(staging.log.find('GET', /\/manifests\/1$/)).toHaveLength(1);
    expect(staging.log.uploads()).toEqual([]);
  }, 120_000);
});

describe('a dry run', () => {
  it('runs every gate, writes a plan with its digest, and nothing to the target', async () => {
    const repository = freshRepository();
    production.log.clear();
    const inputs = { 'dry-run': 'true' };
    const step = await scene.promote(`${staging.host}/dev/web:1`, `${production.host}/${repository}:1`, { inputs });
    expect(endOf(step)).toEqual(success('planned'));
    const plan = await readFile(step.outputs.plan ?? '', 'utf8');
    expect(step.outputs['plan-digest']).toBe(digestOf(plan));
    expect(JSON.parse(plan)).toMatchObject({
      source: { digest: IMAGE.root.digest },
      targets: [{ reference: `${production.host}/${repository}:1`, action: 'write' }],
    });
    expect(JSON.parse(step.outputs.vulnerabilities ?? '')).toMatchObject({ CRITICAL: 0 });
    expect(production.log.entries.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([]);
    expect(production.tags(repository)).toEqual([]);
    expect(step.summary).toContain('Plan, waiting for approval');
  }, 120_000);

  it('needs no right to push', async () => {
    const auth: AuthOptions = { kind: 'bearer', username: 'ci', password: 'read only', push: 'denied' };
    const guarded = await startRegistry({ auth });
    try {
      const inputs = { 'dry-run': 'true', 'target-username': 'ci', 'target-password': 'read only' };
      const step = await scene.promote(`${staging.host}/dev/web:1`, `${guarded.host}/prod/web:1`, { inputs });
      expect(endOf(step)).toEqual(success('planned'));
    } finally {
      await guarded.close();
    }
  }, 120_000);
});

describe('existing-tag: accept-same-digest', () => {
  const inputs = { 'existing-tag': 'accept-same-digest' };

  it('ends as unchanged the second time, with the evidence as it was', async () => {
    const repository = freshRepository();
    const name = `${production.host}/${repository}:1`;
    await scene.promote(`${staging.host}/dev/web:1`, name, { inputs });
    production.log.clear();
    const again = await scene.promote(`${staging.host}/dev/web:1`, name, { inputs });
    expect(endOf(again)).toEqual(success('unchanged'));
    expect(again.outputs.image).toBe(`${name}@${IMAGE.root.digest}`);
    expect(await listEvidence(production.host, repository, IMAGE.root.digest)).toEqual(EVIDENCE);
    expect(production.log.uploads()).toEqual([]);
  }, 120_000);

  it('adds the evidence that is missing to an image that was copied by other means', async () => {
    const repository = freshRepository();
    await pushImage(production.host, repository, '1', IMAGE);
    const step = await scene.promote(`${staging.host}/dev/web:1`, `${production.host}/${repository}:1`, { inputs });
    expect(endOf(step)).toEqual(success('unchanged'));
    expect(await listEvidence(production.host, repository, IMAGE.root.digest)).toEqual(EVIDENCE);
    const name = `${production.host}/${repository}:1`;
    expect(await verifySignature(name, scene.key.publicKey, { target: name })).toMatchObject({ code: 0 });
  }, 120_000);
});

describe('a former stage that was signed by the same key', () => {
  it('does not stand in for this one: each target has a signature that names it', async () => {
    const [qa, prod] = [`${production.host}/${freshRepository()}:1`, freshRepository()];
    // With the referrers API, what is copied along shows before this promotion has signed.
    await scene.promote(`${staging.host}/dev/web:1`, qa);
    await pushImage(staging.host, prod, '1', IMAGE);
    const name = `${staging.host}/${prod}:1`;
    const step = await scene.promote(qa, name, { inputs: { 'existing-tag': 'accept-same-digest' } });
    expect(endOf(step)).toEqual(success('unchanged'));
    expect(await verifySignature(name, scene.key.publicKey, { target: name })).toMatchObject({ code: 0 });
  }, 120_000);
});

describe('credentials', () => {
  const reader = { username: 'reader', password: 'read: "it" ✓' };
  const writer = { username: 'writer', password: 'p@ss word' };

  const withGuards = async (
    kinds: readonly [AuthOptions['kind'], AuthOptions['kind']],
    test: (from: LabRegistry, to: LabRegistry) => Promise<void>,
  ): Promise<void> => {
    const from = await startRegistry({ auth: { kind: kinds[0], ...reader } });
    const to = await startRegistry({ auth: { kind: kinds[1], ...writer } });
    try {
      await pushImage(from.host, 'dev/web', '1', IMAGE, reader);
      await test(from, to);
    } finally {
      await Promise.all([from.close(), to.close()]);
    }
  };
  const expectPromoted = (step: StepResult, to: LabRegistry): void => {
    expect(endOf(step)).toEqual(success('promoted'));
    expect(to.digestOf('prod/web', '1')).toBe(IMAGE.root.digest);
  };

  it.each([
    ['basic', 'bearer'],
    ['bearer', 'basic'],
  ] as const)(
    'come from the inputs: a %s source and a %s target with logins of their own',
    async (...kinds) => {
      await withGuards(kinds, async (from, to) => {
        const inputs = {
          ...{ 'source-username': reader.username, 'source-password': reader.password },
          ...{ 'target-username': writer.username, 'target-password': writer.password },
        };
        expectPromoted(await scene.promote(`${from.host}/dev/web:1`, `${to.host}/prod/web:1`, { inputs }), to);
      });
    },
    120_000,
  );

  it('come from what docker login left', async () => {
    await withGuards(['bearer', 'bearer'], async (from, to) => {
      const encode = ({ username, password }: typeof reader) =>
        Buffer.from(`${username}:${password}`).toString('base64');
      const auths = { [from.host]: { auth: encode(reader) }, [to.host]: { auth: encode(writer) } };
      const env = { DOCKER_CONFIG: await scene.makeDirectory() };
      await writeFile(`${env.DOCKER_CONFIG}/config.json`, JSON.stringify({ auths }));
      expectPromoted(await scene.promote(`${from.host}/dev/web:1`, `${to.host}/prod/web:1`, { env }), to);
    });
  }, 120_000);

  it('of the source are no use at the target', async () => {
    await withGuards(['basic', 'basic'], async (from, to) => {
      const inputs = { 'source-username': reader.username, 'source-password': reader.password };
      const step = await scene.promote(`${from.host}/dev/web:1`, `${to.host}/prod/web:1`, { inputs });
      expect(step).toMatchObject({ code: 1, outputs: { result: 'failed' } });
      expect(errorsOf(step).map(({ title }) => title)).toEqual(['UNAUTHORIZED']);
      expect(to.log.entries.filter(({ authorizationScheme }) => authorizationScheme !== undefined)).toEqual([]);
    });
  }, 120_000);
});

describe('a promotion inside one registry', () => {
  it('mounts every blob: no byte of the image is uploaded', async () => {
    const repository = freshRepository();
    staging.log.clear();
    const step = await scene.promote(`${staging.host}/dev/web:1`, `${staging.host}/${repository}:1`);
    expect(endOf(step)).toEqual(success('promoted'));
    const blobs = [...IMAGE.contents].flatMap(([digest, { kind }]) => (kind === 'blob' ? [digest] : []));
    const uploaded = staging.log
      .find('PUT', /blobs\/uploads/)
      .map(({ path }) => new URLSearchParams(path.split('?')[1]).get('digest'));
    expect(uploaded.filter((digest) => blobs.includes(digest ?? ''))).toEqual([]);
    expect(staging.log.find('POST', /mount=/).filter(({ status }) => status === 201)).toHaveLength(blobs.length);
  }, 120_000);
});
