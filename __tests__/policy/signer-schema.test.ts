import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse.ts';

function tell(entry: string): string[] {
  const text = `version: 1\nsigners:\n  - { role: source, ${entry} }\n`;
  return parsePolicy(text, 'p.yml').problems.map(({ message, fix }) => `${message} ${fix}`.trim());
}

describe('a signer', () => {
  it.each([
    'key: keys/dev.pub, name: the build, transparencyLog: false',
    'key: "awskms:///arn:aws:kms:eu-west-1:1:alias/x"',
    'key: "k8s://namespace/secret"',
    'identity: i, issuer: j, repository: org/app',
    "identityRegexp: 'https://github\\.com/org/.+', issuerRegexp: '[ab]'",
    'identity: i, issuerRegexp: j',
    'key: k, notBefore: 2026-01-01, notAfter: 2026-01-01',
    'key: k, notBefore: 2026-01-01T12:00:00Z, notAfter: 2026-01-01',
  ])('may be { %s }', (entry) => {
    expect(tell(entry)).toEqual([]);
  });

  it.each([
    ['identity: i, identityRegexp: i, issuer: j', 'a signer has both identity and identityRegexp. Keep one of them.'],
    ['identity: i, issuer: j, issuerRegexp: j', 'a signer has both issuer and issuerRegexp. Keep one of them.'],
    ['identityRegexp: i', 'a keyless signer needs both its identity and its issuer.'],
    ['issuerRegexp: i', 'a keyless signer needs both its identity and its issuer.'],
    ['key: k, identityRegexp: i', 'a signer has both a key and an identity.'],
    ['key: k, repository: a/b', 'a signer has both a key and an identity.'],
    ["identityRegexp: 'a)|(b', issuer: j", 'identityRegexp: "a)|(b" is no regular expression.'],
    ["identityRegexp: '(?!evil).+', issuer: j", 'looks ahead or behind, which RE2 cannot.'],
    ["identity: i, issuerRegexp: '(a)\\1'", 'refers back to a group, which RE2 cannot.'],
    ["identityRegexp: '', issuer: j", 'identityRegexp: "" is no regular expression.'],
    ['key: "env://COSIGN_PUBLIC_KEY"', '"env://COSIGN_PUBLIC_KEY" is not a public key.'],
    ['key: "https://example.com/cosign.pub"', 'is not a public key.'],
    ['key: "awskms://"', 'is not a public key.'],
    ['identity: i, issuer: j, repository: app', '"app" is not a repository. Write owner/name.'],
    ['identity: i, issuer: j, repository: "https://github.com/a/b"', 'is not a repository.'],
    ['key: k, notBefore: 2027-01-01, notAfter: 2026-01-01', 'ends (notAfter) before it begins (notBefore).'],
    ['key: k, transparencyLog: maybe', 'transparencyLog must be true or false'],
  ])('may not be { %s }', (entry, problem) => {
    expect(tell(entry)).toEqual([expect.stringContaining(problem)]);
  });
});
