import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../lab/registry/digest.ts';
import type { Plan } from '../../src/plan/plan-schema.ts';
import { endOf, errorsOf, refusalsOf, refused, success } from './fixture.ts';
import { listReferrers } from './fixture-target.ts';
import {
  type HandedOn,
  IMAGES,
  type PlanScene,
  POLICY,
  REVIEW,
  SIGNATURE,
  SOURCE,
  setPlanScene,
  TARGET,
} from './plan-apply-fixture.ts';

const TIMEOUT_MS = 60_000;
const { wanted, next, former, bare } = {
  wanted: IMAGES.wanted.root.digest,
  next: IMAGES.next.root.digest,
  former: IMAGES.former.root.digest,
  bare: IMAGES.bare.root.digest,
};

let scene: PlanScene;
let plan: HandedOn;
/** The target as it was when the plan was made. */
let before: ReturnType<PlanScene['tags']>;

beforeAll(async () => {
  scene = await setPlanScene();
  const source = `${scene.staging.host}/${SOURCE}:1`;
  const planned = await scene.run(source, [nameOf('1.0.0'), nameOf('prod')].join('\n'), { 'dry-run': 'true' });
  expect(endOf(planned)).toEqual(success('planned'));
  plan = await scene.handOn(planned);
  before = scene.tags();
}, TIMEOUT_MS);

beforeEach(() => {
  scene.production.log.clear();
  scene.staging.log.clear();
});

afterAll(() => scene?.close());

const nameOf = (tag: string): string => `${scene.production.host}/${TARGET}:${tag}`;

/** What happens between plan and approval; it returns how to undo it. */
type Change = () => Promise<() => unknown>;

/** Points a tag elsewhere, or removes it. */
function changeTag(tag: string, digest: string | undefined): Change {
  return async () => {
    const { production } = scene;
    const put = (value: string | undefined): unknown =>
      value === undefined ? production.deleteTag(TARGET, tag) : production.setTag(TARGET, tag, value);
    const old = production.digestOf(TARGET, tag);
    put(digest);
    return () => put(old);
  };
}

/** Takes away what is attached under this type, and has it made anew by the same key. */
function replace(type: string, make: 'sign' | 'attest'): Change {
  return async () => {
    const undo = await scene.detach(type);
    await scene[make](wanted);
    return undo;
  };
}

const CHANGES: readonly (readonly [name: string, change: Change, codes: readonly string[], told: () => string])[] = [
  [
    'the source tag moved, to an image that is signed and reviewed as well',
    async () => {
      scene.staging.setTag(SOURCE, '1', next);
      return () => scene.staging.setTag(SOURCE, '1', wanted);
    },
    ['PLAN_STALE'],
    () => `the source has the digest ${next}, and was ${wanted}`,
  ],
  [
    'a target tag appeared',
    changeTag('1.0.0', former),
    ['TAG_EXISTS', 'PLAN_STALE'],
    () => `${nameOf('1.0.0')} is ${former}, and was free`,
  ],
  ['a channel moved', changeTag('prod', bare), ['PLAN_STALE'], () => `${nameOf('prod')} is ${bare}, and was ${former}`],
  [
    'a channel vanished',
    changeTag('prod', undefined),
    ['PLAN_STALE'],
    () => `${nameOf('prod')} is free, and was ${former}`,
  ],
  [
    'the signature vanished',
    () => scene.detach(SIGNATURE),
    ['PLAN_STALE', 'SOURCE_UNSIGNED'],
    () => `the signature of ${SIGNATURE} by `,
  ],
  ['the signature is another, by the same key', replace(SIGNATURE, 'sign'), ['PLAN_STALE'], () => 'was not there'],
  [
    'the review vanished',
    () => scene.detach(REVIEW),
    ['PLAN_STALE', 'ATTESTATION_MISSING'],
    () => `the attestation of ${REVIEW} by `,
  ],
  ['the review is another, by the same key', replace(REVIEW, 'attest'), ['PLAN_STALE'], () => 'is no longer relied on'],
];

