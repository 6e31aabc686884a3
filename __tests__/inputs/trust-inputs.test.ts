import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { makeAuthority } from '../../lab/certificate.ts';
import type { Problem } from '../../src/base/error.ts';
import { FieldReader } from '../../src/base/fields.ts';
import type { TrustAnchor } from '../../src/image/trust-anchor.ts';
import { readTrustAnchor } from '../../src/inputs/trust-inputs.ts';
import { PROMOTE_INPUTS } from '../../src/promote/inputs.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const SECRET = privateKey.split('\n')[1] ?? '';
const ISSUER = 'https://token.actions.githubusercontent.com';
const IDENTITY = 'https://github.com/org/app/.github/workflows/build.yml@refs/heads/main';
const FILES: Readonly<Record<string, string>> = { 'keys/dev.pub': publicKey, 'keys/dev.key': privateKey };

interface Surroundings {
  readonly repository?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** Reads the anchor of `source-…` inputs, named here without that. */
async function read(
  inputs: Readonly<Record<string, string>>,
  { repository, env = {}, files = FILES }: Surroundings = {},
): Promise<{ readonly anchor: TrustAnchor | undefined; readonly problems: readonly Problem[] }> {
  const trust = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`source-${name}`, value]));
  const raw = { source: 'dev.test/app:1', target: 'prod.test/app:1', ...trust };
  const fields = new FieldReader(raw, PROMOTE_INPUTS);
  const reader = {
    // What counts like a policy must not come from the work tree of a pull request.
    readText: async () => publicKey,
    readPolicy: async (path: string) => files[path],
    isExecutable: async () => false,
  };
  const context = { files: reader, env, repository, transparencyLog: true };
  const anchor = await readTrustAnchor(fields, 'source-', context);
  return { anchor, problems: fields.problems };
}

const keyless = (more: Readonly<Record<string, string>> = {}) => ({
  'certificate-identity': IDENTITY,
  'certificate-oidc-issuer': ISSUER,
  ...more,
});

