import { describe, expect, it } from '@jest/globals';
import { mergePolicies } from '../../src/policy/merge.ts';
import { effectiveOf, mergeSamples } from './sample-policy.ts';

describe('without a policy', () => {
  const { policy, problems } = mergePolicies([], undefined);

  it('the defaults of the contract hold', () => {
    expect(problems).toEqual([]);
    expect(policy.scan).toEqual({
      mode: 'enforce',
      severity: ['CRITICAL'],
      ignoreUnfixed: false,
      ignore: [],
      vex: [],
      allowIncomplete: [],
      databases: ['mirror.gcr.io/aquasec/trivy-db:2', 'ghcr.io/aquasecurity/trivy-db:2'],
      javaDatabases: ['mirror.gcr.io/aquasec/trivy-java-db:1', 'ghcr.io/aquasecurity/trivy-java-db:1'],
      maxDatabaseAge: 172_800_000,
      from: 'image',
    });
    expect(policy.targets.forbidTags).toEqual(['latest', 'stable', 'main', 'master', 'edge', 'nightly']);
    expect(policy.signature).toEqual({ format: 'bundle', transparencyLog: true });
    expect(policy.images.requireDigest).toBe(true);
  });

  it('nothing is stated and nothing is limited', () => {
    expect(policy.stated).toEqual({});
    expect(policy.sources.allow).toEqual([]);
    expect(policy.targets.allow).toEqual([]);
  });
});