describe('an approved plan', () => {
  it.each(CHANGES)(
    'is stale since %s; it says so, and nothing is written',
    async (_, change, codes, told) => {
      const undo = await change();
      const found = scene.tags();
      scene.production.log.clear();
      try {
        const step = await scene.carryOut(plan);
        expect(endOf(step)).toEqual(refused(...codes));
        const stale = refusalsOf(step).find(({ code }) => code === 'PLAN_STALE');
        expect(stale?.message).toContain(plan.digest);
        expect(stale?.message).toContain(told());
        expect([scene.writes(), scene.tags()]).toEqual([[], found]);
      } finally {
        await undo();
      }
      expect(scene.tags()).toEqual(before);
    },
    TIMEOUT_MS,
  );

  it.each([
    [
      'the policy is laxer',
      {},
      { ...POLICY, attestations: { require: [] } },
      'the policy .github/promote-image.yml is',
    ],
    ['the job signs something else', { 'signature-annotations': 'ticket=1' }, POLICY, 'writes.annotations is'],
    [
      'the job leaves out what is attached',
      { referrers: 'ignore' },
      POLICY,
      'writes.referrers is ignore, and was copy',
    ],
  ] as const)(
    'is stale since %s',
    async (_, inputs, policy, told) => {
      const step = await scene.carryOut(plan, inputs, policy);
      expect(endOf(step)).toEqual(refused('PLAN_STALE'));
      expect(refusalsOf(step)[0]?.message).toContain(told);
      expect([scene.writes(), scene.tags()]).toEqual([[], before]);
    },
    TIMEOUT_MS,
  );

  it.each([
    ['with the digest of another', () => ({ 'plan-digest': digestOf(Buffer.from('another')) }), 'not the plan sha256:'],
    ['that alone would say what goes where', () => ({ 'plan-digest': '' }), 'is empty, and the plan alone'],
    ['for another source', () => ({ source: `${scene.staging.host}/${SOURCE}:next` }), 'and the plan is for'],
    ['for one of its targets', () => ({ target: nameOf('1.0.0') }), 'of the plan'],
  ] as const)(
    '%s is wrong use, and no registry is asked',
    async (_, inputs, told) => {
      const step = await scene.carryOut(plan, inputs());
      expect(endOf(step)).toMatchObject({ code: 2, result: 'failed' });
      expect(errorsOf(step)[0]?.message).toContain(told);
      expect([...scene.production.log.entries, ...scene.staging.log.entries]).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'whose verdicts, and what they rest on, were edited lets nothing pass',
    async () => {
      const [source, target] = [`${scene.staging.host}/dev/bare:1`, `${scene.production.host}/prod/bare:1`];
      const codes = ['SOURCE_UNSIGNED', 'ATTESTATION_MISSING'];
      const step = await scene.run(source, target, { 'dry-run': 'true' });
      expect(endOf(step)).toEqual(refused(...codes));
      const made = await scene.handOn(step);
      const passed = await scene.edit(made, (found) => ({
        ...found,
        gates: (found.gates ?? []).map((gate) => ({ ...gate, verdict: 'passed', evidence: 'signed by keys/dev.pub' })),
      }));
      expect(endOf(await scene.carryOut({ ...passed, digest: made.digest }))).toMatchObject({ code: 2 });
      expect(endOf(await scene.carryOut(passed))).toEqual(refused(...codes));
      const unheld = { plan: passed.path };
      expect(endOf(await scene.run(source, target, unheld))).toEqual(refused(...codes));
      const { evidence } = JSON.parse(await readFile(plan.path, 'utf8')) as Plan;
      const forged = await scene.edit(passed, (found) => ({ ...found, evidence }));
      expect(endOf(await scene.carryOut(forged))).toEqual(refused('PLAN_STALE', ...codes));
      expect([scene.writes(), scene.production.tags('prod/bare')]).toEqual([[], []]);
    },
    TIMEOUT_MS,
  );

  it(
    'that nothing of changed is carried out, whatever else was signed since; again, it is unchanged',
    async () => {
      await scene.sign(wanted);
      const step = await scene.carryOut(plan);
      expect(endOf(step)).toEqual(success('promoted'));
      expect(step.outputs).toMatchObject({ 'plan-digest': plan.digest, digest: wanted });
      const promoted = ['1.0.0', 'prod'].map((tag) => [tag, wanted]);
      expect(scene.tags()).toEqual(promoted);
      const attached = await listReferrers(scene.production.host, TARGET, wanted);
      expect(endOf(await scene.carryOut(plan))).toEqual(success('unchanged'));
      expect(scene.tags()).toEqual(promoted);
      expect(await listReferrers(scene.production.host, TARGET, wanted)).toEqual(attached);
    },
    TIMEOUT_MS,
  );
});
