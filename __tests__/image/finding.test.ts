import { describe, expect, it } from '@jest/globals';
import { SEVERITIES } from '../../src/image/finding.ts';

describe('SEVERITIES', () => {
  it('go from the worst down, with what nobody rated at the end', () => {
    expect(SEVERITIES).toEqual(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN']);
  });
});
