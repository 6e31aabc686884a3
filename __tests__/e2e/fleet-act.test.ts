import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeKeyPair } from '../../lab/stand-in/key-pair.ts';
import { type RecordEntry, recordsSchema } from '../../src/verify/record-entry.ts';
import { type Fleet, type FleetResult, setFleet, splitTag } from './fleet-fixture.ts';

const TIMEOUT_MS = 240_000;
const SHARDS = ['1/4', '2/4', '3/4', '4/4'];

let fleet: Fleet;
/** The run in which one shard had a key that nobody trusts. */
let broken: FleetResult;

beforeAll(async () => {
  fleet = await setFleet();
}, TIMEOUT_MS);
afterAll(() => fleet?.close());

const recordsOf = ({ act }: FleetResult): RecordEntry[] =>
  recordsSchema.parse(JSON.parse(act.outputs('verify', 'verify').records ?? ''));

const resultOf = ({ act }: FleetResult, shard: string): string | undefined =>
  act.ofMatrix({ shard }).outputs('promote', 'promote').result;

/** Runs these shards again by the plan of an earlier run, and the last job after them: what GitHub does when a job is run again. */
function runAgain(
  { artifacts, planDigest }: FleetResult,
  shards: readonly string[],
  of: Fleet = fleet,
): Promise<FleetResult> {
  return of.run({
    artifacts,
    change: (workflow) => {
      const { promote, verify } = workflow.jobs;
      if (promote?.strategy === undefined || verify === undefined) throw new TypeError('the example has other jobs');
      delete workflow.jobs.plan;
      delete promote.needs;
      promote.strategy.matrix = { include: shards.map((shard, copy) => ({ shard, copy })) };
      verify.needs = ['promote'];
      verify.if = 'always()';
      for (const step of [...(promote.steps ?? []), ...(verify.steps ?? [])]) {
        if (step.with?.['plan-digest'] !== undefined) step.with['plan-digest'] = planDigest;
      }
    },
  });
}

