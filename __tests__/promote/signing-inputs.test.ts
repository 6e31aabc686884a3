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
    ['is not given', '', /is empty/],
    ['is in a variable that is not set', 'env://OTHER', /variable OTHER, which is empty or not set/],
    ['is in a variable without a name', 'env://', /does not use/],
    ['is at a KMS', 'gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k', /gcpkms:\/\//],
    ['is a secret of Kubernetes', 'k8s://ns/name', /k8s:\/\//],
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
    { sign: 'true', attest: 'false' },
    { sign: 'false', attest: 'true' },
  ])('is needed with %j', async (inputs) => {
    expect(await findWhere({ ...inputs, 'cosign-key': '' })).toEqual(['input cosign-key']);
  });

  it.each(['', 'env://COSIGN_PRIVATE_KEY'])(
    'is not needed for a dry run, as a fork has no secrets (%j)',
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
