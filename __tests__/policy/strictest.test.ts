import { describe, expect, it } from '@jest/globals';
import type { ScanMode } from '../../src/policy/effective.ts';
import {
  intersect,
  intersectAllowed,
  intersectIgnored,
  pickMode,
  type Statement,
  unite,
} from '../../src/policy/strictest.ts';

/** What policies a, b, … state. */
function state<T>(...values: readonly T[]): Statement<T>[] {
  return values.map((value, i) => ({ policy: 'abcdef'.charAt(i), value }));
}

describe('lists', () => {
  it('that forbid are united, each entry once', () => {
    expect(unite(state(['x', 'y'], ['y', 'z']))).toEqual(['x', 'y', 'z']);
  });

  it('that permit are intersected, in the order of the first', () => {
    expect(intersect(state(['x', 'y', 'z'], ['z', 'w', 'x'], ['x', 'z']))).toEqual(['x', 'z']);
    expect(intersect(state(['x'], []))).toEqual([]);
    expect(intersect([])).toEqual([]);
  });
});

describe('pickMode', () => {
  it.each<[ScanMode | undefined, ScanMode[]]>([
    ['enforce', ['off', 'report', 'enforce']],
    ['report', ['off', 'report']],
    ['off', ['off']],
    [undefined, []],
  ])('is %s of %s', (expected, modes) => {
    expect(pickMode(state(...modes))).toBe(expected);
  });
});

describe('intersectIgnored', () => {
  const entry = (id: string, name: string | undefined, reason: string, expires: string) => ({
    ...{ id, reason, expires },
    ...(name === undefined ? {} : { package: name }),
  });

  it('makes an exception of a single entry as it stands, which holds through its last day', () => {
    expect(intersectIgnored(state([entry('CVE-1', undefined, 'r', '2026-12-31')]))).toEqual([
      {
        ...{ id: 'CVE-1', packages: [], reason: 'r', expires: '2026-12-31' },
        ...{ endsAt: Date.parse('2027-01-01T00:00:00Z'), source: 'a' },
      },
    ]);
  });

  it.each([
    ['first', undefined, 'zlib'],
    ['second', 'zlib', undefined],
  ])('keeps the narrower package when the %s names none, the earlier day, both reasons and both names', (_, a, b) => {
    const lists = state([entry('CVE-1', a, 'one', '2026-12-31')], [entry('CVE-1', b, 'two', '2026-11-30')]);
    expect(intersectIgnored(lists)).toMatchObject([
      { packages: ['zlib'], reason: 'one; two', expires: '2026-11-30', source: 'a, b' },
    ]);
  });

  it.each([
    ['another vulnerability', entry('CVE-2', 'zlib', 'r', '2026-12-31')],
    ['another package', entry('CVE-1', 'openssl', 'r', '2026-12-31')],
  ])('drops what the other policy only says of %s', (_, other) => {
    expect(intersectIgnored(state([entry('CVE-1', 'zlib', 'r', '2026-12-31')], [other]))).toEqual([]);
  });

  it('does not say the same reason twice', () => {
    const same = [entry('CVE-1', undefined, 'r', '2026-12-31')];
    expect(intersectIgnored(state(same, same, same))).toMatchObject([{ reason: 'r', source: 'a, b, c' }]);
  });
});

describe('intersectAllowed', () => {
  const allowed = { image: 'dev.io/*', platform: 'linux/amd64', reason: 'r', expires: '2026-12-31' };

  it('keeps what both allow, until the earlier day', () => {
    expect(intersectAllowed(state([allowed], [{ ...allowed, expires: '2026-01-01' }]))).toEqual([
      { ...allowed, expires: '2026-01-01', source: 'a, b' },
    ]);
  });

  it.each([{ image: 'dev.io/team/*' }, { platform: 'linux/arm64' }])('drops what differs in %j', (change) => {
    expect(intersectAllowed(state([allowed], [{ ...allowed, ...change }]))).toEqual([]);
  });
});
