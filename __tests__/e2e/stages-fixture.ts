import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { findTool } from '../../lab/tools.ts';
import { type PromoteStep, type Scene, setScene } from './fixture.ts';
import { makeImage } from './fixture-images.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples/stages');

/** Where `examples/stages` puts things in a repository. */
export const PLACES = {
  policy: '.github/promote-image.yml',
  release: '.github/workflows/release.yml',
  production: '.github/workflows/production.yml',
} as const;

/** The registries of `examples/stages`, and the keys of its environments. */
export interface Stages {
  readonly scene: Scene;
  /** Has `dev/*` and `qa/*`. */
  readonly dev: LabRegistry;
  readonly prod: LabRegistry;
  readonly keys: Readonly<Record<'qa' | 'production' | 'stranger', SigningKey>>;
  /** The policy of the example and the public keys that it names, as files of a repository. */
  readonly files: Readonly<Record<string, string>>;
  /** A workflow of the example, as a step of ours that runs on this machine. */
  readWorkflow(name: 'release.yml' | 'production.yml'): Promise<string>;
  /** Pushes a clean image that is like no other; its digest. */
  push(repository: string, tag: string, name?: string): Promise<string>;
  /** A promotion by the policy of the example. */
  promote(source: string, target: string, step?: PromoteStep & { readonly key?: SigningKey }): Promise<StepResult>;
  close(): Promise<void>;
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { 'runs-on'?: string; readonly steps?: readonly WorkflowStep[] }>>;
}

/** One step of a workflow, as far as it is changed. */
interface WorkflowStep {
  readonly uses?: string;
  with?: Record<string, unknown>;
}

/** Reads the example and starts what it speaks of. */
export async function setStages(): Promise<Stages> {
  const [scene, dev, prod, qa, production, stranger] = await Promise.all([
    setScene(),
    startRegistry(),
    startRegistry(),
    makeSigningKey(),
    makeSigningKey(),
    makeSigningKey(),
  ]);
  const read = async (name: string): Promise<string> => {
    const text = await readFile(join(EXAMPLES, name), 'utf8');
    return text
      .replaceAll('dev.registry.example', dev.host)
      .replaceAll('prod.registry.example', prod.host)
      .replaceAll('OWNER/promote-image', 'acme/promote-image');
  };
  const policy = parse(await read('promote-image.yml')) as object;
  const scan = { databases: [`${scene.databases.host}/mirror/trivy-db:2`] };
  const files = {
    [PLACES.policy]: stringify({ ...policy, scan }),
    'keys/qa.pub': qa.publicKey,
    'keys/production.pub': production.publicKey,
  };
  return {
    ...{ scene, dev, prod, files, keys: { qa, production, stranger } },
    readWorkflow: async (name) => withTools(await read(name)),
    push: (repository, tag, name = tag) =>
      pushImage(dev.host, repository, tag, makeImage('fixed', { labels: { name } })),
    promote: (source, target, { key = production, env, ...step } = {}) =>
      scene.promote(source, target, {
        policy: false,
        files,
        env: { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password, ...env },
        ...step,
      }),
    close: async () => {
      await Promise.all([scene.close(), dev.close(), prod.close()]);
    },
  };
}

/** No step may download a tool, and act has one machine. */
function withTools(text: string): string {
  const workflow = parse(text) as Workflow;
  for (const job of Object.values(workflow.jobs)) {
    if (job['runs-on'] !== undefined) job['runs-on'] = 'ubuntu-latest';
    for (const step of job.steps ?? []) {
      const cosign = findTool('cosign');
      if (step.uses === 'acme/promote-image@v1') step.with = { ...step.with, cosign, trivy: findTool('trivy') };
      if (step.uses === 'acme/promote-image/verify@v1') step.with = { ...step.with, cosign };
    }
  }
  return stringify(workflow);
}
