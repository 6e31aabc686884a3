import { describe, expect, it } from '@jest/globals';
import { judgeDatabase } from '../../src/policy/database-gate.ts';

const now = new Date('2026-06-10T12:00:00Z');
const HOUR = 3_600_000;

function judge(updatedAt: Date): ReturnType<typeof judgeDatabase> {
  return judgeDatabase({ source: 'mirror.io/db:2', updatedAt }, 48 * HOUR, now);
}

describe('judgeDatabase', () => {
  it.each([0, 1, 47, 48, -1])('lets a database pass that is %d hours old', (hours) => {
    expect(judge(new Date(now.getTime() - hours * HOUR))).toBeUndefined();
  });

  it('refuses an older one, and says how old it is and may be', () => {
    expect(judge(new Date('2026-06-07T12:00:00Z'))).toEqual({
      code: 'SCAN_DB_STALE',
      message:
        'The vulnerability database of mirror.io/db:2 was updated 2026-06-07T12:00:00.000Z, 3d ago; at most 48h is allowed.',
      hint: 'Refresh the mirror, name another in scan.databases, or change scan.maxDatabaseAge.',
    });
    expect(judge(new Date(now.getTime() - 48 * HOUR - 1))?.code).toBe('SCAN_DB_STALE');
  });

  it('refuses one from the future, beyond what clocks differ', () => {
    expect(judge(new Date(now.getTime() + HOUR + 1))?.message).toContain('still to come');
  });

  it('refuses one without a readable date', () => {
    expect(judge(new Date('when?'))?.message).toContain('does not say when it was updated');
  });

  it('refuses when the clock tells no time', () => {
    expect(judgeDatabase({ source: 's', updatedAt: now }, HOUR, new Date(Number.NaN))?.code).toBe('SCAN_DB_STALE');
  });
});
