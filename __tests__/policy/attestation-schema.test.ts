import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse.ts';

const VULN = 'https://cosign.sigstore.dev/attestation/vuln/v1';
const SLSA = 'https://slsa.dev/provenance/v1';
const RECORD = 'https://promote-image.github.io/promotion/v1';

function tell(entry: string): string[] {
  const text = `version: 1\nattestations:\n  require:\n    - { ${entry} }\n`;
  return parsePolicy(text, 'p.yml').problems.map(({ message, fix }) => `${message} ${fix}`.trim());
}

describe('a required attestation', () => {
  it.each([
    `type: "${VULN}", role: scan, maxAge: 7d, scanner: trivy`,
    `type: "${SLSA}", role: source, builder: "https://github.com/org/b/.github/workflows/b.yml@*", repository: org/app, branch: main, level: SLSA_BUILD_LEVEL_3`,
    `type: "https://slsa.dev/provenance/v0.2", role: source, branch: refs/tags/v1.0, repository: gitlab.com/a/b/c`,
    `type: "${RECORD}", role: promotion, environment: qa, maxAge: 30d`,
    'type: "https://spdx.dev/Document/v2.3", role: source, maxAge: 48h',
    'type: "https://example.com/review", role: source',
  ])('may be { %s }', (entry) => {
    expect(tell(entry)).toEqual([]);
  });

  it.each([
    ['type: vuln, role: scan', `"vuln" is not a predicate type. Write ${VULN}, as it stands in the attestation.`],
    ['type: toString, role: scan', '"toString" is not a predicate type. Write the type as it stands'],
    ['type: "https://sigstore.dev/cosign/sign/v1", role: source', 'this is the type of signatures.'],
    [`type: "${SLSA}", role: source, scanner: trivy`, `scanner can only be asked of scans, and the type is ${SLSA}.`],
    [
      `type: "${VULN}", role: scan, branch: main, repository: a/b`,
      `repository and branch can only be asked of SLSA provenance, and the type is ${VULN}.`,
    ],
    [`type: "${VULN}", role: scan, environment: qa`, `environment can only be asked of promotion records`],
    ['type: "https://example.com/x", role: scan, maxAge: 1d', 'it is not known where https://example.com/x says when'],
    [`type: "${SLSA}", role: source, level: SLSA_BUILD_LEVEL_3`, 'no builder is named. Add builder.'],
    [`type: "${SLSA}", role: source, builder: "*"`, '"*" is not the id of a builder.'],
    [`type: "${SLSA}", role: source, builder: x, level: SLSA_BUILD_LEVEL_4`, 'level must be SLSA_BUILD_LEVEL_1 or'],
    [`type: "${SLSA}", role: source, repository: "https://github.com/a/b"`, 'is not a source repository.'],
    [`type: "${SLSA}", role: source, branch: "release/*"`, '"release/*" is not a branch.'],
    [`type: "${SLSA}", role: builder`, 'role must be source or promotion or scan'],
    [`type: "${VULN}"`, 'role is missing.'],
  ])('may not be { %s }', (entry, problem) => {
    expect(tell(entry)).toEqual([expect.stringContaining(problem)]);
  });
});
