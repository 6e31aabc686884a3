import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse.ts';

/** `line:column message fix` of every problem. */
function tell(text: string): string[] {
  return parsePolicy(text, 'p.yml').problems.map(({ where, message, fix }) =>
    `${where.replace(/^p\.yml:/, '')} ${message} ${fix}`.trim(),
  );
}

/** The policy of the contract, as far as this release enforces it. */
const WHOLE = `
$schema: https://example.com/policy.schema.json
version: 1
sources: { allow: [dev.registry.io/*] }
targets: { allow: [prod.registry.io/*], forbidTags: [latest, stable, main, master, edge, nightly], channels: [prod, qa] }
images:  { allow: [registry.bank.internal/*, quay.io/redhat-openshift-approved/*], requireDigest: true, forbidTags: [latest] }
scan:
  mode: enforce
  severity: [CRITICAL]
  ignoreUnfixed: false
  ignore: [{ id: CVE-2026-1, package: openssl, reason: not reachable, expires: 2027-01-31 }]
  vex: [vex/app.openvex.json]
  allowIncomplete: [{ image: dev.registry.io/win, platform: windows/amd64, reason: no data, expires: 2027-01-31 }]
  databases: ["mirror.gcr.io/aquasec/trivy-db:2", "ghcr.io/aquasecurity/trivy-db:2"]
  javaDatabases: ["mirror.gcr.io/aquasec/trivy-java-db:1"]
  maxDatabaseAge: 48h
  from: image
signers:
  - { role: source, images: [dev.registry.io/*], key: keys/dev.pub, name: the build }
  - { role: scan, identityRegexp: 'https://github\\.com/org/.+', issuer: https://token.actions.githubusercontent.com, transparencyLog: true }
  - { role: promotion, key: keys/promotion.pub, notBefore: 2026-01-01, notAfter: 2027-01-01T12:00:00Z }
  - { role: promotion, images: [prod.registry.io/*], identity: https://github.com/org/x/.github/workflows/p.yml@refs/tags/v1, issuer: https://token.actions.githubusercontent.com, repository: org/app }
attestations: { require: [{ type: https://cosign.sigstore.dev/attestation/vuln/v1, role: scan, maxAge: 7d }] }
checks: { require: [] }
signature: { format: both, transparencyLog: true, signingConfig: sigstore/signing.json, trustedRoot: sigstore/root.json }
upload: after-gates
registries: { insecure: ["localhost:5000"], ca: ca.pem }
environments: { production: { targets: [prod.registry.io/*], scan: { severity: [CRITICAL, HIGH] } } }
`;