describe('of several policies the strictest wins', () => {
  it.each([
    ['enforce', ['scan: { mode: report }', 'scan: { mode: enforce }', 'scan: { mode: off }']],
    ['report', ['scan: { mode: off }', 'scan: { mode: report }']],
    ['off', ['scan: { mode: off }', 'scan: {}']],
  ])('mode: %s', (mode, samples) => {
    expect(effectiveOf(samples).scan.mode).toBe(mode);
  });

  it('allow-lists: each must match, so each is kept with its name', () => {
    const { sources, targets } = effectiveOf([
      'sources: { allow: [a.io/*] }',
      '',
      'sources: { allow: [a.io/team/*] }\ntargets: { allow: [] }',
    ]);
    expect(sources.allow).toEqual([
      { policy: 'a.yml', patterns: ['a.io/*'] },
      { policy: 'c.yml', patterns: ['a.io/team/*'] },
    ]);
    expect(targets.allow).toEqual([{ policy: 'c.yml', patterns: [] }]);
  });

  it('severities: all of them, worst first', () => {
    const samples = ['scan: { severity: [CRITICAL, UNKNOWN] }', 'scan: { severity: [HIGH, CRITICAL] }'];
    expect(effectiveOf(samples).scan.severity).toEqual(['CRITICAL', 'HIGH', 'UNKNOWN']);
  });

  it.each([
    [false, ['scan: { ignoreUnfixed: true }', 'scan: { ignoreUnfixed: false }']],
    [false, ['scan: { ignoreUnfixed: true }', 'scan: { mode: enforce }']],
    [true, ['scan: { ignoreUnfixed: true }', 'scan: { databases: [a.io/db:2] }']],
  ])('ignoreUnfixed: %s', (ignoreUnfixed, samples) => {
    expect(effectiveOf(samples).scan.ignoreUnfixed).toBe(ignoreUnfixed);
  });

  it('forbidden tags: all of them, and the default only where none is stated', () => {
    expect(effectiveOf(['targets: { forbidTags: [a] }', 'targets: { forbidTags: [b, a] }']).targets.forbidTags).toEqual(
      ['a', 'b'],
    );
    expect(effectiveOf(['targets: { forbidTags: [] }', '']).targets.forbidTags).toEqual([]);
  });

  it('the age of the database: the smallest', () => {
    expect(effectiveOf(['scan: { maxDatabaseAge: 7d }', 'scan: { maxDatabaseAge: 1h }']).scan.maxDatabaseAge).toBe(
      3_600_000,
    );
    expect(effectiveOf(['scan: { maxDatabaseAge: 7d }', '']).scan.maxDatabaseAge).toBe(604_800_000);
  });

  it('mirrors: what all name, in the order of the first', () => {
    const samples = [
      'scan: { databases: ["a.io/db:2", "b.io/db:2", "c.io/db:2"] }',
      'scan: { databases: ["c.io/db:2", "a.io/db:2"] }',
    ];
    expect(effectiveOf(samples).scan.databases).toEqual(['a.io/db:2', 'c.io/db:2']);
  });

  it.each(['databases', 'javaDatabases'])('%s without a common mirror are a problem', (key) => {
    const { problems } = mergeSamples([`scan: { ${key}: ["a.io/db:2"] }`, `scan: { ${key}: ["b.io/db:2"] }`]);
    expect(problems).toEqual([
      {
        where: 'a.yml, b.yml',
        message: `scan.${key}: these policies have no mirror in common.`,
        fix: 'Name one mirror in all of them.',
      },
    ]);
  });

  it('VEX files and insecure registries: what all name; certificate authorities: all of them', () => {
    const { scan, registries } = effectiveOf([
      'scan: { vex: [a.json, b.json] }\nregistries: { insecure: ["a:1", "b:1"], ca: one.pem }',
      'scan: { vex: [b.json] }\nregistries: { insecure: ["b:1"], ca: [two.pem, one.pem] }',
    ]);
    expect(scan.vex).toEqual(['b.json']);
    expect(registries).toEqual({ insecure: ['b:1'], ca: ['one.pem', 'two.pem'] });
  });

  it.each([
    [true, ['signature: { transparencyLog: false }', 'signature: { transparencyLog: true }']],
    [false, ['signature: { transparencyLog: false }', '']],
    [true, ['']],
  ])('transparency log: %s', (transparencyLog, samples) => {
    expect(effectiveOf(samples).signature.transparencyLog).toBe(transparencyLog);
  });

  it('workload files: a digest is required as soon as one says so, and only the tags all lists allow', () => {
    const { images } = effectiveOf([
      'images: { requireDigest: false, forbidTags: [x], allow: [a.io/*] }',
      'images: { requireDigest: true }',
    ]);
    expect(images).toEqual({
      allow: [{ policy: 'a.yml', patterns: ['a.io/*'] }],
      requireDigest: true,
      forbidTags: ['x'],
      exceptions: [],
      verify: 'off',
      scan: 'off',
    });
  });

  it('signers: a list per policy', () => {
    const { signers } = effectiveOf(['signers: [{ role: promotion, key: a }]', '', 'signers: []']);
    expect(signers).toEqual([
      { policy: 'a.yml', signers: [{ role: 'promotion', key: 'a', transparencyLog: true }] },
      { policy: 'c.yml', signers: [] },
    ]);
  });

  it.each([
    [[''], 'after-gates'],
    [['upload: during-gates'], 'during-gates'],
    [['upload: during-gates', ''], 'during-gates'],
    [['upload: during-gates', 'upload: after-gates'], 'after-gates'],
  ])('upload: of %j it is %s', (policies, upload) => {
    expect(effectiveOf(policies).upload).toBe(upload);
  });

  it('says who states what', () => {
    const { stated, policies } = effectiveOf([
      'scan: { mode: report }',
      'upload: after-gates',
      'scan: { mode: enforce, vex: [] }',
    ]);
    expect(policies).toEqual(['a.yml', 'b.yml', 'c.yml']);
    expect(stated).toEqual({ 'scan.mode': ['a.yml', 'c.yml'], 'scan.vex': ['c.yml'], upload: ['b.yml'] });
  });
});

