import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRepository } from '../../../src/image/reference.ts';
import { cleanText, parseErrorBody } from '../../../src/registry/transport/diagnostics.ts';
import { parseRetryAfter } from '../../../src/registry/transport/retry-after.ts';
import { coversScopes, pullScope, pushScope, splitScopes } from '../../../src/registry/transport/scope.ts';
import { parseWarnings } from '../../../src/registry/transport/warning.ts';
import { hold, holdLong, mutate } from '../../property-runs.ts';

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const NOW = Date.UTC(2026, 10, 21);

describe('any Warning header', () => {
  it('says what was written, where it is a 299', () => {
    const texts = fc.array(
      fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/).filter((text) => !/\s{2}/.test(text)),
      { maxLength: 3 },
    );
    hold(texts, (list) => {
      const header = list.map((text) => `299 - "${text.replace(/["\\]/g, '\\$&')}"`).join(', ');
      expect(parseWarnings(header)).toEqual(list);
    });
  });

  it('gives lines that are short and only show what they say', () => {
    hold(mutate(fc.constantFrom('299 - "old"', '299 r.example "a \\" b", 199 - "c", 299 - "d"')), (header) => {
      for (const line of parseWarnings(header)) {
        expect(line).not.toMatch(INVISIBLE);
        expect(line.length).toBeLessThanOrEqual(501);
      }
    });
  });

  it('is read quickly, however long', () => {
    holdLong(['299 - "', '299 ', ',', '299 - "\\'], (header) => {
      parseWarnings(header);
    });
  });
});

describe('any Retry-After', () => {
  it('is the seconds that were written', () => {
    hold(fc.nat(), (seconds) => expect(parseRetryAfter(` ${seconds} `, NOW)).toBe(seconds * 1000));
  });

  it('is the time until the date that was written, and none for the past', () => {
    const dates = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true });
    hold(dates, (date) => {
      const whole = Math.floor(date.getTime() / 1000) * 1000;
      expect(parseRetryAfter(date.toUTCString(), NOW)).toBe(Math.max(0, whole - NOW));
    });
  });

  it('is a time one can wait, or nothing', () => {
    const valid = fc.constantFrom(
      '120',
      'Sat, 21 Nov 2026 13:00:00 GMT',
      'Saturday, 21-Nov-26 13:00:00 GMT',
      'Sat Nov 21 13:00:00 2026',
    );
    hold(mutate(valid), (text) => {
      const delay = parseRetryAfter(text, NOW) ?? 0;
      expect([Number.isFinite(delay), delay >= 0]).toEqual([true, true]);
    });
  });

  it('is read quickly, however long', () => {
    holdLong(['1', '1.', 'Sat, '], (text) => {
      expect(parseRetryAfter(text, NOW)).toBeUndefined();
    });
  });
});

describe('any error body', () => {
  it('is taken in without an exception, and says little', () => {
    const body = JSON.stringify({ errors: [{ code: 'DENIED', message: 'no <b>access</b>', detail: { a: [1] } }] });
    hold(mutate(fc.constant(body)), (text) => {
      const { diagnostics } = parseErrorBody(Buffer.from(text));
      expect(diagnostics.length).toBeLessThanOrEqual(8);
      for (const { code, message } of diagnostics) expect(code + message).not.toMatch(INVISIBLE);
    });
  });

  it('is taken in quickly, however long', () => {
    holdLong(['{"errors":[', '{"errors":[{"code":"', '[['], (text) => {
      parseErrorBody(Buffer.from(text));
      expect(cleanText(text).length).toBeLessThanOrEqual(301);
    });
  });
});

describe('any scope', () => {
  const scopes = fc
    .tuple(fc.stringMatching(/^[a-z]{1,3}(\/[a-z]{1,3}){0,2}$/), fc.boolean())
    .map(([path, isPush]) => (isPush ? pushScope : pullScope)(parseRepository(`r.example/${path}`)));

  it('comes back from a list of several', () => {
    hold(fc.array(scopes), (list) => expect(splitScopes(list.join(' '))).toEqual(list));
  });

  it('covers itself, pull when it is push, and never another repository or more than it says', () => {
    hold(fc.tuple(scopes, scopes), ([held, wanted]) => {
      const [resource] = held.split(/:(?=pull)/);
      const isSame = wanted.startsWith(`${resource}:`);
      expect(coversScopes([held], [held])).toBe(true);
      expect(coversScopes([held], [wanted])).toBe(isSame && (held.endsWith('push') || !wanted.endsWith('push')));
    });
  });

  it('covers less than everything when it is anything', () => {
    hold(mutate(scopes), (held) => {
      const other = pushScope(parseRepository('r.example/another-repository'));
      expect(coversScopes(splitScopes(held), [other])).toBe(false);
    });
  });
});