describe('parsePolicy', () => {
  it('takes the whole policy of the contract', () => {
    const { policy, problems } = parsePolicy(WHOLE, 'p.yml');
    expect(problems).toEqual([]);
    expect(policy?.scan?.maxDatabaseAge).toBe(172_800_000);
    expect(policy?.environments?.production?.targets).toEqual(['prod.registry.io/*']);
  });

  it('takes the shortest policy', () => {
    expect(parsePolicy('version: 1', 'p.yml')).toEqual({ policy: { version: 1 }, problems: [] });
  });

  it('takes JSON, aliases and a byte order mark', () => {
    expect(tell('{"version": 1, "sources": {"allow": ["a.io/*"]}}')).toEqual([]);
    expect(tell('version: 1\nsources: { allow: &here [a.io/*] }\ntargets: { allow: *here }')).toEqual([]);
    expect(tell('\ufeffversion: 1')).toEqual([]);
  });

  it('tells every problem at once, in the order of the lines', () => {
    const text = `version: 2
scan:
  severty: [HIGH]
  mode: enforced
  severity: [HIGH, LOW]
  maxDatabaseAge: 48
  ignore:
    - id: CVE-*
      expires: 2027-02-30
environments:
  production:
    targets: { alow: [x] }
    scan:
  s: { targets: 3 }
checks: { require: [unit-tests] }
`;
    expect(tell(text)).toEqual([
      '1:10 version must be 1, not 2.',
      '3:3 "severty" is not known in scan. Did you mean severity?',
      '4:9 scan.mode must be enforce or report or off, not "enforced". Did you mean enforce?',
      '5:13 scan.severity: LOW without CRITICAL and MEDIUM would let pass what is worse. Write CRITICAL, HIGH, MEDIUM, LOW.',
      '6:19 scan.maxDatabaseAge must be a duration, not 48.',
      '8:7 scan.ignore[0].reason is missing. Add it.',
      '8:11 scan.ignore[0].id: "CVE-*" is not the id of a vulnerability. Name one vulnerability, such as CVE-2026-1234; there are no wildcards.',
      '9:16 scan.ignore[0].expires: "2027-02-30" is not a day. Write YYYY-MM-DD.',
      '12:16 "alow" is not known in environments.production.targets. Did you mean allow?',
      '13:10 environments.production.scan must be a map, not nothing.',
      '14:17 environments.s.targets must be a list or a map, not 3.',
      '15:20 checks.require: this release does not enforce required checks yet. Remove it.',
    ]);
  });

  it.each([
    ['an empty text', '', '1:1 it is empty.'],
    ['a comment', '# nothing\n', '1:1 it is empty.'],
    ['null', '~\n', '1:1 it is empty.'],
    ['a text', 'version 1', '1:1 the document must be a map, not "version 1".'],
    ['a list', '- version: 1', '1:1 the document must be a map, not a list.'],
    ['no version', 'scan: {}', '1:1 version is missing. Add it.'],
    ['another version as a text', 'version: "1"', '1:10 version must be 1, not "1".'],
    ['a syntax error', 'version: [\n', '2:1 '],
    ['a tab', 'version: 1\n\tscan: {}\n', '2:1 '],
    ['a duplicate key', 'version: 1\nscan: {}\nscan: {}\n', '3:1 "scan" stands here twice. Keep one of them.'],
    ['a duplicate key in another spelling', 'version: 1\n"version": 1\n', '2:1 "version" stands here twice.'],
    ['a second document', 'version: 1\n---\nversion: 1\n', '2:1 it holds more than one document.'],
    ['a custom tag', 'version: 1\nscan: !x {}\n', '2:7 Unresolved tag: !x.'],
    ['a tag of YAML 1.1', 'version: 1\nupload: !!binary YQ==\n', '2:9 Unresolved tag: tag:yaml.org,2002:binary.'],
    ['a merge key', 'version: 1\n<<: { scan: {} }\n', '2:1 merge keys (<<) are not supported. Write the keys out.'],
    [
      'a merge key in YAML 1.1',
      '%YAML 1.1\n---\nversion: 1\nscan: &s {}\nimages:\n  <<: *s\n',
      '6:3 merge keys (<<) are not supported.',
    ],
    [
      'a merge key among environments',
      'version: 1\nenvironments:\n  <<: {}\n',
      '3:3 "<<" is not the name of an environment.',
    ],
    [
      'yes for true',
      '%YAML 1.1\n---\nversion: 1\nimages: { requireDigest: yes }\n',
      '4:26 images.requireDigest must be true or false, not "yes".',
    ],
    ['__proto__', 'version: 1\n__proto__: { scan: {} }\n', '2:1 "__proto__" cannot be a key.'],
    ['an environment __proto__', 'version: 1\nenvironments:\n  __proto__: {}\n', '3:3 "__proto__" cannot be a key.'],
    ['a key that is no name', '? [a]\n: b\n', '1:3 a key must be a plain name.'],
    ['an unknown alias', 'version: *b\n', '1:10 the alias *b stands for nothing. Write it out.'],
    [
      'an empty list of mirrors',
      'version: 1\nscan: { databases: [] }\n',
      '2:20 scan.databases is empty. Name one, or leave the key out.',
    ],
    [
      'a mirror without a tag',
      'version: 1\nscan: { databases: [a.io/db] }\n',
      '2:21 scan.databases[0]: "a.io/db" is not an image reference.',
    ],
    ['a wildcard tag', 'version: 1\ntargets: { forbidTags: [v*] }\n', '2:25 targets.forbidTags[0]: "v*" is not a tag.'],
    [
      'a wildcard host',
      'version: 1\nsources: { allow: ["*.a.io/*"] }\n',
      '2:20 sources.allow[0]: "*.a.io/*" is not a pattern for images.',
    ],
    [
      'a registry with a scheme',
      'version: 1\nregistries: { insecure: ["http://a.io"] }\n',
      '2:26 registries.insecure[0]: "http://a.io" is not a registry.',
    ],
    [
      'an allowance without a day',
      'version: 1\nscan: { allowIncomplete: [{ image: a.io/*, platform: linux/amd64, reason: x }] }\n',
      '2:27 scan.allowIncomplete[0].expires is missing.',
    ],
    [
      'an empty reason',
      'version: 1\nscan: { ignore: [{ id: CVE-1, reason: " ", expires: 2027-01-01 }] }\n',
      '2:39 scan.ignore[0].reason: " " is not a text that says something.',
    ],
    [
      'a signer with no trust',
      'version: 1\nsigners: [{ role: promotion }]\n',
      '2:11 signers[0]: a signer has neither a key nor an identity.',
    ],
    [
      'a signer with two trusts',
      'version: 1\nsigners: [{ role: promotion, key: k, identity: i, issuer: j }]\n',
      '2:11 signers[0]: a signer has both a key and an identity.',
    ],
    [
      'an identity without issuer',
      'version: 1\nsigners: [{ role: promotion, identity: i }]\n',
      '2:11 signers[0]: a keyless signer needs both',
    ],
    [
      'an unknown role',
      'version: 1\nsigners: [{ role: anyone, key: k }]\n',
      '2:19 signers[0].role must be source or promotion or scan, not "anyone".',
    ],
  ])('refuses %s', (_what, text, problem) => {
    const problems = tell(text);
    expect(problems).toContainEqual(expect.stringContaining(problem));
    expect(parsePolicy(text, 'p.yml').policy).toBeUndefined();
  });

  describe('is bounded', () => {
    it('by size', () => {
      expect(tell(`version: 1\n# ${'x'.repeat(1024 * 1024)}`)).toEqual([
        '1:1 it has 1048589 bytes, more than 1048576. Split it into several files.',
      ]);
    });

    it('against aliases that grow', () => {
      const levels = Array.from(
        { length: 9 },
        (_, i) =>
          `k${i}: &k${i} [${Array(9)
            .fill(i === 0 ? 'x' : `*k${i - 1}`)
            .join(',')}]`,
      );
      expect(tell(`version: 1\n${levels.join('\n')}`).join()).toContain(
        'its aliases cannot be resolved, or are too many.',
      );
    });

    it('against an alias inside itself', () => {
      expect(tell('version: 1\nenvironments: &e { p: *e }\n')).toEqual([
        expect.stringContaining('"p" is not known in environments.p'),
      ]);
    });

    it('against nesting', () => {
      expect(tell(`${'['.repeat(50)}${']'.repeat(50)}`).join()).toContain('nested too deeply');
      expect(tell('['.repeat(5_000)).join()).toContain('nested too deeply');
    });

    it('in what it tells', () => {
      const problems = tell(Array.from({ length: 20_000 }, (_, i) => `key${i}: 1`).join('\n'));
      expect(problems).toHaveLength(101);
      expect(problems.at(-1)).toContain('only the first 100 problems are shown.');
    });
  });
});