describe('a policy that speaks of the gate speaks for all of it', () => {
  const central = 'scan: { severity: [CRITICAL] }';
  const day = 'reason: because, expires: 2099-01-31';

  it.each(['mode: off', 'mode: report', 'severity: [CRITICAL], mode: off'])(
    'so another cannot weaken it with { %s }',
    (own) => {
      expect(effectiveOf([central, `scan: { ${own} }`]).scan.mode).toBe('enforce');
      expect(effectiveOf([`scan: { ${own} }`, central]).scan.mode).toBe('enforce');
    },
  );

  it('so another can make no exceptions, allowances or VEX statements', () => {
    const { scan } = effectiveOf([
      central,
      `scan: { ignore: [{ id: CVE-2026-1, ${day} }], vex: [a.json], allowIncomplete: [{ image: a.io/*, platform: linux/amd64, ${day} }] }`,
    ]);
    expect([scan.ignore, scan.vex, scan.allowIncomplete]).toEqual([[], [], []]);
  });

  it('so another can neither wait for fixes nor take older databases', () => {
    const { scan } = effectiveOf([central, 'scan: { ignoreUnfixed: true, maxDatabaseAge: 30d }']);
    expect([scan.ignoreUnfixed, scan.maxDatabaseAge]).toEqual([false, 172_800_000]);
  });

  it.each(['maxDatabaseAge: 24h', 'allowIncomplete: []', 'vex: []'])('even when it only says { %s }', (own) => {
    expect(effectiveOf([`scan: { ${own} }`, 'scan: { mode: off }']).scan.mode).toBe('enforce');
  });

  it('and one that speaks of targets means the usual forbidden tags, where it names none', () => {
    const { targets } = effectiveOf(['targets: { allow: [prod.io/*] }', 'targets: { forbidTags: [] }']);
    expect(targets.forbidTags).toContain('latest');
  });

  it('while one that only names mirrors leaves the gate to the other', () => {
    const { scan } = effectiveOf([
      'scan: { databases: [a.io/db:2] }',
      `scan: { mode: report, ignore: [{ id: CVE-2026-1, ${day} }] }`,
    ]);
    expect([scan.mode, scan.ignore.map(({ id }) => id)]).toEqual(['report', ['CVE-2026-1']]);
  });
});

describe('exceptions of several policies', () => {
  const ignore = (...entries: string[]): string =>
    `scan:\n  ignore:\n${entries.map((entry) => `    - { ${entry} }`).join('\n')}`;

  it('hold when each policy that states any makes them, until the earliest day', () => {
    const { scan } = effectiveOf([
      ignore('id: CVE-1, reason: a, expires: 2027-03-01', 'id: CVE-2, reason: only here, expires: 2027-03-01'),
      '',
      ignore('id: CVE-1, reason: b, expires: 2027-02-01'),
    ]);
    expect(scan.ignore).toEqual([
      {
        id: 'CVE-1',
        packages: [],
        reason: 'a; b',
        expires: '2027-02-01',
        endsAt: Date.parse('2027-02-02T00:00:00Z'),
        source: 'a.yml, c.yml',
      },
    ]);
  });

  it.each([
    ['openssl', 'package: openssl, ', 'package: openssl, '],
    ['openssl', '', 'package: openssl, '],
    ['openssl', 'package: openssl, ', ''],
  ])('narrow down to the package %s', (name, a, b) => {
    const samples = [a, b].map((part) => ignore(`id: CVE-1, ${part}reason: r, expires: 2027-03-01`));
    expect(effectiveOf(samples).scan.ignore).toMatchObject([{ packages: [name], reason: 'r' }]);
  });

  it('do not hold for different packages, nor when one policy makes none', () => {
    const openssl = ignore('id: CVE-1, package: openssl, reason: r, expires: 2027-03-01');
    expect(
      effectiveOf([openssl, ignore('id: CVE-1, package: zlib, reason: r, expires: 2027-03-01')]).scan.ignore,
    ).toEqual([]);
    expect(effectiveOf([openssl, 'scan: { ignore: [] }']).scan.ignore).toEqual([]);
  });

  it('allowances hold for the same pattern and platform', () => {
    const allow = (image: string, expires: string): string =>
      `scan: { allowIncomplete: [{ image: ${image}, platform: windows/amd64, reason: r, expires: ${expires} }] }`;
    expect(effectiveOf([allow('a.io/*', '2027-03-01'), allow('a.io/*', '2027-02-01')]).scan.allowIncomplete).toEqual([
      { image: 'a.io/*', platform: 'windows/amd64', reason: 'r', expires: '2027-02-01', source: 'a.yml, b.yml' },
    ]);
    expect(effectiveOf([allow('a.io/*', '2027-03-01'), allow('a.io/app', '2027-03-01')]).scan.allowIncomplete).toEqual(
      [],
    );
  });
});