describe('examples/fleet, run by act', () => {
  it(
    'fails in its last job, which names what is missing, when one shard failed, and the others are done',
    async () => {
      const { key } = fleet;
      broken = await fleet.run({
        change: ({ jobs }) => {
          const step = jobs.promote?.steps?.find(({ id }) => id === 'promote');
          if (step === undefined) throw new TypeError('the example has another step');
          // One runner cannot reach its key.
          step.with = {
            ...step.with,
            'cosign-key': `\${{ matrix.shard == '2/4' && 'absent.key' || 'env://COSIGN_PRIVATE_KEY' }}`,
          };
        },
        key,
      });
      const { act } = broken;
      expect(act.jobs).toEqual({ plan: 'success', promote: 'failure', verify: 'failure' });
      expect(JSON.parse(act.outputs('plan', 'plan').matrix ?? '')).toEqual({ shard: SHARDS });
      expect(SHARDS.map((shard) => resultOf(broken, shard))).toEqual(['promoted', 'failed', 'promoted', 'promoted']);

      const records = recordsOf(broken);
      expect(records).toHaveLength(fleet.wanted.size);
      const late = records.filter(({ shard }) => shard === '2/4');
      expect(late.length).toBeGreaterThan(0);
      expect(records.slice(0, late.length)).toEqual(late);
      for (const entry of records) {
        const expected = entry.shard === '2/4' ? { result: 'refused', code: 'NOT_PROMOTED' } : { result: 'verified' };
        expect(entry).toMatchObject(expected);
      }
      for (const { target, item } of late) {
        const named = expect.stringContaining(`${target} (item ${item}, shard 2/4): No promotion record.`);
        expect(act.errors('verify')).toContainEqual({ title: 'NOT_PROMOTED', message: named });
        expect(fleet.found().get(target.slice(target.indexOf('/') + 1))).toBeUndefined();
      }
    },
    TIMEOUT_MS,
  );

  it(
    'is whole when that shard alone is run again: one summary over all shards, and a record for each target',
    async () => {
      const before = fleet.prod.log.entries.length;
      const again = await runAgain(broken, ['2/4']);
      expect({ jobs: again.act.jobs, errors: again.act.errors('verify') }).toEqual({
        jobs: { promote: 'success', verify: 'success' },
        errors: [],
      });
      expect(fleet.found()).toEqual(fleet.wanted);
      const records = recordsOf(again);
      expect(new Map(records.map(({ target, digest }) => [target.slice(target.indexOf('/') + 1), digest]))).toEqual(
        fleet.wanted,
      );
      expect(new Set(records.map(({ shard }) => shard))).toEqual(new Set(SHARDS));
      for (const entry of records) expect(entry).toMatchObject({ result: 'verified', state: 'current' });
      expect(records.filter(({ record }) => record?.copies !== undefined)).toEqual([]);
      const summary = again.act.summary('verify', 'verify') ?? '';
      expect(summary).toMatch(/^## Verified: 7 of 7 targets of the plan \(production\)$/m);
      for (const name of fleet.wanted.keys()) expect(summary).toContain(`\`${fleet.prod.host}/${name}\``);

      // Nothing of the other shards was written again.
      const others = records.filter(({ shard }) => shard !== '2/4').map(({ target }) => target);
      const written = fleet.prod.log.entries
        .slice(before)
        .filter(({ method }) => method === 'PUT' || method === 'POST');
      const paths = others.map((target) => splitTag(target.slice(target.indexOf('/') + 1))[0]);
      expect(written.filter(({ path }) => paths.some((each) => path.includes(`/v2/${each}/`)))).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'believes no plan that a shard changed: neither the shard that takes it, nor the last job',
    async () => {
      const file = join(broken.artifacts, 'plan', 'plan.json');
      await writeFile(file, (await readFile(file, 'utf8')).replace('"version": 1', '"version":  1'));
      const { act } = await runAgain(broken, ['1/4']);
      expect(act.jobs).toEqual({ promote: 'failure', verify: 'failure' });
      for (const job of ['promote', 'verify']) expect(act.errors(job)[0]?.message).toContain('and not the plan');
      expect(act.outputs('verify', 'verify')).toMatchObject({ result: 'failed', records: '[]' });
    },
    TIMEOUT_MS,
  );
});

describe('another fleet by the same example', () => {
  let other: Fleet;
  beforeAll(async () => {
    other = await setFleet();
  }, TIMEOUT_MS);
  afterAll(() => other?.close());

  it(
    'is not verified by records of somebody else, whatever the shards said',
    async () => {
      const stranger = await makeKeyPair();
      const forged = await other.run({ key: { ...stranger } });
      expect(forged.act.jobs).toEqual({ plan: 'success', promote: 'success', verify: 'failure' });
      expect(new Set(recordsOf(forged).map(({ code }) => code))).toEqual(new Set(['UNTRUSTED_SIGNER']));
    },
    TIMEOUT_MS,
  );
});

describe('shards that overlap', () => {
  let other: Fleet;
  beforeAll(async () => {
    other = await setFleet();
  }, TIMEOUT_MS);
  afterAll(() => other?.close());

  it(
    'leave a whole fleet: what two jobs did at once is one promotion',
    async () => {
      const planned = await other.run({
        change: ({ jobs }) => {
          delete jobs.promote;
          delete jobs.verify;
        },
      });
      expect(planned.act.jobs).toEqual({ plan: 'success' });
      expect([...other.found().values()].filter((digest) => digest !== undefined)).toEqual([]);
      const { act } = await runAgain(planned, ['1/4', '1/4', '2/4', '2/4', '3/4', '4/4'], other);
      expect({ jobs: act.jobs, errors: act.errors('verify') }).toEqual({
        jobs: { promote: 'success', verify: 'success' },
        errors: [],
      });
      expect(other.found()).toEqual(other.wanted);
    },
    TIMEOUT_MS,
  );
});
