import { describe, expect, it } from '@jest/globals';
import { jsonOutputsSchema } from '../../src/promote/json-outputs.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { toOutputs } from '../../src/promote/outputs.ts';
import { parseTarget, sampleFinding, sampleOutcome, samplePlatform, sampleScan, vulnerable } from './sample-outcome.ts';

function readOutputs(outcome: Outcome): Record<string, unknown> {
  const { images, refusals, vulnerabilities, matrix } = toOutputs(outcome);
  return {
    images: JSON.parse(images),
    refusals: JSON.parse(refusals),
    vulnerabilities: JSON.parse(vulnerabilities),
    matrix: JSON.parse(matrix),
  };
}

describe('the schema of the JSON outputs', () => {
  const scan = sampleScan([
    samplePlatform('linux/amd64', [
      sampleFinding(1),
      sampleFinding(2, 'UNKNOWN', { title: 'a title', purl: 'pkg:deb/debian/lib2@1', suppressedBy: 'vex' }),
    ]),
  ]);
  const target = parseTarget('prod.test/app:1');

  it.each<[string, Partial<Outcome>]>([
    ['a success', {}],
    ['a refusal with findings', { result: 'refused', scan, refusals: [vulnerable(scan)] }],
    [
      'a refusal with all there is to say',
      {
        result: 'refused',
        refusals: [
          { code: 'SCAN_INCOMPLETE', message: 'm', hint: 'h', platform: 'linux/amd64', policies: ['p.yml'] },
          { code: 'TAG_EXISTS', message: 'm', target: 'prod.test/app:1' },
        ],
      },
    ],
    ['a failure before the source was resolved', { result: 'failed', pinned: undefined, error: new Error('x') }],
    ['a partial one', { result: 'failed', targets: [{ target, result: 'failed', code: 'PARTIAL' }] }],
  ])('takes those of %s', (_, changes) => {
    const outputs = readOutputs(sampleOutcome(changes));
    expect(jsonOutputsSchema.parse(outputs)).toEqual(outputs);
  });

  it('refuses what is not in it', () => {
    const outputs = readOutputs(sampleOutcome());
    expect(jsonOutputsSchema.safeParse({ ...outputs, more: 1 }).success).toBe(false);
    expect(
      jsonOutputsSchema.safeParse({ ...outputs, images: [{ target: 'x', digest: '', result: 'done' }] }).success,
    ).toBe(false);
  });
});
