import { describe, expect, it } from '@jest/globals';
import { formatReference } from '../../src/image/reference.ts';
import { formatBatchPlan, formatPlan } from '../../src/plan/plan-text.ts';
import { sampleBatchPlan, samplePlan } from '../plan/sample-plan.ts';
import { findProblems, listPromotions, readBatch, writePromotions } from './sample-batch.ts';

const NAMES = ['app-1:1', 'app-2:1', 'app-3:1'];
const BATCH = sampleBatchPlan(NAMES, [[0, 2], [1]]);
const files = { 'plan.json': BATCH.text };
const inputs = { promotions: '', plan: 'plan.json', 'plan-digest': BATCH.digest };
const file = writePromotions(listPromotions(3));

describe('the approved plan of a batch', () => {
  it('says what goes where, and each promotion has its own plan', async () => {
    const { items, plan, total } = await readBatch([], inputs, { files });
    expect(plan).toEqual(BATCH);
    expect(total).toBe(3);
    expect(items.map(({ number, request }) => [number, formatReference(request.source), request.plan?.digest])).toEqual(
      NAMES.map((name, i) => [i + 1, `dev.test/${name}`, formatPlan(samplePlan(name)).digest]),
    );
    expect(items.every(({ request }) => request.existingTag === 'accept-same-digest')).toBe(true);
  });

  it('says which promotions a shard has', async () => {
    const numbers = async (shard: string) =>
      (await readBatch([], { ...inputs, shard }, { files })).items.map(({ number }) => number);
    expect([await numbers('1/2'), await numbers('2/2')]).toEqual([[1, 3], [2]]);
  });

  it('says how many shards there are', async () => {
    expect(await findProblems('', { ...inputs, shard: '1/3' }, { files })).toEqual([
      'input shard: is 1/3, and the plan is cut for 2.',
    ]);
  });

  it('that was changed is not carried out', async () => {
    const changed = { 'plan.json': BATCH.text.replace('prod.test/app-2:1', 'prod.test/app-2:2') };
    expect(await findProblems('', inputs, { files: changed })).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^input plan: names plan\.json, which is sha256:.* and not the plan/),
      ]),
    );
  });

  it.each([
    ['was edited', { 'plan.json': `${BATCH.text} ` }],
    ['is not there', {}],
  ])('that %s is what is wrong, and not the shard', async (_, changed) => {
    expect(await findProblems('', { ...inputs, shard: '1/2' }, { files: changed })).toEqual([
      expect.stringMatching(/^input plan: names plan\.json, which /),
    ]);
  });

  it('scans each image as was approved, unless an input says how', async () => {
    const plans = [samplePlan('a:1'), samplePlan('b:1', { scan: { mode: 'off', severity: [], ignoreUnfixed: false } })];
    const mixed = formatBatchPlan({
      version: 1,
      promotions: plans.map((plan) => ({ bytes: 1, plan })),
      shards: [[0, 1]],
    });
    const modes = async (scan: string) => {
      const step = { ...inputs, scan, 'plan-digest': mixed.digest };
      const { items } = await readBatch([], step, { files: { 'plan.json': mixed.text } });
      return items.map(({ request }) => request.policy.scan.mode);
    };
    expect(await modes('')).toEqual(['enforce', 'off']);
    expect(await modes('enforce')).toEqual(['enforce', 'enforce']);
  });

  it('cannot weaken what a policy states', async () => {
    const weak = samplePlan('a:1', { scan: { mode: 'off', severity: [], ignoreUnfixed: false } });
    const batch = formatBatchPlan({ version: 1, promotions: [{ bytes: 1, plan: weak }], shards: [[0]] });
    const step = { ...inputs, scan: '', policy: 'version: 1\nscan: { mode: enforce }', 'plan-digest': batch.digest };
    expect(await findProblems('', step, { files: { 'plan.json': batch.text } })).toEqual([
      expect.stringMatching(/^input plan: item 1: scan is off, weaker than enforce/),
    ]);
  });

  it('may stand beside the file it was made from, in any order', async () => {
    const reversed = writePromotions(listPromotions(3).toReversed());
    expect(await findProblems(reversed, { ...inputs, promotions: 'p.yml' }, { files })).toEqual([]);
  });

  it('then needs no digest, since it can only limit', async () => {
    expect(await findProblems(file, { ...inputs, promotions: 'p.yml', 'plan-digest': '' }, { files })).toEqual([]);
    expect(await findProblems('', { ...inputs, 'plan-digest': '' }, { files })).toEqual([
      'input plan-digest: is empty, and the plan alone would say what goes where.',
    ]);
  });

  it('and a file that names something else are wrong use', async () => {
    const other = writePromotions([...listPromotions(2), { source: 'dev.test/x:1', target: 'prod.test/x:1' }]);
    expect(await findProblems(other, { ...inputs, promotions: 'p.yml' }, { files })).toEqual([
      'input promotions: names what the plan does not: dev.test/x:1 to prod.test/x:1.',
      'input promotions: leaves out what the plan names: dev.test/app-3:1 to prod.test/app-3:1.',
    ]);
  });

  it.each(['source', 'target'])('and %s are wrong use', async (name) => {
    expect(await findProblems('', { ...inputs, [name]: 'x.test/a:1' }, { files })).toEqual([
      `input ${name}: is given, and the plan is for a batch.`,
    ]);
  });

  it('that names one tag twice is wrong use, whoever approved it', async () => {
    const twice = sampleBatchPlan(['a:1', 'a:1']);
    const step = { ...inputs, 'plan-digest': twice.digest };
    expect(await findProblems('', step, { files: { 'plan.json': twice.text } })).toEqual([
      'input plan: item 2: prod.test/a:1 is a target of item 1 as well.',
    ]);
  });
});

describe('the plan of one image', () => {
  const { text, digest } = formatPlan(samplePlan('app-1:1'));
  const one = { 'plan.json': text };

  it('beside a promotions file is wrong use', async () => {
    const step = { ...inputs, promotions: 'p.yml', 'plan-digest': digest };
    expect(await findProblems(file, step, { files: one })).toEqual([
      'input promotions: is given, and the plan is for one image.',
    ]);
  });

  it('is carried out as before', async () => {
    await expect(readBatch([], { ...inputs, 'plan-digest': digest }, { files: one })).rejects.toThrow('one image');
  });
});
