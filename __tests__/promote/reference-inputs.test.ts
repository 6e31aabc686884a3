import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { formatReference } from '../../src/image/reference.ts';
import type { Plan } from '../../src/plan/plan-schema.ts';
import { formatPlan } from '../../src/plan/plan-text.ts';
import type { PromoteRequest } from '../../src/promote/request.ts';
import { findProblems, makeRequest } from './fake-step.ts';

const SOURCE = 'dev.test/team/app:1.4.2';
const TARGETS = ['prod.test/team/app:1.4.2', 'prod.test/team/app:prod'];

/** The inputs and files of a step that carries out a plan for these targets. */
function planFor(source = SOURCE, targets = TARGETS) {
  const plan: Plan = {
    version: 1,
    source: { reference: source, digest: digestOf('image'), mediaType: 'm' },
    targets: targets.map((reference) => ({ reference, action: 'write' })),
    scan: { mode: 'enforce', severity: ['CRITICAL'], ignoreUnfixed: false },
    writes: { signature: true, record: true, referrers: 'copy' },
    policies: [],
  };
  const { text, digest } = formatPlan(plan);
  const inputs: Readonly<Record<string, string>> = { plan: 'plan.json', 'plan-digest': digest, source: '', target: '' };
  return { inputs, files: { 'plan.json': text }, digest };
}

function read(
  { inputs, files }: ReturnType<typeof planFor>,
  more: Readonly<Record<string, string>> = {},
): Promise<PromoteRequest> {
  return makeRequest({ ...inputs, ...more }, { files });
}

describe('with an approved plan', () => {
  it('source and targets are those of the plan', async () => {
    const approved = planFor();
    const { source, targets, plan } = await read(approved);
    expect(formatReference(source)).toBe(SOURCE);
    expect(targets.map(formatReference)).toEqual(TARGETS);
    expect(plan?.digest).toBe(approved.digest);
  });

  it('a tag that got the digest since is accepted, unless the input says otherwise', async () => {
    expect((await read(planFor())).existingTag).toBe('accept-same-digest');
    expect((await read(planFor(), { 'existing-tag': 'refuse' })).existingTag).toBe('refuse');
    expect((await read(planFor(), { 'existing-tag': 'move' })).existingTag).toBe('move');
  });

  it('source and targets may be given as well, in any order', async () => {
    const { targets } = await read(planFor(), { source: SOURCE, target: TARGETS.toReversed().join('\n') });
    expect(targets.map(formatReference)).toEqual(TARGETS.toReversed());
  });

  it.each([
    ['another source', { source: 'dev.test/team/app:1.4.3' }, /^is dev\.test\/team\/app:1\.4\.3, and the plan is for/],
    ['the source by digest', { source: `dev.test/team/app@${digestOf('image')}` }, /and the plan is for/],
    [
      'another target',
      { target: [...TARGETS, 'prod.test/b:1'].join('\n') },
      /^names prod\.test\/b:1, and the plan does not/,
    ],
    ['fewer targets', { target: TARGETS[0] ?? '' }, /^leaves out prod\.test\/team\/app:prod of the plan/],
  ])('%s is wrong use', async (_, inputs, message) => {
    const { inputs: given, files } = planFor();
    const problems = await findProblems({ ...given, ...inputs }, { files });
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ['a source that is none', planFor('app'), /names no registry/],
    ['a target that is none', planFor(SOURCE, ['prod.test/a']), /neither a tag nor a digest/],
    ['a target by digest', planFor(SOURCE, [`prod.test/a@${digestOf('')}`]), /names a digest/],
    ['a target twice', planFor(SOURCE, ['prod.test/a:1', 'prod.test/a:1']), /named twice/],
    ['the source as target', planFor(SOURCE, [SOURCE]), /is the source itself/],
    ['no target', planFor(SOURCE, []), /names no target/],
  ])('that names %s is wrong use', async (_, { inputs, files }, message) => {
    const problems = await findProblems(inputs, { files });
    expect(problems).toMatchObject([{ where: 'input plan', message: expect.stringMatching(message) }]);
  });

  it('that cannot be read only that is told, and not that source and target are missing', async () => {
    const { inputs } = planFor();
    expect(await findProblems(inputs, { files: {} })).toMatchObject([{ where: 'input plan' }]);
  });
});

describe('without a plan', () => {
  it('source and target are required', async () => {
    const problems = await findProblems({ source: '', target: '' });
    expect(problems).toMatchObject([
      { where: 'input source', message: 'is required and was empty.' },
      { where: 'input target', message: 'is required and was empty.' },
    ]);
  });
});
