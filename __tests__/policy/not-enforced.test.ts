import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse.ts';

function tell(lines: string): string[] {
  return parsePolicy(`version: 1\n${lines}\n`, 'p.yml').problems.map(({ where, message }) => `${where} ${message}`);
}

const REFUSED: readonly (readonly [lines: string, where: string, what: string])[] = [
  ['targets: { channels: [prod] }', 'p.yml:2:22', 'targets.channels: this release does not enforce channels yet.'],
  ['scan: { from: sbom }', 'p.yml:2:15', 'scan.from: this release does not enforce scans of an SBOM yet.'],
  [
    'signers: [{ role: source, key: k }]',
    'p.yml:2:19',
    'signers[0].role: this release does not enforce signers of sources and scans yet.',
  ],
  ['signers: [{ role: promotion, key: k }, { role: scan, key: k }]', 'p.yml:2:48', 'signers[1].role: this release'],
  [
    'attestations: { require: [{ type: t, role: scan }] }',
    'p.yml:2:26',
    'attestations.require: this release does not enforce required attestations yet.',
  ],
  [
    'checks: { require: [unit-tests] }',
    'p.yml:2:20',
    'checks.require: this release does not enforce required checks yet.',
  ],
  ['upload: during-gates', 'p.yml:2:9', 'upload: this release does not enforce uploads during the gates yet.'],
  [
    'signature: { format: legacy }',
    'p.yml:2:22',
    'signature.format: this release does not enforce legacy signatures yet.',
  ],
  [
    'signature: { format: both }',
    'p.yml:2:22',
    'signature.format: this release does not enforce legacy signatures yet.',
  ],
  ['signature: { signingConfig: s.json }', 'p.yml:2:29', 'signature.signingConfig: this release'],
  ['signature: { trustedRoot: t.json }', 'p.yml:2:27', 'signature.trustedRoot: this release'],
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
    expect(tell('scna: {}\nsignature: { format: both }')).toHaveLength(2);
  });

  it.each([
    'targets: { channels: [] }',
    'scan: { from: image }',
    'signers: [{ role: promotion, key: k }]',
    'attestations: { require: [] }',
    'checks: {}',
    'upload: after-gates',
    'signature: { format: bundle, transparencyLog: false }',
  ])('%s asks for nothing that is missing', (lines) => {
    expect(tell(lines)).toEqual([]);
  });
});
