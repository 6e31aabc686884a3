import { describe, expect, it } from '@jest/globals';
import type { ScannedPlatform } from '../../src/image/finding.ts';
import { parseRepository } from '../../src/image/reference.ts';
import type { IncompleteAllowance } from '../../src/policy/effective.ts';
import { type GapVerdict, judgeGap } from '../../src/policy/incomplete-scan.ts';
import { complete, DIGEST, incomplete } from './sample-scan.ts';

const ALLOWANCE: IncompleteAllowance = {
  ...{ image: 'dev.io/team/*', platform: 'linux/arm/v7', reason: 'firmware', expires: '2026-06-10', source: 'a.yml' },
};
const GAP = incomplete('linux/arm/v7', 'no package was recognised.');
const LAST_INSTANT = '2026-06-10T23:59:59.999Z';

function judge(
  scanned: ScannedPlatform,
  allowances: readonly IncompleteAllowance[] = [],
  now = LAST_INSTANT,
): GapVerdict {
  return judgeGap(scanned, allowances, parseRepository('dev.io/team/app'), new Date(now));
}

function messageOf(verdict: GapVerdict): string {
  return verdict.kind === 'refused' ? verdict.refusal.message : verdict.kind;
}

describe('judgeGap', () => {
  it('finds no gap in a complete scan, allowed or not', () => {
    expect(judge(complete('linux/arm/v7'), [ALLOWANCE])).toEqual({ kind: 'none' });
  });

  it('refuses what could not be judged', () => {
    expect(judge(GAP)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'SCAN_INCOMPLETE', platform: 'linux/arm/v7', hint: expect.stringContaining('allowIncomplete') },
    });
    expect(messageOf(judge(GAP))).toBe(`linux/arm/v7 (${DIGEST}) could not be judged: no package was recognised.`);
    expect(messageOf(judge(incomplete('linux/amd64', '')))).toContain('the scanner gives no reason.');
  });

  it('refuses a system past its end of life, of which few findings mean nothing', () => {
    const old = { ...complete('linux/amd64'), endOfLife: 'debian 8' };
    expect(messageOf(judge(old))).toContain('debian 8 is past its end of life.');
  });

  it('allows it until the end of the last day, and says for what', () => {
    const allowance = { ...ALLOWANCE, digest: DIGEST, gap: 'no package was recognised' };
    expect(judge(GAP, [ALLOWANCE])).toEqual({ kind: 'allowed', allowance });
  });

  it('refuses it from the next day on, and says until when who allowed it', () => {
    const message = messageOf(judge(GAP, [ALLOWANCE], '2026-06-11T00:00:00Z'));
    expect(message).toMatch(/recognised\. a\.yml allowed it until 2026-06-10\.$/);
  });

  it('takes the allowance that still holds among those that ended', () => {
    const ended = { ...ALLOWANCE, expires: '2025-01-01' };
    expect(judge(GAP, [ended, ALLOWANCE])).toMatchObject({ kind: 'allowed', allowance: { expires: '2026-06-10' } });
  });

  it.each([
    ['another image', { image: 'dev.io/other/*' }],
    ['another platform', { platform: 'linux/amd64' }],
    ['the platform without its variant', { platform: 'linux/arm' }],
    ['a day that does not exist', { expires: '2026-99-99' }],
  ])('is not moved by an allowance for %s', (_, change) => {
    expect(judge(GAP, [{ ...ALLOWANCE, ...change }]).kind).toBe('refused');
  });

  it('allows every version of the system that a platform has, named as it is', () => {
    const windows = incomplete('windows/amd64:10.0.20348', 'r');
    expect(judge(windows, [{ ...ALLOWANCE, platform: 'windows/amd64' }])).toMatchObject({
      kind: 'allowed',
      allowance: { platform: 'windows/amd64:10.0.20348' },
    });
  });
});
