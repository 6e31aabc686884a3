import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { type ActEvent, type ActRepository, type ActResult, copyAction, createActRepository } from '../../lab/act.ts';
import { pushImage } from '../../lab/image/push.ts';
import { writeActions } from '../../lab/stand-in/actions.ts';
import { findTool } from '../../lab/tools.ts';
import { chainSchema } from '../../src/verify/chain.ts';
import { makeImage } from './fixture-images.ts';
import { PLACES, type Stages, setStages } from './stages-fixture.ts';

const TIMEOUT_MS = 120_000;
/** The one that act is told to run. */
const RUN = '.github/workflows/test.yml';
const IMAGE = makeImage('fixed', { labels: { name: 'built', 'org.opencontainers.image.revision': 'c0ffee' } });

let stages: Stages;
let repository: ActRepository;
/** Stand-ins for actions at GitHub, and the artifacts of runs. */
let places: string;
let actions: Readonly<Record<string, string>>;
let runs = 0;
let release: ActResult;

beforeAll(async () => {
  stages = await setStages();
  repository = await createActRepository('acme/shop');
  places = await mkdtemp(join(tmpdir(), 'promote-image-stages-'));
  actions = await writeActions(places);
  await mkdir(join(places, 'promote-image'));
  await copyAction(join(places, 'promote-image'));
  await mkdir(join(repository.directory, 'test'));
  await writeFile(join(repository.directory, 'test/acceptance.sh'), '#!/bin/sh\necho "tested: $1"\n', { mode: 0o755 });
  await pushImage(stages.dev.host, 'compiled/web', 'latest', IMAGE);
  const workflow = await stages.readWorkflow('release.yml');
  release = await runExample(workflow, { name: 'push', payload: { ref: 'refs/tags/v1.4.0' } });
}, TIMEOUT_MS);

afterAll(async () => {
  await Promise.all([stages?.close(), repository?.remove(), rm(places, { recursive: true, force: true })]);
});

/** Commits the example and lets act run one of its workflows. */
async function runExample(text: string, event: ActEvent): Promise<ActResult> {
  await repository.commit({
    ...stages.files,
    [PLACES.release]: await stages.readWorkflow('release.yml'),
    [PLACES.production]: await stages.readWorkflow('production.yml'),
    [RUN]: text,
  });
  const { qa, production } = stages.keys;
  return repository.run({
    ...event,
    secrets: {
      QA_COSIGN_KEY: qa.privateKey,
      QA_COSIGN_PASSWORD: qa.password,
      PRODUCTION_COSIGN_KEY: production.privateKey,
      PRODUCTION_COSIGN_PASSWORD: production.password,
    },
    env: {
      ARTIFACTS: join(places, `artifacts-${++runs}`),
      CRANE: findTool('crane'),
      COMPILED: `${stages.dev.host}/compiled/web:latest`,
      ...event.env,
    },
    localRepositories: { ...actions, 'acme/promote-image@v1': join(places, 'promote-image') },
  });
}

/** production.yml, started by hand. */
async function dispatch(
  tag: string,
  { change = (text) => text, env = {} }: { change?: (text: string) => string; env?: Record<string, string> } = {},
): Promise<ActResult> {
  const workflow = change(await stages.readWorkflow('production.yml'));
  return runExample(workflow, { name: 'workflow_dispatch', payload: { inputs: { tag } }, env });
}

const codes = (result: ActResult, job: string, step: string): string[] =>
  (JSON.parse(result.outputs(job, step).refusals ?? '[]') as { code: string }[]).map(({ code }) => code);