describe('an environment', () => {
  const sample = `
sources: { allow: [dev.io/*] }
targets: { allow: [any.io/*], forbidTags: [x] }
scan: { severity: [CRITICAL], ignoreUnfixed: true }
signers: [{ role: promotion, key: base }]
environments:
  production:
    targets: [prod.io/*]
    scan: { severity: [CRITICAL, HIGH] }
    signers: [{ role: promotion, key: prod }]
  qa:
    targets: { forbidTags: [y] }
    sources: { allow: [ci.io/*] }
`;

  it('replaces the keys it states and keeps the others', () => {
    const policy = effectiveOf([sample], 'production');
    expect(policy.scan.severity).toEqual(['CRITICAL', 'HIGH']);
    expect(policy.scan.ignoreUnfixed).toBe(true);
    expect(policy.sources.allow).toEqual([{ policy: 'a.yml', patterns: ['dev.io/*'] }]);
    expect(policy.targets.allow).toEqual([{ policy: 'a.yml', patterns: ['prod.io/*'], environment: 'production' }]);
    expect(policy.targets.forbidTags).toEqual(['x']);
    expect(policy.signers).toEqual([
      { policy: 'a.yml', signers: [{ role: 'promotion', key: 'prod', transparencyLog: true }] },
    ]);
    expect(policy.environment).toBe('production');
  });

  it('may state targets in the form of the section', () => {
    const policy = effectiveOf([sample], 'qa');
    expect(policy.targets.allow).toEqual([{ policy: 'a.yml', patterns: ['any.io/*'] }]);
    expect(policy.targets.forbidTags).toEqual(['y']);
    expect(policy.sources.allow).toEqual([{ policy: 'a.yml', patterns: ['ci.io/*'] }]);
  });

  it('claims its targets whether it is chosen or not', () => {
    const claims = [{ policy: 'a.yml', environment: 'production', patterns: ['prod.io/*'] }];
    expect(effectiveOf([sample], 'qa').targets.claims).toEqual(claims);
    expect(effectiveOf([sample]).targets.claims).toEqual(claims);
  });

  it('changes nothing when it is not chosen', () => {
    expect(effectiveOf([sample]).scan.severity).toEqual(['CRITICAL']);
  });

  it('counts what it states as stated', () => {
    expect(effectiveOf(['environments: { qa: { scan: { mode: report } } }'], 'qa').stated).toEqual({
      'scan.mode': ['a.yml'],
    });
    expect(effectiveOf(['environments: { qa: { scan: { mode: report } } }']).stated).toEqual({});
  });

  it('without any policy is wrong use', () => {
    expect(mergePolicies([], 'production').problems).toEqual([
      {
        where: 'input environment',
        message: 'names production, and there is no policy.',
        fix: 'Add .github/promote-image.yml, or name one with the policy input.',
      },
    ]);
  });

  it.each(['prod', 'Production', '__proto__', 'constructor'])(
    '%s, which no policy defines, is wrong use and names the known ones',
    (name) => {
      expect(mergeSamples([sample, ''], name).problems).toEqual([
        {
          where: 'input environment',
          message: `names "${name}", which a.yml does not define.`,
          fix: 'Defined: production, qa.',
        },
      ]);
    },
  );

  it('is only a label where policies speak of no environment', () => {
    expect(mergeSamples(['scan: {}'], 'production').problems).toEqual([]);
    expect(mergeSamples(['environments: {}'], 'production').problems).toHaveLength(1);
  });

  it('may be defined by one of several policies', () => {
    expect(mergeSamples([sample, 'environments: { staging: {} }'], 'staging').problems).toEqual([]);
  });
});