describe('a key that is trusted', () => {
  const anchor = { kind: 'key', transparencyLog: true, key: publicKey };

  it.each([
    ['a file, read like a policy', 'keys/dev.pub', 'keys/dev.pub'],
    ['PEM in a variable', 'env://DEV_PUB', 'env://DEV_PUB'],
    ['PEM in the input', publicKey, 'source-key'],
  ])('may be %s', async (_, key, name) => {
    const result = await read({ key }, { env: { DEV_PUB: `\n${publicKey.trim()}` } });
    expect(result).toEqual({ anchor: { ...anchor, name }, problems: [] });
  });

  it.each<[string, () => KeyObject]>([
    ['P-384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey],
    ['P-521', () => generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey],
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey],
    ['Ed25519', () => generateKeyPairSync('ed25519').publicKey],
  ])('may be of the kind %s, as cosign verifies with it', async (_, make) => {
    const { anchor, problems } = await read({ key: make().export({ type: 'spki', format: 'pem' }).toString() });
    expect([anchor?.kind, problems]).toEqual(['key', []]);
  });

  it.each<[string, () => KeyObject]>([
    ['secp256k1', () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey],
    ['ed448', () => generateKeyPairSync('ed448').publicKey],
    ['x25519', () => generateKeyPairSync('x25519').publicKey],
    ['rsa-pss', () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey],
  ])('is refused when it is of the kind %s, which cosign never loads', async (kind, make) => {
    const { anchor, problems } = await read({ key: make().export({ type: 'spki', format: 'pem' }).toString() });
    const message = `holds a public key that cosign cannot verify with (${kind}).`;
    expect([anchor, problems]).toEqual([undefined, [expect.objectContaining({ message })]]);
  });

  it('may be in a KMS', async () => {
    const uri = 'awskms:///alias/release';
    expect(await read({ key: uri })).toMatchObject({ anchor: { ...anchor, name: uri, key: uri }, problems: [] });
  });

  it('is not there unless it is given', async () => {
    expect(await read({})).toEqual({ anchor: undefined, problems: [] });
  });

  it.each([
    ['in a file', 'keys/dev.key'],
    ['in a variable', 'env://DEV_KEY'],
    ['in the input', privateKey],
    ['of cosign', privateKey.replaceAll('PRIVATE KEY', 'ENCRYPTED SIGSTORE PRIVATE KEY')],
  ])('is not the private half %s, which is never shown', async (_, key) => {
    const { anchor, problems } = await read({ key }, { env: { DEV_KEY: privateKey } });
    expect(anchor).toBeUndefined();
    expect(problems).toMatchObject([
      {
        where: 'input source-key',
        message: expect.stringContaining('holds a private key, where a public one belongs'),
      },
    ]);
    expect(JSON.stringify(problems)).not.toContain(SECRET);
  });

  it.each([
    ['is not there', 'gone.pub', {}, /names gone\.pub, which does not exist/],
    ['is in a variable that is not set', 'env://NONE', {}, /variable NONE, which is empty or not set/],
    ['is at a KMS nobody knows', 'pkcs11://x', {}, /pkcs11:\/\//],
    ['is anything', 'a', { a: 'hello' }, /names a, which holds no public key in PEM/],
    ['is two', 'a', { a: publicKey + publicKey }, /2 PEM blocks/],
    ['is a certificate', 'a', { a: makeAuthority('a').cert }, /a certificate, and no public key/],
    ['is broken', 'a', { a: publicKey.replace(/\n.{9}/, '\n') }, /a public key that cannot be read/],
  ])('that %s is a problem', async (_, key, files, message) => {
    const { anchor, problems } = await read({ key }, { files });
    expect(anchor).toBeUndefined();
    expect(problems).toEqual([
      { where: 'input source-key', message: expect.stringMatching(message), fix: expect.stringMatching(/\w/) },
    ]);
  });
});

describe('an identity that is trusted', () => {
  it('has an issuer, both exact', async () => {
    expect(await read(keyless())).toEqual({
      anchor: {
        ...{ kind: 'certificate', name: IDENTITY, transparencyLog: true },
        identity: { kind: 'exact', text: IDENTITY },
        issuer: { kind: 'exact', text: ISSUER },
      },
      problems: [],
    });
  });

  it('may be told by patterns, and by the repository it signed for', async () => {
    const { anchor } = await read({
      'certificate-identity-regexp': 'https://github\\.com/org/.+',
      'certificate-oidc-issuer-regexp': 'https://.*',
      'certificate-github-workflow-repository': 'org/app',
    });
    expect(anchor).toMatchObject({
      identity: { kind: 'regexp', text: 'https://github\\.com/org/.+' },
      issuer: { kind: 'regexp', text: 'https://.*' },
      repository: 'org/app',
    });
  });

  it.each([
    ['without an issuer', { 'certificate-identity': IDENTITY }, 'certificate-oidc-issuer', /is empty/],
    ['without an identity', { 'certificate-oidc-issuer': ISSUER }, 'certificate-identity', /is empty/],
    ['exact and as a pattern', keyless({ 'certificate-identity-regexp': '.*' }), 'certificate-identity', /beside/],
    ['of two issuers', keyless({ 'certificate-oidc-issuer-regexp': '.*' }), 'certificate-oidc-issuer', /beside/],
    [
      'for no repository',
      keyless({ 'certificate-github-workflow-repository': 'app' }),
      'certificate-github-workflow-repository',
      /"app"/,
    ],
    ['beside a key', keyless({ key: 'keys/dev.pub' }), 'key', /is given beside source-certificate-identity/],
  ])('%s is a problem', async (_, inputs, name, message) => {
    const { problems } = await read(inputs);
    expect(problems).toMatchObject([{ where: `input source-${name}`, message: expect.stringMatching(message) }]);
  });

  it('as only a repository lacks both', async () => {
    const { problems } = await read({ 'certificate-github-workflow-repository': 'org/app' });
    expect(problems.map(({ where }) => where)).toEqual([
      'input source-certificate-identity',
      'input source-certificate-oidc-issuer',
    ]);
  });

  it.each(['(', 'a)|(b', '[a', '(?=x)', '(?<!x)y', '(a)\\1', '(?<n>a)\\k<n>'])(
    'by the pattern %s is a problem: cosign would read it otherwise, or not at all',
    async (pattern) => {
      const inputs = { 'certificate-identity-regexp': pattern, 'certificate-oidc-issuer': ISSUER };
      const { anchor, problems } = await read(inputs);
      expect(anchor).toBeUndefined();
      expect(problems).toMatchObject([{ where: 'input source-certificate-identity-regexp' }]);
    },
  );
});

describe('a workflow of another repository', () => {
  const foreign = keyless({ 'certificate-identity': IDENTITY.replace('org/app', 'org/shared') });

  it('signs with the same identity for whoever calls it: the caller must be named', async () => {
    const { problems } = await read(foreign, { repository: 'org/app' });
    expect(problems).toMatchObject([
      {
        where: 'input source-certificate-identity',
        message: expect.stringContaining('names a workflow of org/shared, and not for whom it signs'),
        fix: expect.stringContaining('source-certificate-github-workflow-repository'),
      },
    ]);
  });

  it.each([
    ['is trusted for the caller that is named', { 'certificate-github-workflow-repository': 'org/app' }, 'org/app'],
    ['is not told where the own repository is not known', {}, undefined],
  ])('%s', async (_, more, repository) => {
    const { problems } = await read({ ...foreign, ...more }, repository === undefined ? {} : { repository });
    expect(problems).toEqual([]);
  });

  it.each(['org/app', 'ORG/App'])('is not one of %s itself', async (repository) => {
    expect((await read(keyless(), { repository })).problems).toEqual([]);
  });
});
