import { describe, expect, it } from '@jest/globals';
import { Setbacks } from '../../src/registry/setbacks.ts';

const MIB = 1024 * 1024;

describe('Setbacks', () => {
  it('counts on while there is no progress to speak of', () => {
    const setbacks = new Setbacks();
    expect([0, 0, MIB - 1, MIB - 1].map((position) => setbacks.count(position))).toEqual([1, 2, 3, 4]);
  });

  it('begins anew after a MiB', () => {
    const setbacks = new Setbacks();
    expect([0, 10, MIB + 10, MIB + 11].map((position) => setbacks.count(position))).toEqual([1, 2, 1, 2]);
  });

  it('does not take falling back for progress', () => {
    const setbacks = new Setbacks();
    expect([5 * MIB, 0, 10].map((position) => setbacks.count(position))).toEqual([1, 2, 3]);
  });
});
