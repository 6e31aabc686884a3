import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { digestOf } from '../../lab/registry/digest.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import type { Plan } from '../../src/plan/plan-schema.ts';
import { endOf, errorsOf, recordsOf, refusalsOf, refused, type Scene, setScene, success } from './fixture.ts';
import { makeImage } from './fixture-images.ts';
import { listReferrers } from './fixture-target.ts';

const IMAGE = makeImage('fixed');
const FORMER = makeImage('fixed', { labels: { name: 'former' } });
const VULNERABLE = makeImage('vulnerable');
const CHANNELS = { targets: { channels: ['prod'] } };

let scene: Scene;
let staging: LabRegistry;
let production: LabRegistry;
let count = 0;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([setScene(), startRegistry(), startRegistry()]);
  await Promise.all([
    pushImage(staging.host, 'dev/web', '1', IMAGE),
    pushImage(staging.host, 'dev/web', 'vulnerable', VULNERABLE),
  ]);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), staging?.close(), production?.close()]);
});

/** A plan as it comes to the job that carries it out: a file, and its digest from the job that made it. */
interface HandedOn {
  readonly path: string;
  readonly digest: string;
}

/** A target repository of its own, whose channel is what was promoted before. */
async function openTarget(): Promise<string> {
  const repository = `prod/app-${++count}`;
  await pushImage(production.host, repository, 'prod', FORMER);
  return repository;
}

async function handOn({ outputs }: StepResult): Promise<HandedOn> {
  const path = join(await scene.makeDirectory(), 'plan.json');
  await copyFile(outputs.plan ?? '', path);
  return { path, digest: outputs['plan-digest'] ?? '' };
}

/** The job after the approval: it says neither source nor target. */
function carryOut({ path, digest }: HandedOn, inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> {
  const given = { plan: path, 'plan-digest': digest, 'existing-tag': 'move', ...inputs };
  return scene.promote('', '', { policy: CHANNELS, inputs: given });
}

function planFor(
  source: string,
  repository: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  const given = { 'dry-run': 'true', 'existing-tag': 'move', ...inputs };
  return scene.promote(source, `${production.host}/${repository}:prod`, { policy: CHANNELS, inputs: given });
}

describe('a plan', () => {
  it('is made, handed on and carried out: the channel moves, and the record names the plan and the way back', async () => {
    const repository = await openTarget();
    const planned = await planFor(`${staging.host}/dev/web:1`, repository);
    expect(endOf(planned)).toEqual(success('planned'));
    const plan = await handOn(planned);
    expect((JSON.parse(await readFile(plan.path, 'utf8')) as Plan).gates).toContainEqual(
      expect.objectContaining({ name: 'Vulnerability scan', verdict: 'passed' }),
    );
    const step = await carryOut(plan);
    expect(endOf(step)).toEqual(success('promoted'));
    expect(step.outputs['plan-digest']).toBe(plan.digest);
    expect(production.digestOf(repository, 'prod')).toBe(IMAGE.root.digest);
    const name = `${production.host}/${repository}:prod`;
    expect(await recordsOf(step)).toMatchObject([
      { predicate: { planDigest: plan.digest, previous: [{ target: name, digest: FORMER.root.digest }] } },
    ]);
    expect(endOf(await carryOut(plan))).toEqual(success('unchanged'));
  }, 120_000);

  it('whose verdicts were edited, with a digest to match, lets nothing pass: every gate is run again', async () => {
    const repository = await openTarget();
    const planned = await planFor(`${staging.host}/dev/web:vulnerable`, repository);
    expect(endOf(planned)).toEqual(refused('VULNERABLE'));
    const { path } = await handOn(planned);
    const plan = JSON.parse(await readFile(path, 'utf8')) as Plan;
    const gates = plan.gates?.map((gate) => ({ ...gate, verdict: 'passed', evidence: 'nothing found' }));
    const edited = JSON.stringify({ ...plan, gates, vulnerabilities: {} });
    await writeFile(path, edited);
    expect(endOf(await carryOut({ path, digest: digestOf(Buffer.from(edited)) }))).toEqual(refused('VULNERABLE'));
    expect(production.digestOf(repository, 'prod')).toBe(FORMER.root.digest);
  }, 120_000);

  it('that is not the approved one is wrong use', async () => {
    const repository = await openTarget();
    const plan = await handOn(await planFor(`${staging.host}/dev/web:1`, repository));
    await writeFile(plan.path, (await readFile(plan.path, 'utf8')).replace('"enforce"', '"off"'));
    const step = await carryOut(plan);
    expect(endOf(step)).toMatchObject({ code: 2, result: 'failed' });
    expect(errorsOf(step)).toMatchObject([{ message: expect.stringContaining(`not the plan ${plan.digest}`) }]);
  }, 120_000);

  it('whose required signature was removed since is stale, and the source unsigned', async () => {
    const repository = await openTarget();
    const stage = `stage/web-${count}`;
    const signed = `${staging.host}/${stage}:1`;
    expect(endOf(await scene.promote(`${staging.host}/dev/web:1`, signed))).toEqual(success('promoted'));
    const inputs = { 'source-key': 'env://SOURCE_KEY' };
    const env = { SOURCE_KEY: scene.key.publicKey };
    const given = { ...inputs, 'dry-run': 'true', 'existing-tag': 'move' };
    const name = `${production.host}/${repository}:prod`;
    const planned = await scene.promote(signed, name, { policy: CHANNELS, inputs: given, env });
    expect(endOf(planned)).toEqual(success('planned'));
    const plan = await handOn(planned);
    for (const { digest } of await listReferrers(staging.host, stage, IMAGE.root.digest)) {
      await fetch(`http://${staging.host}/v2/${stage}/manifests/${digest}`, { method: 'DELETE' });
    }
    const approved = { plan: plan.path, 'plan-digest': plan.digest, 'existing-tag': 'move', ...inputs };
    const step = await scene.promote('', '', { policy: CHANNELS, inputs: approved, env });
    expect(endOf(step)).toEqual(refused('PLAN_STALE', 'SOURCE_UNSIGNED'));
    expect(refusalsOf(step)[0]?.message).toContain('is no longer relied on');
    expect(production.digestOf(repository, 'prod')).toBe(FORMER.root.digest);
  }, 120_000);
});
