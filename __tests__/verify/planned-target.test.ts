import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../src/base/error.ts';
import { digestOf } from '../../src/image/digest.ts';
import { formatReference } from '../../src/image/reference.ts';
import type { BatchPlan } from '../../src/plan/batch-schema.ts';
import type { Plan } from '../../src/plan/plan-schema.ts';
import { formatPlan } from '../../src/plan/plan-text.ts';
import { makeVerifyRequest } from './fake-context.ts';
import { givePlan, sampleBatch, samplePlan } from './sample-plan.ts';

const ONE = samplePlan(['prod.test/one:1', 'prod.test/one:live']);
const TWO = samplePlan(['prod.test/two:1']);

async function problemsOf(plan: Plan | BatchPlan, inputs: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const given = givePlan(plan);
  try {
    await makeVerifyRequest({ ...given.inputs, ...inputs }, given.files);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems.map(({ where, message }) => `${where} ${message}`);
    throw error;
  }
}

describe('the plan whose targets are verified', () => {
  it('of a batch names each target with its image, its shard and the plan that its record names', async () => {
    const { inputs, files } = givePlan(sampleBatch([ONE, TWO], 2));
    const { plan, images } = await makeVerifyRequest(inputs, files);
    expect(images).toEqual([]);
    expect(plan).toMatchObject({ digest: inputs['plan-digest'], items: 2, shards: 2 });
    expect(plan?.targets.map(({ target, item, shard }) => [formatReference(target), item, shard])).toEqual([
      ['prod.test/one:1', 1, '1/2'],
      ['prod.test/one:live', 1, '1/2'],
      ['prod.test/two:1', 2, '2/2'],
    ]);
    expect(plan?.targets.map(({ planDigest }) => planDigest)).toEqual([
      ...[formatPlan(ONE).digest, formatPlan(ONE).digest],
      formatPlan(TWO).digest,
    ]);
  });

  it('of one image is named by its records itself, and has no shards', async () => {
    const { inputs, files } = givePlan(ONE);
    const { plan } = await makeVerifyRequest(inputs, files);
    expect(plan).toMatchObject({ digest: inputs['plan-digest'], items: 1, shards: 0 });
    expect(plan?.targets.map(({ planDigest, shard }) => [planDigest, shard])).toEqual([
      [inputs['plan-digest'], undefined],
      [inputs['plan-digest'], undefined],
    ]);
  });

  it('is believed by its digest alone, which must travel another way than the file', async () => {
    expect(await problemsOf(ONE, { 'plan-digest': '' })).toEqual([
      expect.stringContaining('input plan-digest is empty'),
    ]);
    expect(await problemsOf(ONE, { 'plan-digest': digestOf('another') })).toEqual([
      expect.stringContaining('input plan names plan.json, which is sha256:'),
    ]);
    expect(await problemsOf(ONE, { plan: '' })).toContainEqual(expect.stringContaining('given without a plan'));
  });

  it('stands alone: images beside it are wrong use, and so is neither', async () => {
    expect(await problemsOf(ONE, { images: 'prod.test/one:1' })).toEqual([
      expect.stringContaining('input images is given beside plan'),
    ]);
    expect(await problemsOf(ONE, { plan: '', 'plan-digest': '' })).toEqual(['input images is required and was empty.']);
  });

  it('says which environment it is for, and the input may only agree', async () => {
    const production = samplePlan(['prod.test/one:1'], { environment: 'production' });
    const { inputs, files } = givePlan(production);
    expect((await makeVerifyRequest(inputs, files)).environment).toBe('production');
    expect(await problemsOf(production, { environment: 'production' })).toEqual([]);
    expect(await problemsOf(production, { environment: 'qa' })).toEqual([
      'input environment is qa, and the plan is for production.',
    ]);
    expect(await problemsOf(sampleBatch([production, TWO], 1))).toEqual([
      'input plan is for several environments: production, none.',
    ]);
  });

  it.each([
    [
      'leaves no records',
      samplePlan(['prod.test/one:1'], { writes: { signature: true, record: false, referrers: 'copy' } }),
      'leaves no record',
    ],
    ['has two images for one tag', sampleBatch([TWO, TWO], 1), 'names the target prod.test/two:1 twice'],
    ['names a target without a tag', samplePlan([`prod.test/one@${digestOf('x')}`]), 'which is no tag'],
    ['names what is no reference', samplePlan(['one']), 'it names no registry'],
  ])('is refused when it %s', async (_, plan, message) => {
    expect(await problemsOf(plan)).toEqual([expect.stringContaining(message)]);
  });
});
