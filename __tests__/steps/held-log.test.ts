import { describe, expect, it } from '@jest/globals';
import { holdLog } from '../../src/steps/held-log.ts';
import { recordLog } from '../promote/fake-ports.ts';

describe('a held log', () => {
  it('tells nothing before its turn, then all of it in order, and from then on at once', async () => {
    const log = recordLog();
    const held = holdLog(log);
    held.info('first');
    held.warning('second');
    expect(await held.group('third', async () => 3)).toBe(3);
    expect(log.lines).toEqual([]);
    held.release();
    expect(log.lines).toEqual(['info first', 'warning second', 'info third']);
    held.info('fourth');
    await held.group('fifth', async () => held.info('sixth'));
    expect(log.lines.slice(3)).toEqual(['info fourth', 'group fifth', 'info sixth']);
  });

  it('tells each line once, however often it is let go', () => {
    const log = recordLog();
    const held = holdLog(log);
    held.info('once');
    held.release();
    held.release();
    expect(log.lines).toEqual(['info once']);
  });

  it('hides a secret at once', () => {
    const log = recordLog();
    holdLog(log).mask('secret');
    expect(log.lines).toEqual(['mask secret']);
  });
});
