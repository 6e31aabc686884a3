import { describe, expect, it } from '@jest/globals';
import { effectiveOf, mergeSamples } from './sample-policy.ts';

const VULN = '"https://cosign.sigstore.dev/attestation/vuln/v1"';
const keyless = 'signers: [{ role: source, identity: i, issuer: j }]';

describe('signatures of several policies', () => {
  it.each([
    ['bundle', ['']],
    ['legacy', ['signature: { format: legacy }']],
    ['legacy', ['signature: { format: legacy }', 'scan: {}']],
    ['both', ['signature: { format: legacy }', 'signature: { format: bundle }']],
    ['both', ['signature: { format: both }', 'signature: { format: bundle }']],
    ['both', ['signature: { format: legacy }', 'signature: { transparencyLog: true }']],
  ])('are made as %s of %j', (format, samples) => {
    expect(effectiveOf(samples).signature.format).toBe(format);
  });

  it('need the log where one speaks of signatures and does not waive it', () => {
    const samples = ['signature: { format: bundle }', 'signature: { transparencyLog: false }'];
    expect(effectiveOf(samples).signature.transparencyLog).toBe(true);
  });

  it('are made and checked with the files that they name', () => {
    const samples = [
      'signature: { signingConfig: ./s.json }',
      'signature: { signingConfig: s.json, trustedRoot: t.json }',
    ];
    expect(effectiveOf(samples).signature).toMatchObject({ signingConfig: './s.json', trustedRoot: 't.json' });
  });

  it.each(['signingConfig', 'trustedRoot'])('cannot have two of %s', (key) => {
    expect(mergeSamples([`signature: { ${key}: a.json }`, '', `signature: { ${key}: b.json }`]).problems).toEqual([
      {
        where: 'a.yml, c.yml',
        message: `signature.${key}: a.yml names a.json, and c.yml names b.json.`,
        fix: 'Name the same file in both.',
      },
    ]);
  });

  it('let no policy put a root under the signers of another', () => {
    const root = 'signature: { trustedRoot: evil.json }';
    expect(mergeSamples([keyless, root]).problems).toEqual([
      {
        where: 'a.yml',
        message: 'signature.trustedRoot: it names none, and b.yml would put evil.json under its signers.',
        fix: 'Add signature.trustedRoot: evil.json to a.yml too.',
      },
    ]);
    expect(mergeSamples(['signers: [{ role: source, key: k }]', root]).problems).toHaveLength(1);
    expect(mergeSamples(['signers: [{ role: source, key: k, transparencyLog: false }]', root]).problems).toEqual([]);
    expect(mergeSamples([`${keyless}\n${root}`]).problems).toEqual([]);
  });
});

describe('whether a signer needs the log', () => {
  it.each([
    ['transparencyLog: true', '', true],
    ['transparencyLog: false', '', false],
    ['', 'signature: { transparencyLog: false }', false],
    ['', 'signature: { format: bundle }', true],
    ['transparencyLog: true', 'signature: { transparencyLog: false }', true],
    ['', '', true],
  ])('{ %s } with { %s }: %s', (own, signature, expected) => {
    const sample = `signers: [{ role: source, key: k, ${own} }]\n${signature}`;
    expect(effectiveOf([sample]).signers[0]?.signers[0]?.transparencyLog).toBe(expected);
  });

  it('is not for another policy to say', () => {
    const samples = ['signers: [{ role: source, key: k }]', 'signature: { transparencyLog: false }'];
    expect(effectiveOf(samples).signers[0]?.signers[0]?.transparencyLog).toBe(true);
  });
});

describe('required attestations', () => {
  const scan = (more = ''): string =>
    `attestations: { require: [{ type: ${VULN}, role: scan${more} }] }\nsigners: [{ role: scan, key: k }]`;

  it('add up, also where two policies ask for the same', () => {
    const { attestations } = effectiveOf([scan(', maxAge: 7d'), scan(', maxAge: 1d'), scan(', maxAge: 1d')]);
    expect(attestations.map(({ policy, maxAge }) => [policy, maxAge])).toEqual([
      ['a.yml', 604_800_000],
      ['b.yml', 86_400_000],
      ['c.yml', 86_400_000],
    ]);
  });

  it('need a signer, who may stand in another policy', () => {
    const required = `attestations: { require: [{ type: ${VULN}, role: scan }] }`;
    expect(mergeSamples([required, 'signers: [{ role: source, key: k }]']).problems).toEqual([
      {
        where: 'a.yml',
        message:
          'attestations.require: https://cosign.sigstore.dev/attestation/vuln/v1 must be signed as scan, and no policy names a signer of that role.',
        fix: 'Add a signer with role: scan to signers.',
      },
    ]);
    expect(mergeSamples([required, 'signers: [{ role: scan, key: k }]']).problems).toEqual([]);
  });

  it('are replaced by those of the environment', () => {
    const sample = `${scan()}\nenvironments: { qa: { attestations: { require: [] } } }`;
    expect(effectiveOf([sample], 'qa').attestations).toEqual([]);
  });
});

describe('what is scanned', () => {
  it.each([
    ['image', ['']],
    ['sbom', ['scan: { from: sbom }']],
    ['sbom', ['scan: { from: sbom }', 'targets: {}']],
    ['image', ['scan: { from: sbom }', 'scan: { from: image }']],
    ['image', ['scan: { from: sbom }', 'scan: { severity: [CRITICAL] }']],
  ])('%s of %j', (from, samples) => {
    expect(effectiveOf(samples).scan.from).toBe(from);
  });
});

describe('channels of several policies', () => {
  it.each<[string[], string[]]>([
    [[], ['']],
    [['prod'], ['targets: { channels: [prod] }', 'scan: {}']],
    [['qa'], ['targets: { channels: [prod, qa] }', 'targets: { channels: [qa, dev] }']],
    [[], ['targets: { channels: [prod] }', 'targets: { allow: [a.io/*] }']],
    [[], ['targets: { channels: [prod] }', 'targets: { channels: [] }']],
  ])('%j of %j', (channels, samples) => {
    expect(effectiveOf(samples).targets.channels).toEqual(channels);
  });

  it('are taken out of the default forbidden tags of the policy that names them, and of no other', () => {
    expect(effectiveOf(['targets: { channels: [Stable] }']).targets.forbidTags).not.toContain('stable');
    expect(effectiveOf(['targets: { channels: [stable] }']).targets.forbidTags).toContain('latest');
    const samples = ['targets: { channels: [stable] }', 'targets: { allow: [a.io/*] }'];
    expect(effectiveOf(samples).targets.forbidTags).toContain('stable');
    const stated = 'targets: { channels: [stable], forbidTags: [stable] }';
    expect(effectiveOf([stated]).targets.forbidTags).toEqual(['stable']);
  });
});
