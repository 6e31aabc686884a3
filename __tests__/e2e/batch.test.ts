import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startOlareg } from '../../lab/external-registry.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import {
  type BatchScene,
  endsOf,
  findBase,
  type Member,
  makeMember,
  pushMembers,
  setBatchScene,
  toPromotions,
} from './batch-fixture.ts';
import { errorsOf, recordsOf, refusalsOf } from './fixture.ts';
import { EVIDENCE_TYPES, listEvidence, readDigest } from './fixture-target.ts';

const MINUTES = 60_000;

/** Ten over one base: one has a critical vulnerability, one is not there, and the tag of one is taken. */
const GOOD: readonly Member[] = [1, 2, 3, 4, 5, 6, 7].map((n) => ({ name: `app-${n}`, image: makeMember(n) }));
const VULNERABLE: Member = { name: 'app-8', image: makeMember(8, 'vulnerable') };
const MISSING: Member = { name: 'app-9' };
const TAKEN: Member = { name: 'app-10', image: makeMember(10) };
const MEMBERS = [...GOOD, VULNERABLE, MISSING, TAKEN];

let scene: BatchScene;
let staging: LabRegistry;
let production: LabRegistry;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([setBatchScene(), startRegistry(), startRegistry()]);
  await pushMembers(staging.host, MEMBERS);
  production.seed('prod/app-10', makeMember(99), '1.0');
  staging.log.clear();
}, 2 * MINUTES);

afterAll(() => Promise.all([scene, staging, production].map((each) => each?.close())));

