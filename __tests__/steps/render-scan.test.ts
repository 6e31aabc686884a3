import { describe, expect, it } from '@jest/globals';
import type { ScannedPlatform } from '../../src/image/finding.ts';
import { renderScan } from '../../src/steps/render-scan.ts';
import type { ScanSummary } from '../../src/steps/scan-summary.ts';
import { DIGEST, sampleFinding, sampleOutcome, samplePlatform, sampleScan } from '../promote/sample-outcome.ts';

function render(platforms: readonly ScannedPlatform[], changes: Partial<ScanSummary['verdict']> = {}): string {
  const scan = sampleScan(platforms);
  return renderScan(sampleOutcome({ scan: { ...scan, verdict: { ...scan.verdict, ...changes } } })) ?? '';
}

describe('renderScan', () => {
  it('is left out when nothing was scanned', () => {
    expect(renderScan(sampleOutcome({ scan: undefined }))).toBeUndefined();
  });

  it('names the scanner and the age of its database, and says in a line that nothing was found', () => {
    const text = render([samplePlatform('linux/amd64'), samplePlatform('linux/arm64')]);
    expect(text.split('\n').filter(Boolean)).toEqual([
      '### Vulnerabilities',
      'Trivy 0.74.0, with the database of 2026-11-21 09:30 UTC.',
      'No findings on `linux/amd64`, `linux/arm64`.',
    ]);
  });

  it('says when SBOMs were scanned, and that this is weaker', () => {
    const scan = { ...sampleScan([samplePlatform('linux/amd64')]), from: 'sbom' as const };
    expect(renderScan(sampleOutcome({ scan }))).toContain('from its attested SBOM: weaker evidence than its layers');
  });

  it('does not say "no findings" of an image of which a platform could not be judged', () => {
    const gap = {
      complete: false,
      platform: 'linux/arm64',
      digest: DIGEST,
      reason: 'no package',
      findings: [],
    } as const;
    const text = render([samplePlatform('linux/amd64'), gap]);
    expect(text).not.toContain('No findings');
    expect(text).toMatch(/`linux\/amd64` \| complete /);
    expect(text).toMatch(/`linux\/arm64` \| incomplete: no package/);
  });

  it.each([
    [1, false, '1 finding that refuses'],
    [2, false, '2 findings that refuse'],
    [1, true, '1 finding that would refuse'],
  ])('titles %i finding(s), reported only: %s', (count, isReport, title) => {
    const findings = Array.from({ length: count }, (_, i) => sampleFinding(i + 1));
    const scan = sampleScan([samplePlatform('linux/amd64', findings)]);
    const gates = isReport ? [{ name: 'g', verdict: 'reported', evidence: '' } as const] : [];
    expect(renderScan(sampleOutcome({ scan, gates }))).toContain(`<summary>${title}</summary>`);
  });

  it.each([
    [20, '<details open>', false],
    [21, '<details>', false],
    [200, '<details>', false],
    [201, '<details>', true],
  ])('of %i findings begins with %s; says where the rest is: %s', (count, tag, isCut) => {
    const findings = Array.from({ length: count }, (_, i) => sampleFinding(i + 1));
    const text = render([samplePlatform('linux/amd64', findings)]);
    expect(text).toContain(`${tag}\n`);
    expect(text.includes('`scan-report`')).toBe(isCut);
  });

  it.each([
    ['CVE-2026-12345', '[CVE-2026-12345](<https://nvd.nist.gov/vuln/detail/CVE-2026-12345>)'],
    ['GHSA-ab12-cd34-ef56', '[GHSA-ab12-cd34-ef56](<https://github.com/advisories/GHSA-ab12-cd34-ef56>)'],
    ['CVE-2026-12345/../x', '| CVE-2026-12345/../x '],
    ['DLA-1-1', '| DLA-1-1 '],
  ])('links %s only where the name is of a known form', (id, cell) => {
    const text = render([samplePlatform('linux/amd64', [sampleFinding(1, 'HIGH', { id })])]);
    expect(text).toContain(cell);
    expect(text.includes('](<')).toBe(cell.startsWith('['));
  });

  it('says "all" of several platforms, and names the only one', () => {
    const [amd, arm] = ['linux/amd64', 'linux/arm64'].map((name) => samplePlatform(name, [sampleFinding(1)]));
    expect(render(amd && arm ? [amd, arm] : [])).toMatch(/\| all +\|/);
    expect(render(amd ? [amd] : [])).not.toMatch(/\| all +\|/);
  });

  it('lists every exception: used, unjudged and ended', () => {
    const text = render([samplePlatform('linux/amd64')], {
      usedExceptions: [
        { id: 'CVE-1', packages: [], reason: 'unreachable', expires: '2027-01-31', source: 'a.yml' },
        { id: 'CVE-2', packages: [], source: '.trivyignore:1' },
      ],
      allowedIncomplete: [
        {
          ...{ image: 'dev.io/*', platform: 'linux/arm64', reason: 'firmware', expires: '2027-01-31' },
          ...{ source: 'a.yml', digest: DIGEST, gap: 'no package' },
        },
      ],
      expiredExceptions: [{ id: 'CVE-3', packages: [], expires: '2026-01-31', source: 'a.yml' }],
    });
    expect(text.slice(text.indexOf('#### Exceptions')).split('\n').slice(2)).toEqual([
      '- CVE-1 accepted until 2027-01-31: unreachable (a.yml)',
      '- CVE-2 accepted without an end: no reason given (.trivyignore:1)',
      '- `linux/arm64` accepted unjudged until 2027-01-31: no package; firmware (a.yml)',
      '- CVE-3 no longer accepted since 2026-01-31 (a.yml)',
    ]);
  });
});
