import { describe, expect, it } from '@jest/globals';
import type { Severity } from '../../src/image/finding.ts';
import { type PolicyInputs, tighten } from '../../src/policy/tighten.ts';
import { effectiveOf } from './sample-policy.ts';

const NOTHING: PolicyInputs = { sign: true, attest: true, hasIgnoreFiles: false };

function run(samples: readonly string[], inputs: Partial<PolicyInputs>): ReturnType<typeof tighten> {
  return tighten(effectiveOf(samples), { ...NOTHING, ...inputs });
}

describe('where no policy states a key, the input decides', () => {
  it.each<[Partial<PolicyInputs>, object]>([
    [{}, { mode: 'enforce', severity: ['CRITICAL'], ignoreUnfixed: false }],
    [{ severity: ['CRITICAL', 'HIGH'] }, { severity: ['CRITICAL', 'HIGH'] }],
    [{ ignoreUnfixed: true }, { ignoreUnfixed: true }],
    [{ scan: 'off' }, { mode: 'off' }],
    [{ scan: 'report', sign: false, attest: false, hasIgnoreFiles: true }, { mode: 'report' }],
  ])('%j', (inputs, scan) => {
    for (const samples of [[], ['sources: { allow: [a.io/*] }\nscan: { maxDatabaseAge: 1h }']]) {
      const { policy, problems } = run(samples, inputs);
      expect(problems).toEqual([]);
      expect(policy.scan).toMatchObject(scan);
    }
  });
});

describe('when bytes may go to the target', () => {
  it.each<[string[], PolicyInputs['upload'], string]>([
    [[], undefined, 'after-gates'],
    [[], 'during-gates', 'during-gates'],
    [['upload: during-gates'], undefined, 'during-gates'],
    [['upload: during-gates'], 'after-gates', 'after-gates'],
    [['upload: after-gates'], 'after-gates', 'after-gates'],
  ])('%j with the input %s is %s', (samples, upload, expected) => {
    const { policy, problems } = run(samples, upload === undefined ? {} : { upload });
    expect(problems).toEqual([]);
    expect(policy.upload).toBe(expected);
  });

  it('is said by a policy that says after-gates, whatever the input says', () => {
    const { problems } = run(['upload: after-gates', 'upload: during-gates'], { upload: 'during-gates' });
    expect(problems).toMatchObject([
      { where: 'input upload', message: expect.stringContaining('upload: after-gates') },
    ]);
  });
});

describe('where a policy states a key, the input may be stricter', () => {
  it.each<[string, Partial<PolicyInputs>, object]>([
    ['severity: [CRITICAL]', { severity: ['CRITICAL', 'HIGH'] }, { severity: ['CRITICAL', 'HIGH'] }],
    ['severity: [CRITICAL, HIGH]', { severity: ['CRITICAL', 'HIGH'] }, { severity: ['CRITICAL', 'HIGH'] }],
    ['severity: [CRITICAL, HIGH]', {}, { severity: ['CRITICAL', 'HIGH'] }],
    ['ignoreUnfixed: true', { ignoreUnfixed: false }, { ignoreUnfixed: false }],
    ['ignoreUnfixed: true', { ignoreUnfixed: true }, { ignoreUnfixed: true }],
    ['ignoreUnfixed: false', { ignoreUnfixed: false }, { ignoreUnfixed: false }],
    ['mode: off', { scan: 'report' }, { mode: 'report' }],
    ['mode: report', { scan: 'enforce' }, { mode: 'enforce' }],
    ['mode: report', { scan: 'report' }, { mode: 'report' }],
    ['severity: [CRITICAL]', { scan: 'enforce' }, { mode: 'enforce' }],
  ])('{ %s } with %j', (scan, inputs, expected) => {
    const { policy, problems } = run([`scan: { ${scan} }`], inputs);
    expect(problems).toEqual([]);
    expect(policy.scan).toMatchObject(expected);
  });
});

