import { describe, expect, it } from '@jest/globals';
import { FieldReader } from '../../src/base/fields.ts';
import { digestOf } from '../../src/image/digest.ts';
import { findShardFlaw, listPromotions } from '../../src/plan/batch-plan.ts';
import { readApprovedPlan } from '../../src/plan/plan-file.ts';
import { formatPlan } from '../../src/plan/plan-text.ts';
import { PROMOTE_INPUTS } from '../../src/promote/inputs.ts';
import { makeContext } from '../promote/fake-step.ts';
import { sampleBatchPlan, samplePlan } from './sample-plan.ts';

const NAMES = ['a:1', 'b:1', 'c:1'];
const BATCH = sampleBatchPlan(NAMES, [[0, 2], [1]]);

/** Reads the text of a plan by its digest, or by another. */
async function read(text: string, digest: string = digestOf(text)) {
  const fields = new FieldReader({ plan: 'plan.json', 'plan-digest': digest }, PROMOTE_INPUTS);
  const plan = await readApprovedPlan(fields, makeContext({ files: { 'plan.json': text } }).files);
  return { plan, problems: fields.problems.map(({ message }) => message) };
}

describe('the plan of a batch', () => {
  it('comes back from its file as it was written', async () => {
    const { plan, problems } = await read(BATCH.text);
    expect(problems).toEqual([]);
    expect(plan).toEqual(BATCH);
  });

  it('has a line for each promotion, so that two plans can be compared', () => {
    for (const name of NAMES) {
      const lines = BATCH.text.split('\n').filter((line) => line.includes(`dev.test/${name}`));
      expect(lines).toHaveLength(1);
    }
  });

  it('that was changed after it was approved is not carried out', async () => {
    const changed = BATCH.text.replace('prod.test/b:1', 'prod.test/b:2');
    const { plan, problems } = await read(changed, BATCH.digest);
    expect(plan).toBeUndefined();
    expect(problems).toEqual([expect.stringContaining(`and not the plan ${BATCH.digest}`)]);
  });

  it.each([
    ['a promotion in no shard', '[0,2]', '[0]', /promotion 2 stands in no shard/],
    ['a promotion in two shards', '[1]', '[1,2]', /promotion 2 stands in two shards/],
    ['a promotion twice in one shard', '[1]', '[1,1]', /promotion 1 stands in two shards/],
    ['a shard of what there is not', '[1]', '[1,3]', /shard 2 names promotion 3/],
    ['an empty shard', '[1]', '[1],[]', /shards\.2/],
    ['a promotion without a plan', /"plan":\{"version":1/, '"plam":{"version":1', /promotions\.0/],
    ['a plan of another version inside', /"plan":\{"version":1/, '"plan":{"version":2', /promotions\.0\.plan\.version/],
    ['a size below nothing', '"bytes":100', '"bytes":-1', /promotions\.0\.bytes/],
    ['a key that nobody knows', '"version": 1', '"force": true, "version": 1', /force/],
    ['another version', '"version": 1,', '"version": 2,', /version/],
  ])('with %s is no plan', async (_, from, to, flaw) => {
    const text = BATCH.text.replace(from, to);
    expect(text).not.toBe(BATCH.text);
    const { plan, problems } = await read(text);
    expect(plan).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(flaw)]);
  });

  it('without promotions is no plan', async () => {
    expect((await read('{"version":1,"promotions":[],"shards":[[0]]}')).problems).toHaveLength(1);
  });

  it('must be named by its digest, unless the promotions stand beside it', async () => {
    expect((await read(BATCH.text, '')).problems).toEqual([expect.stringContaining('the plan alone would say')]);
    const fields = new FieldReader({ plan: 'plan.json', promotions: 'p.yml' }, PROMOTE_INPUTS);
    const plan = await readApprovedPlan(fields, makeContext({ files: { 'plan.json': BATCH.text } }).files);
    expect([plan, fields.problems]).toEqual([BATCH, []]);
  });
});

describe('the promotions of a plan', () => {
  it('are all of them, each with the digest that its record names', () => {
    const promotions = listPromotions(BATCH.batch);
    expect(promotions.map(({ index, bytes, digest }) => ({ index, bytes, digest }))).toEqual(
      NAMES.map((name, i) => ({ index: i, bytes: 100 * (i + 1), digest: formatPlan(samplePlan(name)).digest })),
    );
  });

  it('or those of one shard, from 1', () => {
    expect(listPromotions(BATCH.batch, 1).map(({ index }) => index)).toEqual([0, 2]);
    expect(listPromotions(BATCH.batch, 2).map(({ index }) => index)).toEqual([1]);
    expect(() => listPromotions(BATCH.batch, 3)).toThrow(RangeError);
  });
});

describe('shards', () => {
  it('are a division of the batch', () => {
    expect(findShardFlaw([[2], [0, 1]], 3)).toBeUndefined();
    expect(findShardFlaw([[0]], 2)).toMatch(/promotion 1 stands in no shard/);
  });
});
