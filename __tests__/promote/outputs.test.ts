import { describe, expect, it } from '@jest/globals';
import { DomainError, UsageError } from '../../src/base/error.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { SIGNATURE_PREDICATE } from '../../src/chain/statement.ts';
import { digestOf } from '../../src/image/digest.ts';
import { PROMOTE_OUTPUTS } from '../../src/promote/inputs.ts';
import { jsonOutputsSchema } from '../../src/promote/json-outputs.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { toExitCode, toOutputs } from '../../src/promote/outputs.ts';
import {
  DIGEST,
  parseTarget,
  sampleFinding,
  sampleOutcome,
  samplePlatform,
  sampleScan,
  vulnerable,
} from './sample-outcome.ts';

const TARGET = 'prod.example/shop/web:1.4.0';

/** The JSON outputs, checked against the schema that users get. */
function readJson(outcome: Outcome) {
  const { images, refusals, vulnerabilities, matrix } = toOutputs(outcome);
  const parse = (text: string | undefined): unknown => JSON.parse(text ?? '');
  return jsonOutputsSchema.parse({
    images: parse(images),
    refusals: parse(refusals),
    vulnerabilities: parse(vulnerabilities),
    matrix: parse(matrix),
  });
}

describe('the outputs', () => {
  it('are exactly those of action.yml', () => {
    expect(Object.keys(toOutputs(sampleOutcome())).sort()).toEqual(Object.keys(PROMOTE_OUTPUTS).sort());
  });

  it('give the first target with its digest, ready for a workload file', () => {
    const targets = [TARGET, 'dr.example/shop/web:1.4.0'].map((name) => ({
      target: parseTarget(name),
      result: 'promoted' as const,
    }));
    const outputs = toOutputs(sampleOutcome({ targets }));
    expect(outputs).toMatchObject({ result: 'promoted', digest: DIGEST, image: `${TARGET}@${DIGEST}` });
    expect(readJson(sampleOutcome({ targets })).images).toEqual([
      { target: TARGET, digest: DIGEST, result: 'promoted' },
      { target: 'dr.example/shop/web:1.4.0', digest: DIGEST, result: 'promoted' },
    ]);
  });

  it.each(['planned', 'refused', 'failed'] as const)(
    'name no image when the result is %s: it is not there',
    (result) => {
      expect(toOutputs(sampleOutcome({ result }))).toMatchObject({ result, image: '' });
    },
  );

  it('tell why it was refused, with the findings that block, a hundred at most', () => {
    const findings = Array.from({ length: 300 }, (_, i) => sampleFinding(i + 1));
    const scan = sampleScan([samplePlatform('linux/amd64', findings)]);
    const outcome = sampleOutcome({ result: 'refused', scan, refusals: [vulnerable(scan)] });
    const { refusals, vulnerabilities } = readJson(outcome);
    expect(refusals[0]).toMatchObject({ code: 'VULNERABLE', message: '300 findings block.' });
    expect(refusals[0]?.findings).toHaveLength(100);
    expect(vulnerabilities).toEqual({ CRITICAL: 300, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 });
    expect(outcome.refusals[0]?.findings).toHaveLength(300);
  });

  it('carry the code of each target', () => {
    const targets = [{ target: parseTarget(TARGET), result: 'refused' as const, code: 'TAG_EXISTS' }];
    const { images } = readJson(sampleOutcome({ result: 'refused', targets }));
    expect(images).toEqual([{ target: TARGET, digest: DIGEST, result: 'refused', code: 'TAG_EXISTS' }]);
  });

  it('are empty, not absent, for what is not known', () => {
    const outputs = toOutputs(sampleOutcome({ result: 'failed', pinned: undefined, scan: undefined }));
    expect(outputs).toMatchObject({
      ...{ digest: '', image: '', vulnerabilities: '{}', 'scan-report': '', sarif: '' },
      ...{ plan: '', 'plan-digest': '', record: '', refusals: '[]' },
    });
  });

  it('give the paths of records, a line each, and of the plan with its digest', () => {
    const attach = (predicateType: string, recordPath?: string) => ({
      repository: 'prod.example/shop/web',
      predicateType,
      digest: DIGEST,
      ...(recordPath === undefined ? {} : { recordPath }),
    });
    const evidence = [
      attach(SIGNATURE_PREDICATE),
      attach(RECORD_PREDICATE, '/r/1.json'),
      attach(RECORD_PREDICATE, '/r/2.json'),
    ];
    const plan = { path: '/r/plan.json', digest: digestOf('plan') };
    expect(toOutputs(sampleOutcome({ evidence, plan }))).toMatchObject({
      record: '/r/1.json\n/r/2.json',
      plan: '/r/plan.json',
      'plan-digest': plan.digest,
    });
  });
});

describe('the exit code', () => {
  it.each([
    ['promoted', 0],
    ['unchanged', 0],
    ['planned', 0],
    ['refused', 3],
    ['failed', 1],
  ] as const)('of %s is %i', (result, code) => {
    expect(toExitCode(sampleOutcome({ result, error: new DomainError('UNAVAILABLE', 'down') }))).toBe(code);
  });

  it('tells wrong use, found late, from a failure', () => {
    const error = new UsageError([{ where: 'input trivy', message: 'names no version.', fix: 'Name one.' }]);
    expect(toExitCode(sampleOutcome({ result: 'failed', error }))).toBe(2);
  });
});
