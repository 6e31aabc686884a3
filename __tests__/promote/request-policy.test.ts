import { describe, expect, it } from '@jest/globals';
import { makeAuthority } from '../../lab/certificate.ts';
import { findProblems, readStep } from './fake-step.ts';

type Inputs = Readonly<Record<string, string>>;

const POLICY = '.github/promote-image.yml';

describe('the policy', () => {
  it('comes from the default file where there is one, and its digest is kept', async () => {
    const request = await readStep({}, { files: { [POLICY]: 'version: 1\nscan: { severity: [CRITICAL, HIGH] }\n' } });
    expect(request.policySources).toEqual([{ name: POLICY, digest: expect.stringMatching(/^sha256:[a-f0-9]{64}$/) }]);
    expect(request.policy.scan.severity).toEqual(['CRITICAL', 'HIGH']);
  });

  it.each<[string, Inputs, string, string]>([
    ['severity', { severity: 'CRITICAL' }, 'scan: { severity: [CRITICAL, HIGH] }', 'severity'],
    ['ignore-unfixed', { 'ignore-unfixed': 'true' }, 'scan: { ignoreUnfixed: false }', 'ignore-unfixed'],
    ['scan', { scan: 'off' }, 'scan: { mode: enforce }', 'scan'],
    ['scan, with what a mode is meant to enforce', { scan: 'report' }, 'scan: { severity: [CRITICAL] }', 'scan'],
    ['sign', { sign: 'false' }, 'signature: { format: bundle }', 'sign'],
    ['trivyignores', { trivyignores: '.trivyignore' }, 'scan: { severity: [CRITICAL] }', 'trivyignores'],
  ])('is not loosened by %s', async (_, inputs, rule, name) => {
    const files = { [POLICY]: `version: 1\n${rule}\n`, '.trivyignore': 'CVE-2026-1' };
    expect(await findProblems(inputs, { files })).toEqual([
      { where: `input ${name}`, message: expect.stringContaining(POLICY), fix: expect.stringMatching(/\w/) },
    ]);
  });

  it('is tightened by the inputs', async () => {
    const files = { [POLICY]: 'version: 1\nscan: { mode: report, severity: [CRITICAL], ignoreUnfixed: true }\n' };
    const inputs = { severity: 'CRITICAL,HIGH', 'ignore-unfixed': 'false', scan: 'enforce' };
    expect((await readStep(inputs, { files })).policy.scan).toMatchObject({
      mode: 'enforce',
      severity: ['CRITICAL', 'HIGH'],
      ignoreUnfixed: false,
    });
  });

  it('is needed with an environment', async () => {
    const problems = await findProblems({ environment: 'production' });
    expect(problems).toMatchObject([{ where: 'input environment', message: expect.stringContaining('no policy') }]);
  });

  it('that cannot be read is the only problem: the environment is not said to lack a policy', async () => {
    const problems = await findProblems({ environment: 'production' }, { files: { [POLICY]: 'version: 2\n' } });
    expect(problems.map(({ where }) => where)).toEqual([expect.stringContaining(`${POLICY}:1`)]);
  });

  it('names files that must be there', async () => {
    const files = {
      [POLICY]: 'version: 1\nscan: { vex: [vex/app.json] }\nregistries: { ca: [ca.pem, b.pem] }\n',
      'b.pem': makeAuthority('B').cert,
    };
    expect(await findProblems({}, { files })).toMatchObject([
      { where: 'input policy', message: expect.stringContaining('vex/app.json in scan.vex') },
      { where: 'input policy', message: expect.stringContaining('ca.pem in registries.ca') },
    ]);
  });

  it('gives the texts of those files', async () => {
    const [a, b] = [makeAuthority('A').cert, makeAuthority('B').cert];
    const policy = 'version: 1\nscan: { vex: [v1.json, v2.json] }\nregistries: { ca: [a.pem, b.pem] }\n';
    const files = { [POLICY]: policy, 'v1.json': '1', 'v2.json': '2', 'a.pem': a, 'b.pem': b };
    expect(await readStep({}, { files })).toMatchObject({ vexDocuments: ['1', '2'], ca: a + b });
  });
});
