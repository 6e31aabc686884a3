import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRegistryHost, parseRepository } from '../../src/image/reference.ts';
import { parseInstant, startOfDay } from '../../src/policy/date.ts';
import { formatDuration, parseDuration } from '../../src/policy/duration.ts';
import { isPattern, matchesPattern } from '../../src/policy/pattern.ts';
import { isPurl, matchesPurl } from '../../src/policy/purl.ts';
import { hold, holdLong, mutate } from '../property-runs.ts';

const hosts = fc.stringMatching(/^[a-c]{1,2}\.[a-c]{2}(:[1-9]{2})?$/).filter(isRegistryHost);
const paths = fc.stringMatching(/^[a-c]{1,2}(\/[a-c]{1,2}){0,3}$/);
const repositories = fc.tuple(hosts, paths).map(([host, path]) => parseRepository(`${host}/${path}`));

describe('any pattern for images', () => {
  it('matches what it names, whole segments of it only', () => {
    hold(fc.tuple(repositories, fc.nat(4), fc.boolean(), repositories), ([base, depth, isOpen, other]) => {
      const parts = base.split('/').slice(0, 1 + (depth % base.split('/').length));
      const pattern = isOpen ? [...parts, '*'].join('/') : base;
      const same = other.split('/').slice(0, parts.length).join('/') === parts.join('/');
      const isBelow = same && other.split('/').length > parts.length;
      expect(matchesPattern(pattern, other)).toBe(isOpen ? isBelow : other === base);
      expect(matchesPattern(pattern, base)).toBe(isOpen ? base.split('/').length > parts.length : true);
    });
  });

  it('never matches past the end of a host or a segment', () => {
    const spoil = fc.constantFrom('x', '-x', '.x', ':1', 'x/', '.', '_', '@');
    hold(fc.tuple(hosts, paths, spoil), ([host, path, more]) => {
      for (const name of [`${host}${more}/${path}`, `x${more}${host}/${path}`, `${host}/${path}${more}/y`]) {
        const repository = tryParse(name);
        if (repository === undefined || repository.startsWith(`${host}/${path}/`)) continue;
        expect([matchesPattern(`${host}/*`, repository), name.startsWith(`${host}/`)]).toEqual([
          name.startsWith(`${host}/`),
          name.startsWith(`${host}/`),
        ]);
        expect(matchesPattern(`${host}/${path}/*`, repository)).toBe(false);
        expect(matchesPattern(`${host}/${path}`, repository)).toBe(false);
      }
    });
  });

  it('matches nothing when it is none', () => {
    hold(fc.tuple(mutate(fc.constantFrom('r.io/*', 'r.io/a/*', 'r.io/a')), repositories), ([pattern, repository]) => {
      if (!isPattern(pattern)) expect(matchesPattern(pattern, repository)).toBe(false);
    });
  });

  it('is judged quickly, however long', () => {
    holdLong(['r.io/', 'r.io/a', '*'], (text) => {
      expect(matchesPattern(text, parseRepository('r.io/a'))).toBe(false);
      expect(matchesPattern(`${text}/*`, parseRepository('r.io/a'))).toBe(false);
    });
  });
});

describe('any duration', () => {
  it('comes back in the unit it was written in, where that is the largest', () => {
    hold(fc.tuple(fc.integer({ min: 3, max: 20 }), fc.constantFrom('s', 'm', 'h', 'd')), ([count, unit]) => {
      expect(formatDuration(parseDuration(`${count}${unit}`) ?? 0)).toBe(`${count}${unit}`);
    });
  });

  it('is positive and safe, or none', () => {
    hold(mutate(fc.constantFrom('90s', '30m', '48h', '7d')), (text) => {
      const milliseconds = parseDuration(text) ?? 1;
      expect([milliseconds > 0, Number.isSafeInteger(milliseconds)]).toEqual([true, true]);
    });
  });
});

describe('any day or instant', () => {
  const dates = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });

  it('is the one that was written', () => {
    hold(dates, (date) => {
      const text = date.toISOString();
      expect([parseInstant(text), startOfDay(text.slice(0, 10))]).toEqual([
        date.getTime(),
        Date.parse(text.slice(0, 10)),
      ]);
    });
  });

  it('is a number or none', () => {
    hold(mutate(dates.map((date) => date.toISOString())), (text) => {
      expect(Number.isNaN(parseInstant(text) ?? 0)).toBe(false);
    });
  });
});

describe('any package URL', () => {
  const purls = fc.constantFrom(
    'pkg:deb/debian/openssl@3.0?arch=amd64&distro=debian-12',
    'pkg:npm/%40scope/name@1.0.0',
    'pkg:golang/github.com/a/b@v1#sub',
  );

  it('matches itself', () => {
    hold(mutate(purls), (text) => {
      expect(matchesPurl(text, text)).toBe(isPurl(text));
    });
  });

  it('matches nothing of another name, and no other version than the one it has', () => {
    const parts = fc.tuple(
      fc.stringMatching(/^[a-b]{1,2}$/),
      fc.stringMatching(/^[a-b]{1,2}$/),
      fc.option(fc.stringMatching(/^[1-2]{1,2}$/)),
    );
    hold(fc.tuple(parts, parts), ([[type, name, version], [otherType, otherName, otherVersion]]) => {
      const write = (t: string, n: string, v: string | null) => `pkg:${t}/${n}${v === null ? '' : `@${v}`}`;
      const isSame = type === otherType && name === otherName && (version === null || version === otherVersion);
      expect(matchesPurl(write(type, name, version), write(otherType, otherName, otherVersion))).toBe(isSame);
    });
  });

  it('is judged quickly, however long', () => {
    holdLong(['pkg:', 'pkg:a/', 'pkg:a/b@', 'pkg:a/b?', 'pkg:a/b#'], (text) => {
      matchesPurl(text, text);
    });
  });
});

function tryParse(name: string) {
  try {
    return parseRepository(name);
  } catch {
    return undefined;
  }
}
