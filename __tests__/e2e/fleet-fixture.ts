import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type ActResult, copyAction, createActRepository } from '../../lab/act.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { SigningKey } from '../../lab/signing-key.ts';
import { writeActions } from '../../lab/stand-in/actions.ts';
import { findTool } from '../../lab/tools.ts';
import { setScene } from './fixture.ts';
import { makeImage } from './fixture-images.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/fleet');
const PLACES = {
  'promotions.yml': 'promotions.yml',
  'promote-image.yml': '.github/promote-image.yml',
  'promote-fleet.yml': '.github/workflows/test.yml',
} as const;

/** A workflow as far as it is changed. */
export interface Workflow {
  readonly jobs: Record<string, WorkflowJob>;
}

interface WorkflowJob {
  needs?: unknown;
  if?: string;
  'runs-on'?: string;
  strategy?: { 'fail-fast'?: boolean; matrix?: unknown };
  readonly steps?: readonly { readonly id?: string; readonly uses?: string; with?: Record<string, unknown> }[];
}

/** What may differ from the example. */
export interface FleetRun {
  /** Changes the workflow; without, it is the example as it is. */
  readonly change?: (workflow: Workflow) => void;
  readonly key?: SigningKey;
  /** Artifacts of an earlier run, as at GitHub when jobs of it are run again. */
  readonly artifacts?: string;
}

/** A run of the example, and where its artifacts are. */
export interface FleetResult {
  readonly act: ActResult;
  readonly artifacts: string;
  /** The digest of the plan, as the job that made it says. */
  readonly planDigest: string;
}

/** The registries of `examples/fleet`, and its workflow. */
export interface Fleet {
  readonly dev: LabRegistry;
  readonly prod: LabRegistry;
  readonly key: SigningKey;
  /** The digests of the images by the target tags of `promotions.yml`, as `path:tag`. */
  readonly wanted: ReadonlyMap<string, string>;
  /** Runs the workflow under act. */
  run(options?: FleetRun): Promise<FleetResult>;
  /** Which of the wanted tags are there now, with what they point at. */
  found(): ReadonlyMap<string, string | undefined>;
  close(): Promise<void>;
}

/** Reads the example, starts its registries and pushes an image for each of its promotions. */
export async function setFleet(): Promise<Fleet> {
  const places = await mkdtemp(join(tmpdir(), 'promote-image-fleet-'));
  const actions = await writeActions(places);
  await mkdir(join(places, 'promote-image'));
  await copyAction(join(places, 'promote-image'));
  const [scene, dev, prod, repository] = await Promise.all([
    setScene('stand-in'),
    startRegistry(),
    startRegistry(),
    createActRepository('acme/shop'),
  ]);
  const tools = { trivy: await scene.makeTool('trivy', ''), cosign: await scene.makeTool('cosign', '') };
  const read = async (name: keyof typeof PLACES): Promise<string> =>
    (await readFile(join(EXAMPLE, name), 'utf8'))
      .replaceAll('dev.registry.example', dev.host)
      .replaceAll('prod.registry.example', prod.host)
      .replaceAll('OWNER/promote-image', 'acme/promote-image');
  const wanted = await pushAll(await read('promotions.yml'), dev);
  let runs = 0;

  return {
    ...{ dev, prod, key: scene.key, wanted },
    async run({ change = () => undefined, key = scene.key, artifacts = join(places, `artifacts-${++runs}`) } = {}) {
      const policy = parse(await read('promote-image.yml')) as object;
      const workflow = parse(await read('promote-fleet.yml')) as Workflow;
      change(workflow);
      await repository.commit({
        [PLACES['promotions.yml']]: await read('promotions.yml'),
        [PLACES['promote-image.yml']]: stringify({
          ...policy,
          scan: { databases: [`${scene.databases.host}/mirror/trivy-db:2`] },
        }),
        [PLACES['promote-fleet.yml']]: stringify(withTools(workflow, tools)),
        'keys/production.pub': scene.key.publicKey,
      });
      const act = await repository.run({
        name: 'workflow_dispatch',
        secrets: { COSIGN_KEY: key.privateKey, COSIGN_PASSWORD: key.password },
        env: { ARTIFACTS: artifacts },
        localRepositories: { ...actions, 'acme/promote-image@v1': join(places, 'promote-image') },
      });
      return { act, artifacts, planDigest: act.outputs('plan', 'plan')['plan-digest'] ?? '' };
    },
    found: () => new Map([...wanted.keys()].map((name) => [name, prod.digestOf(...splitTag(name))])),
    async close() {
      await Promise.all([scene.close(), dev.close(), prod.close(), repository.remove()]);
      await rm(places, { recursive: true, force: true });
    },
  };
}

/** An image like no other for each source; its digest by each of its targets. */
async function pushAll(promotions: string, dev: LabRegistry): Promise<ReadonlyMap<string, string>> {
  const file = parse(promotions) as {
    readonly promotions: readonly { readonly source: string; readonly target: string | readonly string[] }[];
  };
  const wanted = new Map<string, string>();
  for (const { source, target } of file.promotions) {
    const image = makeImage('fixed', { labels: { name: source } });
    await pushImage(dev.host, ...splitTag(withoutHost(source)), image);
    for (const name of [target].flat()) wanted.set(withoutHost(name), image.root.digest);
  }
  return wanted;
}

function withoutHost(reference: string): string {
  return reference.slice(reference.indexOf('/') + 1);
}

/** `path:tag` as its two parts. */
export function splitTag(name: string): [path: string, tag: string] {
  const colon = name.lastIndexOf(':');
  return [name.slice(0, colon), name.slice(colon + 1)];
}

/** No step may download a tool, and act has one machine. What promotes stands in for cosign; what verifies it is cosign itself. */
function withTools(workflow: Workflow, tools: { readonly trivy: string; readonly cosign: string }): Workflow {
  for (const job of Object.values(workflow.jobs)) {
    job['runs-on'] = 'ubuntu-latest';
    for (const step of job.steps ?? []) {
      if (step.uses === 'acme/promote-image@v1') step.with = { ...step.with, ...tools };
      if (step.uses === 'acme/promote-image/verify@v1') step.with = { ...step.with, cosign: findTool('cosign') };
    }
  }
  return workflow;
}
