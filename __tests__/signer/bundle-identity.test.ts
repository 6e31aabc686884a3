import { describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../lab/certificate.ts';
import type { SignerIdentity } from '../../src/image/trust-anchor.ts';
import {
  isGitHubWorkflow,
  readBundleIdentity,
  readNamedRepository,
  toExactAnchor,
} from '../../src/signer/bundle-identity.ts';
import { STATEMENT } from './signing-room.ts';

const payload = Buffer.from(JSON.stringify(STATEMENT)).toString('base64');
const makeBundle = (verificationMaterial: object) =>
  Buffer.from(
    JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial,
      dsseEnvelope: { payload, payloadType: 'application/vnd.in-toto+json', signatures: [{ sig: 'AAAA' }] },
    }),
  );
const WORKFLOW = 'https://github.com/org/app/.github/workflows/promote.yml@refs/heads/main';
const SIGNER: SignerIdentity = {
  kind: 'certificate',
  identity: WORKFLOW,
  issuer: 'https://token.test',
  repository: 'org/app',
};

describe('who a bundle says it is by', () => {
  it('is a key, with what the signer calls it', async () => {
    expect(await readBundleIdentity(makeBundle({ publicKey: { hint: 'release' } }))).toEqual({
      kind: 'key',
      hint: 'release',
    });
    expect(await readBundleIdentity(makeBundle({ publicKey: {} }))).toEqual({ kind: 'key' });
    expect(await readBundleIdentity(makeBundle({ public_key: { hint: '' } }))).toEqual({ kind: 'key' });
  });

  it.each<[string, object]>([
    ['bytes that are no certificate', { certificate: { rawBytes: 'AAAA' } }],
    ['an empty certificate', { certificate: { rawBytes: '' } }],
    ['nobody', {}],
  ])('is not %s', async (_what, material) => {
    await expect(readBundleIdentity(makeBundle(material))).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
  });

  it('is not a certificate that no OIDC issuer stands behind', async () => {
    const { cert } = makeCertificate({ names: ['server.test'] });
    const rawBytes = cert.replace(/-----[A-Z ]+-----|\s/g, '');
    await expect(readBundleIdentity(makeBundle({ certificate: { rawBytes } }))).rejects.toMatchObject({
      code: 'BUNDLE_UNREADABLE',
    });
  });

  it('is not to be read from something else', async () => {
    for (const text of ['', '{}', 'null', '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}'])
      await expect(readBundleIdentity(Buffer.from(text))).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
  });
});

describe('the repository that an identity names', () => {
  it.each([
    [WORKFLOW, 'org/app', true],
    ['https://git.example/org/app/.github/workflows/a/b.yml@refs/tags/v1', 'org/app', true],
    ['https://gitlab.com/group/sub/project//.gitlab-ci.yml@refs/heads/main', 'group/sub/project', false],
    ['dev@example.com', undefined, false],
    ['https://accounts.example/users/1', undefined, false],
    ['spiffe://example/ns/x', undefined, false],
    ['https://github.com/org/app/.github/workflows/promote.yml', undefined, false],
  ])('%s: %s', (identity, repository, isWorkflow) => {
    expect(readNamedRepository(identity)).toBe(repository);
    expect(isGitHubWorkflow(identity)).toBe(isWorkflow);
  });
});

describe('trust in exactly one signer', () => {
  it('names identity, issuer and, of a workflow, the repository', () => {
    expect(toExactAnchor(SIGNER, undefined, true)).toEqual({
      kind: 'certificate',
      name: WORKFLOW,
      transparencyLog: true,
      identity: { kind: 'exact', text: WORKFLOW },
      issuer: { kind: 'exact', text: 'https://token.test' },
      repository: 'org/app',
    });
    const pipeline = { ...SIGNER, identity: 'https://gitlab.com/g/p//.gitlab-ci.yml@refs/heads/main' };
    expect(toExactAnchor(pipeline, undefined, true)).not.toHaveProperty('repository');
  });

  it('needs the public key of a key', () => {
    expect(toExactAnchor({ kind: 'key', hint: 'x' }, 'PEM', false)).toEqual({
      kind: 'key',
      name: 'the key x',
      key: 'PEM',
      transparencyLog: false,
    });
    expect(() => toExactAnchor({ kind: 'key' }, undefined, false)).toThrow(
      expect.objectContaining({ code: 'BUNDLE_UNREADABLE' }),
    );
  });
});
