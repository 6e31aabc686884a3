import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse.ts';

function tell(lines: string): string[] {
  return parsePolicy(`version: 1\n${lines}\n`, 'p.yml').problems.map(({ where, message }) => `${where} ${message}`);
}

const REFUSED: readonly (readonly [lines: string, where: string, what: string])[] = [
  [
    'checks: { require: [unit-tests] }',
    'p.yml:2:20',
    'checks.require: this release does not enforce required checks yet.',
  ],
  ['signature: { repository: a.io/sigs }', 'p.yml:2:26', 'signature.repository: this release'],
];

describe('what this release does not enforce yet', () => {
  it.each(REFUSED)('is refused: %s', (lines, where, what) => {
    const problems = tell(lines);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${where} ${what}`);
  });

  it.each(REFUSED)('is refused in an environment, chosen or not: %s', (lines, _where, what) => {
    const problems = tell(`environments:\n  qa:\n    ${lines}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`environments.qa.${what}`);
  });

  it('is told beside other problems', () => {
    expect(tell('scna: {}\nsignature: { repository: a.io/sigs }')).toHaveLength(2);
  });

  it.each([
    'targets: { channels: [prod] }',
    'scan: { from: sbom }',
    'signers: [{ role: source, key: k }, { role: scan, key: k }, { role: promotion, key: k }]',
    'attestations: { require: [{ type: "https://slsa.dev/provenance/v1", role: source }] }',
    'checks: {}',
    'upload: after-gates',
    'upload: during-gates',
    'signature: { format: both, transparencyLog: false, signingConfig: s.json, trustedRoot: t.json }',
  ])('%s asks for nothing that is missing', (lines) => {
    expect(tell(lines)).toEqual([]);
  });
});
