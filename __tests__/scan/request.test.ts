import { describe, expect, it } from '@jest/globals';
import { formatReference } from '../../src/image/reference.ts';
import { findScanProblems, makeScanRequest } from './fake-scan.ts';

const policy = (more: object): string => JSON.stringify({ version: 1, ...more });

describe('a scan that is asked for', () => {
  it('names images by tag or digest, each once, and needs no key where nothing is attested', async () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    const images = ['qa.test/app:1', '# by digest', `qa.test/app@${digest}`, 'qa.test/app:1'].join('\n');
    const request = await makeScanRequest({ images });
    expect(request.images.map(formatReference)).toEqual(['qa.test/app:1', `qa.test/app@${digest}`]);
    expect([request.attest, request.key, request.policy.scan.mode]).toEqual([false, undefined, 'enforce']);
  });

  it('is of the layers, also where a policy has promotions scan attested SBOMs', async () => {
    const { policy: effective } = await makeScanRequest({ policy: policy({ scan: { from: 'sbom' } }) });
    expect(effective.scan.from).toBe('image');
  });

  it('is made where a policy switches the scan of promotions off, and then refuses nothing', async () => {
    const { policy: effective } = await makeScanRequest({ policy: policy({ scan: { mode: 'off' } }) });
    expect(effective.scan.mode).toBe('report');
  });

  it('is no matter of what a policy has promotions sign', async () => {
    const signed = policy({
      signature: { format: 'both', transparencyLog: true },
      signers: [{ role: 'promotion', key: 'p.pub' }],
    });
    expect(await findScanProblems({ policy: signed })).toEqual([]);
  });

  it('may be stricter than the policy, and not looser', async () => {
    const stated = policy({ scan: { severity: ['CRITICAL', 'HIGH'] } });
    const request = await makeScanRequest({ policy: stated, severity: 'critical,high,medium' });
    expect(request.policy.scan.severity).toEqual(['CRITICAL', 'HIGH', 'MEDIUM']);
    expect(await findScanProblems({ policy: stated, severity: 'CRITICAL' })).toMatchObject([
      { where: 'input severity' },
    ]);
    expect(await findScanProblems({ policy: stated, trivyignores: 'i' }, { files: { i: 'CVE-1' } })).toMatchObject([
      { where: 'input trivyignores' },
    ]);
  });

  it('takes ignore files where no policy speaks of the scan, and logins for registries', async () => {
    const auth = JSON.stringify([{ registry: 'QA.test', username: 'u', password: 'p' }]);
    const inputs = { trivyignores: '.trivyignore', 'registry-auth': auth };
    const request = await makeScanRequest(inputs, { files: { '.trivyignore': 'CVE-2026-1\n' } });
    expect(request.exceptions).toMatchObject([{ id: 'CVE-2026-1' }]);
    expect([...request.logins]).toEqual([['qa.test', { username: 'u', password: 'p' }]]);
  });

  it('tells everything that is wrong at once', async () => {
    const problems = await findScanProblems({
      images: 'app',
      severity: 'HIGH',
      timeout: 'soon',
      attest: 'yes',
      file: 'x',
    });
    expect(problems.map(({ where }) => where).sort()).toEqual(
      ['attest', 'file', 'images', 'severity', 'timeout'].map((name) => `input ${name}`),
    );
  });

  it('for an environment needs a policy that has it', async () => {
    expect(await findScanProblems({ environment: 'qa' })).not.toEqual([]);
    expect(await findScanProblems({ environment: 'qa', policy: policy({ environments: { qa: {} } }) })).toEqual([]);
  });
});

describe('a scan that is to be attested', () => {
  const attest = { attest: 'true', 'cosign-key': 'env://KEY' };

  it('needs its key, or the right to an identity token', async () => {
    const { key } = await makeScanRequest(attest, { env: { KEY: 'k' } });
    expect(key).toEqual({ kind: 'env', variable: 'KEY' });
    expect(await findScanProblems(attest)).toMatchObject([{ where: 'input cosign-key' }]);
    expect(await findScanProblems({ attest: 'true' })).toMatchObject([
      { where: 'input cosign-key', fix: expect.stringMatching(/id-token: write.*set attest: false/) },
    ]);
    const keyless = await makeScanRequest({ attest: 'true' }, { identityToken: async () => 't' });
    expect(keyless.key).toEqual({ kind: 'keyless' });
  });

  it.each(['pull_request', 'pull_request_target', 'pull_request_review'])('is refused on %s', async (event) => {
    const surroundings = { event, env: { KEY: 'k' } };
    expect(await findScanProblems(attest, surroundings)).toMatchObject([{ where: 'input attest' }]);
    expect(await findScanProblems({}, surroundings)).toEqual([]);
  });

  it('takes the services of a private Sigstore from inputs, or from the policy', async () => {
    const files = { 'root.json': '{"mediaType": "trustedroot"}', 'services.json': '{"mediaType": "signingconfig"}' };
    const inputs = { ...attest, 'trusted-root': 'root.json', 'signing-config': 'services.json' };
    const request = await makeScanRequest(inputs, { env: { KEY: 'k' }, files });
    expect([request.trustedRoot, request.signingConfig]).toEqual([files['root.json'], files['services.json']]);
    const stated = policy({ signature: { trustedRoot: 'root.json', signingConfig: 'services.json' } });
    const named = await makeScanRequest({ ...attest, policy: stated }, { env: { KEY: 'k' }, files });
    expect([named.trustedRoot, named.signingConfig]).toEqual([files['root.json'], files['services.json']]);
  });
});
