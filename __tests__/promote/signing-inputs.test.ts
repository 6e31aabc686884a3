import { describe, expect, it } from '@jest/globals';
import { findProblems, findWhere, readStep } from './fake-step.ts';

describe('the signing key', () => {
  it('may be a file, relative to the workspace', async () => {
    const request = await readStep(
      { 'cosign-key': 'keys/cosign.key' },
      { files: { '/workspace/keys/cosign.key': 'k' } },
    );
    expect(request.key).toEqual({ kind: 'file', path: '/workspace/keys/cosign.key' });
  });

  it.each([
    ['is in a variable that is not set', 'env://OTHER', /variable OTHER, which is empty or not set/],
    ['is in a variable without a name', 'env://', /does not use/],
    ['is at a KMS that cosign does not know', 'pkcs11://token', /names pkcs11:\/\//],
    ['is a file that is not there', 'keys/gone.key', /keys\/gone\.key, which cannot be read/],
    ['is a Windows path that is not there', 'C:keyscosign.key', /cannot be read/],
  ])('that %s is a problem', async (_, key, message) => {
    expect(await findProblems({ 'cosign-key': key })).toEqual([
      { where: 'input cosign-key', message: expect.stringMatching(message), fix: expect.stringMatching(/env:/) },
    ]);
  });

  it('in a variable that is set and empty is a problem: a secret that this job cannot see', async () => {
    expect(await findWhere({}, { env: { COSIGN_PRIVATE_KEY: '' } })).toEqual(['input cosign-key']);
  });

  it('that stands in the input itself is a problem that does not quote it', async () => {
    const pem =
      '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\naHVudGVyMg\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----';
    const problems = await findProblems({ 'cosign-key': pem });
    expect(problems).toMatchObject([{ where: 'input cosign-key', message: 'holds a key itself.' }]);
    expect(JSON.stringify(problems)).not.toContain('aHVudGVyMg');
  });

  it.each([
    'awskms:///alias/release',
    'gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k',
    'azurekms://vault.vault.azure.net/key',
    'hashivault://release',
    'k8s://ns/name',
  ])('may be in a KMS: %s', async (uri) => {
    expect((await readStep({ 'cosign-key': uri })).key).toEqual({ kind: 'kms', uri });
  });

  it.each([
    { sign: 'true', attest: 'false' },
    { sign: 'false', attest: 'true' },
  ])('that is empty, with %j, means keyless, which needs the right to an identity token', async (inputs) => {
    const problems = await findProblems({ ...inputs, 'cosign-key': '' });
    expect(problems).toEqual([
      {
        where: 'input cosign-key',
        message: expect.stringContaining('is empty'),
        fix: expect.stringContaining('permissions: id-token: write'),
      },
    ]);
    const identityToken = async (): Promise<string> => {
      throw new Error('it is not asked yet');
    };
    expect((await readStep({ ...inputs, 'cosign-key': '' }, { identityToken })).key).toEqual({ kind: 'keyless' });
  });

  it.each(['legacy', 'both'])('is needed for signatures of the form %s', async (format) => {
    const inputs = { 'cosign-key': '', 'signature-format': format };
    const identityToken = async (): Promise<string> => 'token';
    expect(await findProblems(inputs, { identityToken })).toMatchObject([
      { where: 'input cosign-key', message: expect.stringContaining(`of the form ${format}`) },
    ]);
    expect((await readStep({ ...inputs, 'dry-run': 'true' })).policy.signature.format).toBe(format);
  });

  it.each(['', 'env://COSIGN_PRIVATE_KEY'])(
    'is not needed for a dry run, nor is a token, as a fork has no secrets (%j)',
    async (key) => {
      const request = await readStep({ 'dry-run': 'true', 'cosign-key': key }, { env: {} });
      expect(request).toMatchObject({ key: undefined, sign: true, attest: true });
    },
  );

  it('is neither needed nor read when nothing is signed', async () => {
    const request = await readStep({ sign: 'false', attest: 'false', 'cosign-key': 'env://NOT_SET' });
    expect(request).toMatchObject({ sign: false, attest: false, key: undefined });
  });
});
