import { describe, expect, it } from '@jest/globals';
import type { CheckFinding } from '../../src/check/finding.ts';
import { renderCheckSarif } from '../../src/check/sarif.ts';
import type { SarifLog } from '../../src/report/sarif-format.ts';
import { sampleFinding } from './sample-outcome.ts';

const render = (...findings: readonly CheckFinding[]) => {
  const [run] = (JSON.parse(renderCheckSarif({ findings })) as SarifLog).runs;
  if (run === undefined) throw new Error('no run');
  return run;
};
const printOf = (changes: Partial<CheckFinding>): string | undefined =>
  render(sampleFinding(changes)).results[0]?.partialFingerprints.primaryLocationLineHash;

describe('the findings as SARIF', () => {
  it('stand at their line, under their rule', () => {
    const { results, tool, automationDetails } = render(sampleFinding({ file: 'a b/ü.yml' }));
    expect(automationDetails?.id).toBe('promote-image/check/');
    expect(results).toMatchObject([
      {
        ...{ ruleId: 'no-digest', level: 'error' },
        message: { text: 'a.io/x:1.0.0: It has no digest. Pin it.' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'a%20b/%C3%BC.yml' },
              region: { startLine: 3, startColumn: 12 },
            },
            logicalLocations: [{ fullyQualifiedName: 'services.web.image' }],
          },
        ],
      },
    ]);
    expect(tool.driver.rules[results[0]?.ruleIndex ?? -1]?.id).toBe('no-digest');
  });

  it('are the same alert on another line and with another tag, and another one elsewhere', () => {
    const print = printOf({});
    expect(printOf({ line: 7, column: 1, image: 'a.io/x:2.0.0' })).toBe(print);
    expect(printOf({ image: `a.io/x@sha256:${'a'.repeat(64)}` })).toBe(print);
    for (const changes of [{ image: 'a.io/y:1.0.0' }, { file: 'b.yml' }, { where: 'x' }, { rule: 'no-tag' as const }]) {
      expect(printOf(changes)).not.toBe(print);
    }
  });

  it('are told apart where they are alike', () => {
    const prints = render(sampleFinding(), sampleFinding({ line: 9 })).results.map(
      ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
    );
    expect(new Set(prints).size).toBe(2);
  });

  it('stand at the first line where there is none', () => {
    const [result] = render(sampleFinding({ file: '-', line: undefined, column: undefined })).results;
    expect(result?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'standard-input' },
      region: { startLine: 1 },
    });
  });

  it('are cut to what GitHub takes, and show nothing invisible', () => {
    const many = Array.from({ length: 25_001 }, (_, i) => sampleFinding({ line: i + 1, message: 'x\u202e\u0007' }));
    const { results, properties } = render(...many);
    expect([results.length, properties?.omittedResults]).toEqual([25_000, 1]);
    expect(results[0]?.message.text).toBe('a.io/x:1.0.0: x Pin it.');
  });
});
