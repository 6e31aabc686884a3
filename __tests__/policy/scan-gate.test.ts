import { describe, expect, it } from '@jest/globals';
import { type ScannedPlatform, SEVERITIES } from '../../src/image/finding.ts';
import { parseRepository } from '../../src/image/reference.ts';
import type { Exception } from '../../src/policy/exceptions.ts';
import { judgeScan, type ScanVerdict } from '../../src/policy/scan-gate.ts';
import { effectiveOf } from './sample-policy.ts';
import { complete, DIGEST, finding, incomplete, withoutFix } from './sample-scan.ts';

const now = new Date('2026-06-10T12:00:00Z');
const image = parseRepository('dev.io/team/app');
const AMD = 'linux/amd64';
const ARM = 'linux/arm64';

function judge(
  sample: string,
  platforms: readonly ScannedPlatform[],
  exceptions: readonly Exception[] = [],
): ScanVerdict {
  return judgeScan(platforms, effectiveOf([sample]).scan, exceptions, image, now);
}

describe('findings', () => {
  it('a clean image passes', () => {
    expect(judge('', [complete(AMD), complete(ARM)])).toEqual({
      refusals: [],
      counts: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 },
      blocking: [],
      usedExceptions: [],
      expiredExceptions: [],
      allowedIncomplete: [],
    });
  });

  it.each([
    ['[CRITICAL]', ['CRITICAL']],
    ['[CRITICAL, HIGH]', ['CRITICAL', 'HIGH']],
    ['[CRITICAL, HIGH, MEDIUM, LOW]', ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']],
    ['[CRITICAL, UNKNOWN]', ['CRITICAL', 'UNKNOWN']],
  ])('severity %s gates, the others only count', (severity, blocking) => {
    const all = SEVERITIES.map((entry, i) => finding({ id: `CVE-${i}`, severity: entry }));
    const verdict = judge(`scan: { severity: ${severity} }`, [complete(AMD, ...all)]);
    expect(verdict.blocking.map((entry) => entry.severity)).toEqual(blocking);
    expect(verdict.counts).toEqual({ CRITICAL: 1, HIGH: 1, MEDIUM: 1, LOW: 1, UNKNOWN: 1 });
  });

  it('one refusal names what blocks, worst first, with the platforms that have it', () => {
    const high = withoutFix({ id: 'CVE-2026-2', severity: 'HIGH', package: 'zlib' });
    const { refusals } = judge('scan: { severity: [CRITICAL, HIGH] }', [
      complete(AMD, high, finding()),
      complete(ARM, finding()),
    ]);
    expect(refusals).toEqual([
      {
        code: 'VULNERABLE',
        message:
          '2 findings block: CVE-2026-1 (CRITICAL) in openssl 3.0.1, fixed in 3.0.2; CVE-2026-2 (HIGH) in zlib 3.0.1, no fix yet.',
        hint: "Rebuild the image with the fixed versions, or accept a finding in the policy's scan.ignore with reason and expires.",
        findings: [
          { ...finding(), platforms: [AMD, ARM] },
          { ...high, platforms: [AMD] },
        ],
      },
    ]);
  });

  it('names five and counts the rest, but lists all', () => {
    const many = Array.from({ length: 7 }, (_, i) => finding({ id: `CVE-${i}` }));
    const [refusal] = judge('', [complete(AMD, ...many)]).refusals;
    expect(refusal?.message).toContain('7 findings block: CVE-0');
    expect(refusal?.message).toContain('; 2 more.');
    expect(refusal?.findings).toHaveLength(7);
  });

  it('says so when nothing has a fix', () => {
    expect(judge('', [complete(AMD, withoutFix())]).refusals[0]?.hint).toContain('There is no fix yet');
  });

  it('ignoreUnfixed lets pass only what has no fix', () => {
    const sample = 'scan: { ignoreUnfixed: true }';
    expect(judge(sample, [complete(AMD, withoutFix(), finding({ id: 'CVE-2', fixedVersion: '' }))]).refusals).toEqual(
      [],
    );
    expect(judge(sample, [complete(AMD, finding())]).refusals).toHaveLength(1);
  });

  it('what a VEX statement cleared neither gates nor counts', () => {
    const verdict = judge('', [complete(AMD, finding({ suppressedBy: 'vulnerable code not present' }))]);
    expect(verdict.refusals).toEqual([]);
    expect(verdict.counts.CRITICAL).toBe(0);
  });

  it('a single platform counts as the scanner lists it; what platforms share counts once', () => {
    const twice = [finding({ target: 'a.jar' }), finding({ target: 'b.jar' })];
    expect(judge('', [complete(AMD, ...twice)]).counts.CRITICAL).toBe(2);
    const other = finding({ installedVersion: '3.0.0' });
    expect(judge('', [complete(AMD, ...twice), complete(ARM, finding(), other)]).counts.CRITICAL).toBe(3);
  });
});