describe('where a policy states a key, a looser input is wrong use', () => {
  it.each<[string, Partial<PolicyInputs>, string, string, string]>([
    [
      'scan: { severity: [CRITICAL, HIGH] }',
      { severity: ['CRITICAL'] },
      'input severity',
      'leaves out HIGH, which a.yml states in scan.severity.',
      'Write CRITICAL,HIGH, or leave the input out.',
    ],
    [
      'scan: { severity: [CRITICAL, UNKNOWN] }',
      { severity: ['CRITICAL', 'HIGH'] as Severity[] },
      'input severity',
      'leaves out UNKNOWN,',
      'Write CRITICAL,HIGH,UNKNOWN,',
    ],
    [
      'scan: { severity: [CRITICAL, HIGH] }',
      { ignoreUnfixed: true },
      'input ignore-unfixed',
      'is true, and a.yml states scan.severity, which counts what has no fix as well.',
      'Leave the input out',
    ],
    [
      'scan: { ignoreUnfixed: false }',
      { ignoreUnfixed: true },
      'input ignore-unfixed',
      'is true, and a.yml states scan.ignoreUnfixed: false.',
      'Leave the input out',
    ],
    [
      'scan: { mode: enforce }',
      { scan: 'report' },
      'input scan',
      'is report, weaker than enforce: a.yml states scan.mode.',
      'set scan.mode in the policy',
    ],
    [
      'scan: { mode: report }',
      { scan: 'off' },
      'input scan',
      'is off, weaker than report: a.yml states scan.mode.',
      'Leave the input out',
    ],
    [
      'scan: { severity: [CRITICAL] }',
      { scan: 'off' },
      'input scan',
      'is off, weaker than enforce: a.yml states scan.severity.',
      'Leave the input out',
    ],
    [
      'signature: { format: bundle }',
      { sign: false },
      'input sign',
      'is false, and a.yml states signature.format.',
      'remove signature.format',
    ],
    [
      'signature: { transparencyLog: true }',
      { sign: false },
      'input sign',
      'is false, and a.yml states signature.transparencyLog.',
      'remove signature.transparencyLog',
    ],
    [
      'signers: [{ role: promotion, key: keys/prod.pub }]',
      { sign: false },
      'input sign',
      'is false, and a.yml states signers.',
      'remove signers',
    ],
    [
      'signers: [{ role: promotion, key: keys/prod.pub }]',
      { attest: false },
      'input attest',
      'is false, and a.yml states signers.',
      'remove signers',
    ],
    [
      'scan: { mode: enforce }',
      { hasIgnoreFiles: true },
      'input trivyignores',
      'would loosen the policy: a.yml states scan.mode.',
      'scan.ignore, each with reason and expires',
    ],
    [
      'scan: { severity: [CRITICAL] }',
      { hasIgnoreFiles: true },
      'input trivyignores',
      'a.yml states scan.severity.',
      'scan.ignore',
    ],
    [
      'scan: { ignore: [] }',
      { hasIgnoreFiles: true },
      'input trivyignores',
      'a.yml states scan.ignore.',
      'scan.ignore',
    ],
    [
      'scan: { ignoreUnfixed: true }',
      { hasIgnoreFiles: true },
      'input trivyignores',
      'a.yml states scan.ignoreUnfixed.',
      'scan.ignore',
    ],
  ])('%s with %j', (sample, inputs, where, message, fix) => {
    const { problems } = run([sample], inputs);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      where,
      message: expect.stringContaining(message),
      fix: expect.stringContaining(fix),
    });
  });

  it('tells all of them at once, and every policy that states the key', () => {
    const samples = [
      'scan: { severity: [CRITICAL, HIGH], mode: enforce }',
      'scan: { severity: [CRITICAL] }\nsignature: { format: bundle }',
    ];
    const { problems } = run(samples, { severity: ['CRITICAL'], scan: 'off', sign: false, hasIgnoreFiles: true });
    expect(problems.map(({ where }) => where)).toEqual([
      'input severity',
      'input scan',
      'input sign',
      'input trivyignores',
    ]);
    expect(problems[0]?.message).toContain('a.yml and b.yml state');
  });

  it('a transparency log alone does not ask for a signature', () => {
    expect(run(['signature: { transparencyLog: false }'], { sign: false }).problems).toEqual([]);
  });
});
