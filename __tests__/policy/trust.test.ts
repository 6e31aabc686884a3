import { describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { listKeyFiles, selectAttestationTrust, selectTrust, trustInput } from '../../src/policy/trust.ts';
import { effectiveOf, uncheckedRepository } from './sample-policy.ts';
import { keyAnchor } from './sample-statements.ts';

const REPOSITORY = parseRepository('dev.io/shop/web');
const NOW = new Date('2026-06-15T12:00:00Z');
const KEYS = new Map(['a.pub', 'b.pub'].map((path) => [path, `PEM of ${path}`]));

function select(samples: readonly string[], now = NOW, repository = REPOSITORY) {
  return selectTrust(effectiveOf(samples), 'source', repository, now, KEYS);
}

describe('who may vouch for a source', () => {
  it('is asked of every policy that names signers of the role, each on its own', () => {
    const lists = select([
      'signers: [{ role: source, key: a.pub }, { role: scan, key: b.pub }]',
      'signers: [{ role: scan, key: b.pub }]',
      'signers: [{ role: source, key: a.pub }, { role: source, key: b.pub, name: the new key }]',
    ]);
    const a = { kind: 'key', name: 'a.pub', transparencyLog: true, key: 'PEM of a.pub' };
    expect(lists).toEqual([
      { policy: 'a.yml', anchors: [a], lapsed: [] },
      { policy: 'c.yml', anchors: [a, { ...a, name: 'the new key', key: 'PEM of b.pub' }], lapsed: [] },
    ]);
  });

  it('is nobody that is asked for where no policy names one', () => {
    expect(select(['signers: []', 'signers: [{ role: promotion, key: a.pub }]', ''])).toEqual([]);
  });

  it('may be an identity, exactly or by a pattern, bound to a repository', () => {
    const [list] = select([
      `signers:
        - { role: source, identity: "https://w", issuer: "https://i", repository: org/app }
        - { role: source, identityRegexp: "https://w/.+", issuerRegexp: "https://[ij]", transparencyLog: false }
        - { role: source, key: "awskms:///alias/x" }`,
    ]);
    expect(list?.anchors).toEqual([
      {
        kind: 'certificate',
        name: 'https://w for org/app',
        transparencyLog: true,
        identity: { kind: 'exact', text: 'https://w' },
        issuer: { kind: 'exact', text: 'https://i' },
        repository: 'org/app',
      },
      {
        kind: 'certificate',
        name: 'https://w/.+',
        transparencyLog: false,
        identity: { kind: 'regexp', text: 'https://w/.+' },
        issuer: { kind: 'regexp', text: 'https://[ij]' },
      },
      { kind: 'key', name: 'awskms:///alias/x', transparencyLog: true, key: 'awskms:///alias/x' },
    ]);
  });

  it.each([
    ['notBefore: 2026-06-15', true],
    ['notBefore: 2026-06-16', 'a.pub counts from 2026-06-16 on.'],
    ['notBefore: 2026-06-15T12:00:00Z', true],
    ['notBefore: 2026-06-15T12:00:01Z', 'a.pub counts from 2026-06-15T12:00:01Z on.'],
    ['notAfter: 2026-06-15', true],
    ['notAfter: 2026-06-14', 'a.pub counted until 2026-06-14.'],
    ['notAfter: 2026-06-15T12:00:00Z', 'a.pub counted until 2026-06-15T12:00:00Z.'],
    ['notBefore: 2026-01-01, notAfter: 2026-12-31', true],
    ['images: [dev.io/shop/*]', true],
    ['images: [dev.io/shop]', 'a.pub may only vouch for dev.io/shop.'],
    ['images: []', 'a.pub may only vouch for nothing.'],
  ])('{ %s }', (limits, verdict) => {
    const [list] = select([`signers: [{ role: source, key: a.pub, ${limits} }]`]);
    expect(list?.anchors).toHaveLength(verdict === true ? 1 : 0);
    expect(list?.lapsed).toEqual(verdict === true ? [] : [verdict]);
  });

  it('is told of those of other images only where nobody is left', () => {
    const signers = (others: string): string =>
      `signers: [{ role: source, key: a.pub, images: ['other.io/*'], notAfter: 2026-01-01 }, { role: source, key: b.pub${others} }]`;
    expect(select([signers('')])[0]?.lapsed).toEqual([]);
    expect(select([signers(', notBefore: 2027-01-01')])[0]?.lapsed).toEqual([
      'a.pub counted until 2026-01-01.',
      'b.pub counts from 2027-01-01 on.',
    ]);
  });

  it('changes hands without a gap', () => {
    const rotation =
      'signers: [{ role: source, key: a.pub, notAfter: 2026-06-30 }, { role: source, key: b.pub, notBefore: 2026-06-15 }]';
    const namesAt = (text: string) => select([rotation], new Date(text))[0]?.anchors.map(({ name }) => name);
    expect(
      ['2026-06-14T23:59:59Z', '2026-06-15T00:00:00Z', '2026-06-30T23:59:59Z', '2026-07-01T00:00:00Z'].map(namesAt),
    ).toEqual([['a.pub'], ['a.pub', 'b.pub'], ['a.pub', 'b.pub'], ['b.pub']]);
  });

  it('is nobody for a clock that tells no time, a name that is none, or a key that nobody read', () => {
    const dated = 'signers: [{ role: source, key: a.pub, notAfter: 2099-01-01 }]';
    expect(select([dated], new Date(Number.NaN))[0]?.anchors).toEqual([]);
    const bound = 'signers: [{ role: source, key: a.pub, images: [dev.io/*] }]';
    expect(select([bound], NOW, uncheckedRepository('dev.io/../x'))[0]?.anchors).toEqual([]);
    expect(select(['signers: [{ role: source, key: c.pub }]'])).toEqual([
      { policy: 'a.yml', anchors: [], lapsed: ['c.pub could not be read.'] },
    ]);
  });
});

describe('who must have signed a required attestation', () => {
  const policy = effectiveOf([
    'attestations: { require: [{ type: "https://slsa.dev/provenance/v1", role: source }] }',
    'signers: [{ role: scan, key: a.pub }]',
  ]);
  const [requirement] = policy.attestations;
  if (requirement === undefined) throw new Error('there is one');
  const inputs = keyAnchor('source-key');

  it('is nobody where nobody names such a signer, which passes nothing', () => {
    const lists = selectAttestationTrust(requirement, policy, REPOSITORY, NOW, KEYS);
    expect(lists).toEqual([{ policy: 'a.yml', anchors: [], lapsed: ['No policy names a signer of the role source.'] }]);
  });

  it('is the signer of the inputs for the role source, and for no other', () => {
    expect(selectAttestationTrust(requirement, policy, REPOSITORY, NOW, KEYS, inputs)).toEqual([trustInput(inputs)]);
    const lists = selectAttestationTrust({ ...requirement, role: 'scan' }, policy, REPOSITORY, NOW, KEYS, inputs);
    expect(lists.map((list) => list.policy)).toEqual(['b.yml']);
  });

  it('is not the signer of the inputs where a policy names its own', () => {
    const named = effectiveOf(['signers: [{ role: source, key: a.pub }]']);
    const lists = selectAttestationTrust(requirement, named, REPOSITORY, NOW, KEYS, inputs);
    expect(lists.flatMap(({ anchors }) => anchors.map(({ name }) => name))).toEqual(['a.pub']);
  });
});

describe('the key files to read', () => {
  const signers =
    'signers: [{ role: source, key: a.pub }, { role: source, key: "gcpkms://x" }, { role: scan, key: b.pub }, { role: promotion, key: c.pub }, { role: source, key: a.pub }]';

  it('are those of roles that are asked for, each once, and no KMS', () => {
    expect(listKeyFiles(effectiveOf([signers]))).toEqual(['a.pub']);
    const scans =
      'attestations: { require: [{ type: "https://cosign.sigstore.dev/attestation/vuln/v1", role: scan }] }';
    expect(listKeyFiles(effectiveOf([`${signers}\n${scans}`]))).toEqual(['a.pub', 'b.pub']);
    expect(listKeyFiles(effectiveOf([`${signers}\nscan: { from: sbom }`]))).toEqual(['a.pub', 'b.pub']);
    expect(listKeyFiles(effectiveOf([signers]), ['promotion'])).toEqual(['c.pub']);
  });
});
