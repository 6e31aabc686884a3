import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/error.ts';
import type { ItemOutcome } from '../../src/batch/outcome.ts';
import { toBatchAnnotations, toBatchOutputs } from '../../src/batch/outputs.ts';
import { digestOf } from '../../src/image/digest.ts';
import { PROMOTE_OUTPUTS } from '../../src/promote/inputs.ts';
import { jsonOutputsSchema } from '../../src/promote/json-outputs.ts';
import { parseTarget, sampleFinding, samplePlatform, sampleScan, vulnerable } from '../promote/sample-outcome.ts';
import { sampleBatch, sampleItem } from './sample-outcomes.ts';

const DIGEST = digestOf('x');
/** GitHub keeps 1 MB of a job's outputs in UTF-16. */
const MAX_CHARACTERS = 500_000;

function readJson(items: readonly ItemOutcome[]) {
  const { images, refusals, vulnerabilities, matrix } = toBatchOutputs(sampleBatch(items));
  const parse = (text: string): unknown => JSON.parse(text);
  return jsonOutputsSchema.parse({
    ...{ images: parse(images), refusals: parse(refusals) },
    ...{ vulnerabilities: parse(vulnerabilities), matrix: parse(matrix) },
  });
}

function refuse(number: number, findings = 1): ItemOutcome {
  const found = Array.from({ length: findings }, (_, i) => sampleFinding(i));
  const scan = sampleScan([samplePlatform('linux/amd64', found)]);
  return sampleItem(number, { result: 'refused', code: 'VULNERABLE', scan, refusals: [vulnerable(scan)] });
}

function fail(number: number): ItemOutcome {
  const error = new DomainError('NOT_FOUND', 'there is no such tag', { hint: 'Check the tag.' });
  return sampleItem(number, { result: 'failed', code: 'NOT_FOUND', pinned: undefined, error });
}

describe('the outputs of a batch', () => {
  it('are exactly those of action.yml', () => {
    expect(Object.keys(toBatchOutputs(sampleBatch([]))).sort()).toEqual(Object.keys(PROMOTE_OUTPUTS).sort());
  });

  it('name every target in the order of the file, and say of each refusal which image it was', () => {
    const { images, refusals } = readJson([sampleItem(1), refuse(2), fail(3)]);
    expect(images.map(({ target, result, code }) => [target, result, code])).toEqual([
      ['prod.example/shop/service-001:1.0', 'promoted', undefined],
      ['prod.example/shop/service-002:1.0', 'refused', 'VULNERABLE'],
      ['prod.example/shop/service-003:1.0', 'failed', 'NOT_FOUND'],
    ]);
    expect(refusals).toMatchObject([{ code: 'VULNERABLE', source: 'staging.example/shop/service-002:1.0' }]);
  });

  it('sum the findings of all images', () => {
    expect(readJson([refuse(1, 3), refuse(2, 4), sampleItem(3)]).vulnerabilities).toMatchObject({ CRITICAL: 7 });
    expect(readJson([sampleItem(1)]).vulnerabilities).toEqual({});
  });

  it('stay within what GitHub keeps of a job, however many images were refused', () => {
    const items = Array.from({ length: 300 }, (_, i) => refuse(i + 1, 100));
    const outputs = toBatchOutputs(sampleBatch(items));
    expect(Object.values(outputs).join('').length).toBeLessThan(MAX_CHARACTERS);
    expect(readJson(items).refusals).toHaveLength(300);
    expect(readJson(items).images).toHaveLength(300);
  });

  it('keep what went wrong where there is no room for every image', () => {
    const record = `/${'r'.repeat(150)}.json`;
    const good = (n: number): ItemOutcome =>
      sampleItem(n, {
        evidence: [{ repository: 'r', predicateType: 'p', digest: DIGEST, recordPath: `${n}${record}` }],
      });
    const items = [...Array.from({ length: 9_990 }, (_, i) => good(i + 1)), ...[1, 2, 3].map((n) => fail(9_990 + n))];
    const outputs = toBatchOutputs(sampleBatch(items));
    expect(Object.values(outputs).join('').length).toBeLessThan(MAX_CHARACTERS);
    const { images } = readJson(items);
    expect(images.length).toBeGreaterThan(1000);
    expect(images.slice(0, 4).map(({ result }) => result)).toEqual(['failed', 'failed', 'failed', 'promoted']);
    expect(outputs.record.split('\n').every((path) => path.endsWith('.json'))).toBe(true);
  });

  it('have the matrix of a dry run, numbers only', () => {
    const plan = { path: '/r/plan.json', digest: DIGEST, shards: 3, count: 60 };
    expect(toBatchOutputs(sampleBatch([], { plan, dryRun: true }))).toMatchObject({
      ...{ plan: '/r/plan.json', 'plan-digest': DIGEST },
      matrix: '{"shard":["1/3","2/3","3/3"]}',
    });
    expect(toBatchOutputs(sampleBatch([], { plan })).matrix).toBe('{}');
  });
});

describe('the annotations of a batch', () => {
  it('are one for each image that needs somebody, those that failed first', () => {
    const two = sampleItem(4, {
      result: 'refused',
      refusals: [
        { code: 'TAG_EXISTS', message: 'the tag is taken', hint: 'Choose another.' },
        { code: 'TAG_NOT_ALLOWED', message: 'latest is forbidden' },
      ],
    });
    const notBegun = { ...fail(6), begun: false };
    expect(toBatchAnnotations(sampleBatch([sampleItem(1), two, fail(5), notBegun]))).toEqual([
      {
        title: 'NOT_FOUND',
        message: 'prod.example/shop/service-005:1.0: there is no such tag',
        hint: 'Check the tag.',
      },
      {
        title: 'TAG_EXISTS',
        message: 'prod.example/shop/service-004:1.0: the tag is taken TAG_NOT_ALLOWED: latest is forbidden',
        hint: 'Choose another.',
      },
    ]);
  });

  it('count what is beyond fifty', () => {
    const items = Array.from({ length: 70 }, (_, i) => fail(i + 1));
    const annotations = toBatchAnnotations(sampleBatch(items));
    expect(annotations).toHaveLength(51);
    expect(annotations.at(-1)?.message).toMatch(/^20 more/);
  });

  it('name several targets by the first', () => {
    const target = parseTarget('prod.example/a:1');
    const targets = [target, parseTarget('prod.example/a:2')].map((each) => ({
      target: each,
      result: 'failed' as const,
    }));
    const [only] = toBatchAnnotations(sampleBatch([sampleItem(1, { ...fail(1).outcome, targets })]));
    expect(only?.message).toMatch(/^prod\.example\/a:1 and 1 more: /);
  });
});