describe('exceptions', () => {
  const ignore = (expires: string): string =>
    `scan: { ignore: [{ id: CVE-2026-1, reason: not reachable, expires: ${expires} }] }`;

  it('let a finding pass that still counts, and are told once', () => {
    const verdict = judge(ignore('2026-06-10'), [complete(AMD, finding()), complete(ARM, finding())]);
    expect(verdict.refusals).toEqual([]);
    expect(verdict.usedExceptions).toMatchObject([{ id: 'CVE-2026-1', reason: 'not reachable', source: 'a.yml' }]);
    expect(verdict.counts.CRITICAL).toBe(1);
  });

  it('no longer do so on the day after the last, and that is told', () => {
    const verdict = judge(ignore('2026-06-09'), [complete(AMD, finding())]);
    expect(verdict.refusals[0]?.message).toContain('The exception for CVE-2026-1 in a.yml ended: 2026-06-09.');
    expect(verdict.expiredExceptions).toMatchObject([{ id: 'CVE-2026-1', expires: '2026-06-09' }]);
    expect(verdict.usedExceptions).toEqual([]);
  });

  it('of ignore files count as well', () => {
    const entry: Exception = { id: 'CVE-2026-1', packages: ['openssl'], source: '.trivyignore:1' };
    expect(judge('', [complete(AMD, finding())], [entry])).toMatchObject({ refusals: [], usedExceptions: [entry] });
  });

  it('are not told where nothing would have blocked', () => {
    const verdict = judge(ignore('2026-06-10'), [complete(AMD, finding({ severity: 'LOW' }))]);
    expect(verdict.usedExceptions).toEqual([]);
    const suppressed = judge(ignore('2026-06-09'), [complete(AMD, finding({ suppressedBy: 'vex' }))]);
    expect(suppressed.expiredExceptions).toEqual([]);
  });
});

describe('platforms that could not be judged', () => {
  const allow = (over: string, expires = '2026-06-10'): string =>
    `scan: { allowIncomplete: [{ image: dev.io/team/*, platform: windows/amd64, reason: no data, expires: ${expires}${over} }] }`;
  const windows = incomplete('windows/amd64:10.0.20348', 'no operating system and no package was recognised');

  it('refuse, each on its own, beside what was found', () => {
    const verdict = judge('', [incomplete(AMD, 'broken', finding()), windows]);
    expect(verdict.refusals.map(({ code, platform }) => [code, platform])).toEqual([
      ['SCAN_INCOMPLETE', AMD],
      ['SCAN_INCOMPLETE', windows.platform],
      ['VULNERABLE', undefined],
    ]);
    expect(verdict.refusals[1]).toMatchObject({
      message: `windows/amd64:10.0.20348 (${DIGEST}) could not be judged: no operating system and no package was recognised.`,
      hint: expect.stringContaining('scan.allowIncomplete'),
    });
    expect(verdict.counts.CRITICAL).toBe(1);
  });

  it('an operating system past its end of life is one of them', () => {
    const old: ScannedPlatform = { ...complete(AMD), endOfLife: 'debian 8' };
    expect(judge('', [old]).refusals).toMatchObject([
      { code: 'SCAN_INCOMPLETE', message: expect.stringContaining('debian 8 is past its end of life') },
    ]);
  });

  it('nothing scanned at all is no pass', () => {
    expect(judge('', []).refusals).toMatchObject([{ code: 'SCAN_INCOMPLETE' }]);
  });

  it('pass where the policy allows it, for any os.version, and that is told', () => {
    const verdict = judge(allow(''), [windows]);
    expect(verdict.refusals).toEqual([]);
    expect(verdict.allowedIncomplete).toEqual([
      {
        image: 'dev.io/team/*',
        platform: 'windows/amd64:10.0.20348',
        reason: 'no data',
        expires: '2026-06-10',
        source: 'a.yml',
        digest: DIGEST,
        gap: windows.reason,
      },
    ]);
  });

  it('still block with what was found', () => {
    const verdict = judge(allow(''), [incomplete('windows/amd64', 'partly', finding())]);
    expect(verdict.refusals.map(({ code }) => code)).toEqual(['VULNERABLE']);
  });

  it.each(['windows/arm64', 'windows/amd64/v2', 'windows/amd642', AMD])(
    '%s is not what is allowed for windows/amd64',
    (platform) => {
      expect(judge(allow(''), [incomplete(platform, 'x')]).refusals).toHaveLength(1);
    },
  );

  it('another image is not what is allowed', () => {
    const { scan } = effectiveOf([allow('')]);
    expect(judgeScan([windows], scan, [], parseRepository('dev.io/other/app'), now).refusals).toHaveLength(1);
  });

  it('an allowance ends after its last day, and that is told', () => {
    const verdict = judge(allow('', '2026-06-09'), [windows]);
    expect(verdict.refusals[0]?.message).toContain('a.yml allowed it until 2026-06-09.');
    expect(verdict.allowedIncomplete).toEqual([]);
  });
});

it('the mode does not change the verdict: what it means is up to the caller', () => {
  const platforms = [complete(AMD, finding())];
  expect(judge('scan: { mode: report }', platforms)).toEqual(judge('scan: { mode: enforce }', platforms));
});
