import { describe, expect, it } from '@jest/globals';
import { type Exception, findException } from '../../src/policy/exceptions.ts';
import { finding } from './sample-scan.ts';

const now = new Date('2026-06-10T12:00:00Z');

function exception(over: Partial<Exception> = {}): Exception {
  return { id: 'CVE-2026-1', packages: [], source: 'p.yml', ...over };
}

describe('findException', () => {
  it.each<[string, readonly string[]]>([
    ['any package', []],
    ['the package by name', ['openssl']],
    ['one of several packages', ['zlib', 'openssl']],
    ['the package by URL', ['pkg:deb/debian/openssl']],
    ['this version of it', ['pkg:deb/debian/openssl@3.0.1']],
  ])('covers %s', (_what, packages) => {
    const wanted = exception({ packages });
    expect(findException(finding(), [wanted], now)).toEqual({ used: wanted, expired: [] });
  });

  it.each<[string, Partial<Exception>]>([
    ['another vulnerability', { id: 'CVE-2026-10' }],
    ['the id in other letters', { id: 'cve-2026-1' }],
    ['another package', { packages: ['libssl'] }],
    ['part of the name', { packages: ['open'] }],
    ['another version', { packages: ['pkg:deb/debian/openssl@3.0.2'] }],
  ])('does not cover %s', (_what, over) => {
    expect(findException(finding(), [exception(over)], now)).toEqual({ used: undefined, expired: [] });
  });

  it('a package URL needs one in the finding', () => {
    const { purl: _, ...bare } = finding();
    expect(findException(bare, [exception({ packages: ['pkg:deb/debian/openssl'] })], now).used).toBeUndefined();
  });

  it('an expired one is told and covers nothing', () => {
    const past = exception({ expires: '2026-06-09', endsAt: Date.parse('2026-06-10T00:00:00Z') });
    expect(findException(finding(), [past], now)).toEqual({ used: undefined, expired: [past] });
  });

  it('holds until its last instant', () => {
    const endsAt = now.getTime();
    expect(findException(finding(), [exception({ endsAt })], now).used).toBeUndefined();
    expect(findException(finding(), [exception({ endsAt: endsAt + 1 })], now).used).toBeDefined();
  });

  it('one that holds is used where another has expired', () => {
    const past = exception({ endsAt: 0 });
    const valid = exception({ source: 'q.yml' });
    expect(findException(finding(), [past, valid], now)).toEqual({ used: valid, expired: [past] });
  });

  it('a clock that tells no time lets nothing pass that has an end', () => {
    expect(findException(finding(), [exception({ endsAt: 9e15 })], new Date(Number.NaN)).used).toBeUndefined();
  });
});
