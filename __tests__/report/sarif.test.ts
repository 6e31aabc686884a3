import { describe, expect, it } from '@jest/globals';
import { parseDigest } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { buildSarif, MAX_SARIF_RESULTS, type SarifFinding } from '../../src/report/sarif.ts';

function makeFinding(overrides: Partial<SarifFinding> = {}): SarifFinding {
  return {
    ruleId: 'CVE-2026-1',
    severity: 'HIGH',
    package: 'openssl',
    installedVersion: '3.0.1',
    title: 'Overflow',
    image: parseRepository('registry.example/shop/web'),
    digest: parseDigest(`sha256:${'a'.repeat(64)}`),
    platform: 'linux/amd64',
    ...overrides,
  };
}

function build(...results: SarifFinding[]) {
  const [run] = buildSarif({ toolVersion: '1.2.3', results }).runs;
  if (run === undefined) throw new Error('no run');
  return { run, rules: run.tool.driver.rules, results: run.results };
}

describe('buildSarif', () => {
  it('is a SARIF 2.1.0 log that names the tool', () => {
    const log = buildSarif({ toolVersion: '1.2.3', results: [], category: 'promote-image/web' });
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0]?.tool.driver).toMatchObject({ name: 'promote-image', semanticVersion: '1.2.3', rules: [] });
    expect(log.runs[0]?.automationDetails?.id).toBe('promote-image/web/');
    expect(log.runs[0]?.results).toEqual([]);
  });

  it('has one rule for a vulnerability of many packages, with the worst severity', () => {
    const { rules, results } = build(
      makeFinding({ ruleId: 'B', severity: 'LOW' }),
      makeFinding({ ruleId: 'A', severity: 'MEDIUM', package: 'x' }),
      makeFinding({ ruleId: 'A', severity: 'CRITICAL', package: 'y' }),
    );
    expect(rules.map((rule) => [rule.id, rule.properties['security-severity']])).toEqual([
      ['A', '9.5'],
      ['B', '2.0'],
    ]);
    expect(results.map((result) => rules[result.ruleIndex]?.id)).toEqual(results.map((result) => result.ruleId));
  });

  it.each([
    ['CRITICAL', 'error'],
    ['HIGH', 'error'],
    ['MEDIUM', 'warning'],
    ['LOW', 'note'],
    ['UNKNOWN', 'note'],
  ] as const)('gives %s the level %s', (severity, level) => {
    expect(build(makeFinding({ severity })).results[0]?.level).toBe(level);
  });

  it('sorts the most severe first and cuts to what GitHub takes, saying how many are missing', () => {
    const low = makeFinding({ severity: 'LOW' });
    const many = Array.from({ length: MAX_SARIF_RESULTS + 1 }, () => low);
    const { run, results } = build(...many, makeFinding({ severity: 'CRITICAL' }));
    expect(results).toHaveLength(MAX_SARIF_RESULTS);
    expect(results[0]?.properties.severity).toBe('CRITICAL');
    expect(run.properties).toEqual({ totalResults: MAX_SARIF_RESULTS + 2, omittedResults: 2 });
  });

  it('keeps an alert across builds of the image, and apart from other packages and platforms', () => {
    const print = (overrides: Partial<SarifFinding>) =>
      build(makeFinding(overrides)).results[0]?.partialFingerprints.primaryLocationLineHash;
    const first = print({});
    expect(print({ digest: parseDigest(`sha256:${'b'.repeat(64)}`), title: 'Reworded' })).toBe(first);
    expect(print({ package: 'zlib' })).not.toBe(first);
    expect(print({ platform: 'linux/arm64' })).not.toBe(first);
    expect(print({ installedVersion: '3.0.2' })).not.toBe(first);
    expect(first).toMatch(/^[0-9a-f]{32}:1$/);
  });

  it('places a finding at the image, as a relative address even when the registry has a port', () => {
    const { results } = build(makeFinding({ image: parseRepository('localhost:5000/shop/web') }));
    expect(results[0]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'localhost%3A5000/shop/web' },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    });
  });

  it('says package, version, fix, digest and platform', () => {
    const { results } = build(makeFinding({ fixedVersion: '3.0.2', purl: 'pkg:deb/debian/openssl@3.0.1' }));
    expect(results[0]?.message.text).toBe('HIGH in openssl 3.0.1, fixed in 3.0.2: Overflow');
    expect(results[0]?.locations[0]?.message.text).toContain(`@sha256:${'a'.repeat(64)} (linux/amd64)`);
    expect(results[0]?.properties).toMatchObject({ fixedVersion: '3.0.2', purl: 'pkg:deb/debian/openssl@3.0.1' });
  });

  it('lets no link, control character or endless text out of hostile names', () => {
    const { rules, results } = build(
      makeFinding({ title: `[click](https://evil.example)\x1b[31m\u202e ${'x'.repeat(5000)}`, package: 'a`|<b>' }),
    );
    expect(results[0]?.message.text).toContain('[click] (https://evil.example)');
    expect(results[0]?.message.text).not.toContain('\x1b');
    expect(results[0]?.message.text).not.toContain('\u202e');
    expect(results[0]?.message.text).toHaveLength(1000);
    expect(rules[0]?.help.markdown).toContain('&#91;click&#93; (https&#58;&#8203;//evil.example)');
  });

  it.each([
    ['https://nvd.example/CVE 1', 'https://nvd.example/CVE%201'],
    ['javascript:alert(1)', undefined],
    ['not a url', undefined],
  ])('takes %j as its help page only when it is one', (helpUri, expected) => {
    expect(build(makeFinding({ helpUri })).rules[0]?.helpUri).toBe(expected);
  });
});