describe('a batch of ten over one base', () => {
  const ENDS = [
    ...GOOD.map(({ name }) => [`${name}:1.0`, 'promoted', undefined]),
    ['app-8:1.0', 'refused', 'VULNERABLE'],
    ['app-9:1.0', 'failed', 'NOT_FOUND'],
    ['app-10:1.0', 'refused', 'TAG_EXISTS'],
  ];
  let step: StepResult;

  beforeAll(async () => {
    step = await scene.promoteBatch(toPromotions(MEMBERS, staging.host, production.host));
  }, 4 * MINUTES);

  it('promotes all that may be, and the exit code tells that not all were', async () => {
    expect(endsOf(step)).toEqual(ENDS);
    expect([step.code, step.outputs.result]).toEqual([1, 'failed']);
    for (const { name, image } of GOOD) {
      expect(production.digestOf(`prod/${name}`, '1.0')).toBe(image?.root.digest);
      expect(await listEvidence(production.host, `prod/${name}`, image?.root.digest ?? '')).toEqual(EVIDENCE_TYPES);
    }
    expect(production.tags('prod/app-8')).toEqual([]);
    expect(production.digestOf('prod/app-10', '1.0')).toBe(makeMember(99).root.digest);
  });

  it('reads the base once from the source, uploads it once, and mounts it elsewhere', async () => {
    const base = findBase(makeMember(1));
    expect(staging.log.find('GET', new RegExp(`/blobs/${base}$`))).toHaveLength(1);
    const puts = production.log.entries.filter(
      ({ method, requestBytes }) => method !== 'GET' && requestBytes > 1_000_000,
    );
    expect(puts).toHaveLength(1);
    for (const { name } of GOOD) expect(production.hasBlob(`prod/${name}`, base)).toBe(true);
  });

  it('tells every image in the summary, those that need somebody first', () => {
    const rows = step.summary.split('\n').filter((line) => /^\| +\d+ \|/.test(line));
    expect(rows.map((row) => /app-\d+/.exec(row)?.[0])).toEqual([
      'app-9',
      'app-8',
      'app-10',
      ...GOOD.map(({ name }) => name),
    ]);
    expect(step.summary).toMatch(/^## Batch failed: 1 failed, 2 refused, 7 promoted$/m);
  });

  it('tells in the log how each ended, in one piece', () => {
    const titles = [...step.log.matchAll(/^::group::(\d+) of 10: (\w+) (.*)$/gm)].map(([, n, result]) => [n, result]);
    expect(titles.map(([n]) => n)).toEqual(Array.from({ length: 10 }, (_, i) => `${i + 1}`));
    expect(titles.filter(([, result]) => result === 'promoted')).toHaveLength(7);
    expect(errorsOf(step).map(({ title }) => title)).toEqual(['NOT_FOUND', 'VULNERABLE', 'TAG_EXISTS']);
  });

  it('leaves a record, a report and findings for each', async () => {
    expect(await recordsOf(step)).toHaveLength(7);
    // The tag that was taken is refused before anything is scanned.
    const names = [...GOOD, VULNERABLE].map(({ name }, i) => `000${i + 1}-${name}`);
    expect(await readdir(step.outputs['scan-report'] ?? '')).toEqual(names.map((name) => `${name}.json`));
    expect(await readdir(step.outputs.sarif ?? '')).toEqual(names.map((name) => `${name}.sarif`));
    const sarif = await Promise.all(
      names.map((name) => readFile(`${step.outputs.sarif}/${name}.sarif`, 'utf8').then(JSON.parse)),
    );
    const categories = sarif.map(({ runs: [{ automationDetails }] }) => automationDetails.id);
    expect(new Set(categories).size).toBe(names.length);
    expect(refusalsOf(step)).toMatchObject([
      { code: 'VULNERABLE', source: `${staging.host}/dev/app-8:1.0` },
      { code: 'TAG_EXISTS', source: `${staging.host}/dev/app-10:1.0` },
    ]);
  });

  it(
    'skips what is done when it runs again',
    async () => {
      const promotions = toPromotions(GOOD, staging.host, production.host);
      const again = await scene.promoteBatch(promotions);
      expect([again.code, again.outputs.result]).toEqual([0, 'unchanged']);
      expect(endsOf(again)).toEqual(GOOD.map(({ name }) => [`${name}:1.0`, 'unchanged', undefined]));
    },
    4 * MINUTES,
  );
});

describe('a dry run and its shards', () => {
  it(
    'promote each image of the plan once, whichever registry it goes to',
    async () => {
      const olareg = await startOlareg();
      try {
        const members = [...GOOD.slice(0, 5), VULNERABLE];
        const promotions = toPromotions(members, staging.host, olareg.host);
        const dry = await scene.promoteBatch(promotions, { inputs: { 'dry-run': 'true', shards: '2' } });
        expect([dry.code, dry.outputs.result]).toEqual([3, 'refused']);
        expect(JSON.parse(dry.outputs.matrix ?? '')).toEqual({ shard: ['1/2', '2/2'] });
        const plan = await readFile(dry.outputs.plan ?? '', 'utf8');
        const inputs = { promotions: '', plan: 'plan.json', 'plan-digest': dry.outputs['plan-digest'] ?? '' };
        const shards = await Promise.all(
          ['1/2', '2/2'].map((shard) =>
            scene.promoteBatch([], { inputs: { ...inputs, shard }, files: { 'plan.json': plan } }),
          ),
        );
        expect(shards.map(({ code, outputs }) => [code, outputs.result])).toEqual([
          [0, 'promoted'],
          [0, 'promoted'],
        ]);
        const done = shards.flatMap((step) => endsOf(step).map(([name]) => name));
        expect(done.toSorted()).toEqual(GOOD.slice(0, 5).map(({ name }) => `${name}:1.0`));
        for (const { name, image } of GOOD.slice(0, 5)) {
          expect(await readDigest(`${olareg.host}/prod/${name}:1.0`)).toBe(image?.root.digest);
        }
      } finally {
        await olareg.stop();
      }
    },
    6 * MINUTES,
  );
});

describe('wrong use of a batch', () => {
  it('is told of every promotion at once, before any registry is asked', async () => {
    staging.log.clear();
    const promotions = [
      { source: 'app', target: `${production.host}/prod/a:1` },
      { source: `${staging.host}/dev/app-1:1.0`, target: `${production.host}/prod/a` },
    ];
    const step = await scene.promoteBatch(promotions);
    expect([step.code, step.outputs.result]).toEqual([2, 'failed']);
    expect(errorsOf(step).map(({ message }) => message.split('\n')[0])).toEqual([
      expect.stringMatching(/^input promotions: item 1: /),
      expect.stringMatching(/^input promotions: item 2: /),
    ]);
    expect(staging.log.entries).toEqual([]);
  });
});
