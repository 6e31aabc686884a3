import { describe, expect, it } from '@jest/globals';
import { countFindings, groupByFinding } from '../../src/policy/finding-counts.ts';
import { complete, finding, incomplete } from './sample-scan.ts';

const AMD = 'linux/amd64';
const ARM = 'linux/arm64';
const NONE = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };

describe('countFindings', () => {
  it('is zero for every severity where nothing was found', () => {
    expect(countFindings([])).toEqual(NONE);
    expect(countFindings([complete(AMD)])).toEqual(NONE);
  });

  it('counts once what several platforms share', () => {
    expect(countFindings([complete(AMD, finding()), complete(ARM, finding())])).toEqual({ ...NONE, CRITICAL: 1 });
  });

  it('counts a platform as the scanner lists it, and takes the platform that has most', () => {
    const low = finding({ severity: 'LOW' });
    const platforms = [complete(AMD, low), complete(ARM, low, { ...low, target: 'app.jar' })];
    expect(countFindings(platforms)).toEqual({ ...NONE, LOW: 2 });
    expect(countFindings(platforms.toReversed())).toEqual({ ...NONE, LOW: 2 });
  });

  it.each([{ id: 'CVE-2026-2' }, { package: 'zlib' }, { installedVersion: '3.0.9' }, { severity: 'HIGH' }] as const)(
    'takes %j for another finding',
    (change) => {
      const counts = countFindings([complete(AMD, finding()), complete(ARM, finding(change))]);
      expect(Object.values(counts).reduce((a, b) => a + b)).toBe(2);
    },
  );

  it('leaves out what VEX cleared, only where it did', () => {
    const cleared = finding({ suppressedBy: 'vex' });
    expect(countFindings([complete(AMD, cleared)])).toEqual(NONE);
    expect(countFindings([complete(AMD, cleared), complete(ARM, finding())])).toEqual({ ...NONE, CRITICAL: 1 });
  });

  it('counts what an incomplete scan did find', () => {
    expect(countFindings([incomplete(AMD, 'r', finding())])).toEqual({ ...NONE, CRITICAL: 1 });
  });
});

describe('groupByFinding', () => {
  it('makes one of the same finding on several platforms, each named once', () => {
    const found = [AMD, ARM, AMD].map((platform) => ({ platform, finding: finding() }));
    expect(groupByFinding(found)).toEqual([{ ...finding(), platforms: [AMD, ARM] }]);
  });

  it('keeps others apart, in their order', () => {
    const ids = ['CVE-2', 'CVE-1'];
    const found = ids.map((id) => ({ platform: AMD, finding: finding({ id }) }));
    expect(groupByFinding(found).map(({ id }) => id)).toEqual(ids);
  });
});
