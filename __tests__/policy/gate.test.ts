import { describe, expect, it } from '@jest/globals';
import { toGate } from '../../src/policy/gate.ts';

describe('toGate', () => {
  it('passes without refusals and tells all of them otherwise', () => {
    const refusals = [
      { code: 'TAG_EXISTS', message: 'One.' },
      { code: 'TAG_EXISTS', message: 'Two.' },
    ] as const;
    expect(toGate('Tag', [], 'free')).toEqual({ name: 'Tag', verdict: 'passed', evidence: 'free' });
    expect(toGate('Tag', refusals, 'free')).toEqual({ name: 'Tag', verdict: 'refused', evidence: 'One. Two.' });
  });
});