describe('build → qa → plan → production, run by act', () => {
  it('promotes what was built and tested, by the plan that was approved, and verify tells the whole way', () => {
    const errors = ['qa', 'plan', 'apply'].flatMap((job) => release.errors(job));
    expect({ errors, code: release.code }).toEqual({ errors: [], code: 0 });
    const { digest } = IMAGE.root;
    const [dev, prod] = [stages.dev.host, stages.prod.host];
    expect(release.printed('qa')).toContain(`tested: ${dev}/dev/web@${digest}\n`);
    expect(release.outputs('plan', 'plan')).toMatchObject({ result: 'planned', digest });
    expect(release.outputs('apply', 'promote')).toMatchObject({
      ...{ result: 'promoted', digest, image: `${prod}/shop/web:v1.4.0@${digest}` },
      'plan-digest': release.outputs('plan', 'plan')['plan-digest'],
    });
    expect(['v1.4.0', 'prod'].map((tag) => stages.prod.digestOf('shop/web', tag))).toEqual([digest, digest]);

    const [image] = chainSchema.parse(JSON.parse(release.outputs('apply', 'verify').chain ?? ''));
    expect(image).toMatchObject({
      ...{ result: 'verified', digest, repository: `${prod}/shop/web` },
      promotion: {
        ...{ environment: 'production', signer: 'the production stage', revision: 'c0ffee' },
        source: { reference: `${dev}/qa/web:v1.4.0`, digest },
        targets: ['v1.4.0', 'prod'].map((tag) => ({ reference: `${prod}/shop/web:${tag}`, state: 'current' })),
        sourceEvidence: [{ kind: 'attestation', signer: 'the QA stage' }],
      },
      stages: [
        {
          ...{ repository: `${dev}/qa/web`, environment: 'qa', verified: true, signer: 'the QA stage' },
          source: { reference: `${dev}/dev/web@${digest}`, digest },
        },
      ],
      signature: { state: 'verified', signers: ['the production stage'] },
    });
    const summary = release.summary('apply', 'verify') ?? '';
    const stops = ['dev/web', 'qa/web', 'shop/web'].map((name) => summary.indexOf(name));
    expect(stops.every((stop) => stop > 0)).toBe(true);
  });

  it(
    'refuses in the production step what changed while somebody read the plan, and writes nothing over it',
    async () => {
      const theirs = await stages.push('dev/theirs', 'v1');
      const channel = `${stages.prod.host}/shop/web:prod`;
      const result = await dispatch('v1.4.0', {
        env: { MEANWHILE: `${findTool('crane')} copy ${stages.dev.host}/dev/theirs:v1 ${channel}` },
      });
      expect(result.jobs).toMatchObject({ plan: 'success', apply: 'failure' });
      expect(codes(result, 'apply', 'promote')).toEqual(['PLAN_STALE']);
      expect(result.errors('apply')[0]?.message).toContain(`${channel} is ${theirs}, and was ${IMAGE.root.digest}`);
      expect(stages.prod.digestOf('shop/web', 'prod')).toBe(theirs);
    },
    TIMEOUT_MS,
  );

  it(
    'refuses an image that skipped QA: it lies in the QA repository, and nobody promoted it there',
    async () => {
      await stages.push('qa/web', 'v1.5.0', 'skipped QA');
      const result = await dispatch('v1.5.0');
      expect(result.jobs.plan).toBe('failure');
      expect(result.jobs.apply).not.toBe('success');
      expect(codes(result, 'plan', 'plan')).toEqual(['ATTESTATION_MISSING']);
      expect(result.errors('plan')).toEqual([
        { title: 'ATTESTATION_MISSING', message: expect.stringContaining('for the environment qa)') },
      ]);
      expect(stages.prod.digestOf('shop/web', 'v1.5.0')).toBeUndefined();
    },
    TIMEOUT_MS,
  );

  it(
    'refuses it in the production step as well, though the plan was refused and handed on all the same',
    async () => {
      const digest = await stages.push('qa/web', 'v1.6.0', 'skipped QA and the plan');
      const result = await dispatch('v1.6.0', {
        change: (text) => {
          const workflow = parse(text) as {
            jobs: { plan: { steps: { id?: string; 'continue-on-error'?: boolean }[] } };
          };
          for (const step of workflow.jobs.plan.steps) if (step.id === 'plan') step['continue-on-error'] = true;
          return stringify(workflow);
        },
      });
      expect(result.jobs).toMatchObject({ plan: 'success', apply: 'failure' });
      expect(codes(result, 'plan', 'plan')).toEqual(['ATTESTATION_MISSING']);
      expect(codes(result, 'apply', 'promote')).toEqual(['ATTESTATION_MISSING']);
      expect(stages.prod.digestOf('shop/web', 'v1.6.0')).toBeUndefined();
      expect(stages.prod.hasManifest('shop/web', digest)).toBe(false);
    },
    TIMEOUT_MS,
  );
});
