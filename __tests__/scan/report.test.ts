import { describe, expect, it } from '@jest/globals';
import { parseReference } from '../../src/image/reference.ts';
import { RegistryError } from '../../src/registry/error.ts';
import { renderScanSummary } from '../../src/scan/report.ts';
import { DIGEST, sampleFinding, samplePlatform, sampleScan } from '../promote/sample-outcome.ts';
import { sampleImage, sampleScanOutcome } from './sample-scan.ts';

const REFUSED = sampleImage({
  ...{ image: parseReference('qa.test/bad:1'), result: 'refused' },
  scan: sampleScan([samplePlatform('linux/amd64', [sampleFinding(1)])]),
  refusals: [{ code: 'VULNERABLE', message: '1 finding blocks.', hint: 'Rebuild the image.' }],
});
const FAILED = sampleImage({
  ...{ image: parseReference('qa.test/gone:1'), result: 'failed', digest: undefined, scan: undefined },
  error: new RegistryError('NOT_FOUND', 'there is no such tag'),
});

describe('the summary of a scan', () => {
  it('says in its first line how many images are clean, or what became of the others', () => {
    const first = (...[images, changes]: Parameters<typeof sampleScanOutcome>) =>
      renderScanSummary(sampleScanOutcome(images, changes)).split('\n')[0];
    expect(first([sampleImage()], { environment: 'qa' })).toBe('## Scanned: 1 image clean (qa)');
    expect(first([sampleImage(), REFUSED, FAILED], { result: 'failed' })).toBe(
      '## Scan: 1 refused, 1 could not be scanned of 3 images',
    );
    expect(first([], { result: 'failed', error: new Error('no database') })).toBe('## Scan failed');
    expect(first([sampleImage()], { result: 'failed', error: new Error('x') })).toBe(
      '## Scan: not finished of 1 image',
    );
  });

  it('tells why, and what to do next', () => {
    const text = renderScanSummary(sampleScanOutcome([REFUSED, FAILED], { result: 'failed' }));
    for (const part of ['`VULNERABLE` 1 finding blocks', '`NOT_FOUND` there is no such tag', 'Rebuild the image']) {
      expect(text).toContain(part);
    }
    const whole = sampleScanOutcome([], { result: 'failed', error: new RegistryError('UNAVAILABLE', 'no mirror') });
    expect(renderScanSummary(whole)).toContain('`UNAVAILABLE` no mirror');
  });

  it('has a row for each image, and the findings of each', () => {
    const text = renderScanSummary(sampleScanOutcome([sampleImage(), REFUSED], { result: 'refused', attest: false }));
    expect(text).toMatch(/\| `qa\.test\/app:1` \| `sha256:\w+` \| ✓&nbsp;clean/);
    expect(text).toMatch(/\| `qa\.test\/bad:1` \| `sha256:\w+` \| ✗&nbsp;\*\*refused\*\*/);
    expect(text).toContain('<summary>qa.test/bad:1</summary>');
    expect(text).not.toContain('Attestation');
  });

  it('shows how a stranger verifies what was attached, and nothing of it where nothing was', () => {
    const attested = sampleImage({ attestation: { result: 'attached', manifest: DIGEST } });
    const text = renderScanSummary(sampleScanOutcome([attested, REFUSED], { result: 'refused' }));
    const commands = text.split('\n').filter((line) => line.startsWith('cosign '));
    expect(commands).toEqual([
      `cosign verify-attestation --key cosign.pub --insecure-ignore-tlog=true --type https://cosign.sigstore.dev/attestation/vuln/v1 qa.test/app@${DIGEST}`,
    ]);
    expect(renderScanSummary(sampleScanOutcome([REFUSED]))).not.toContain('cosign verify');
  });

  it('shows what an image or registry says as text', () => {
    const error = new RegistryError('PROTOCOL', '<img src=x> **bold**\n::error::x');
    const text = renderScanSummary(sampleScanOutcome([sampleImage({ result: 'failed', error, notes: ['<b>'] })]));
    expect(text).not.toMatch(/<img|<b>|\*\*bold/);
  });
});
