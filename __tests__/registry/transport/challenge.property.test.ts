import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseChallenge, parseChallenges } from '../../../src/registry/transport/challenge.ts';
import { hold, holdLong, mutate } from '../../property-runs.ts';

const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const tokens = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,6}$/);
const values = fc.string({ unit: 'grapheme-ascii' });
const challenges = fc
  .uniqueArray(fc.record({ scheme: tokens, parameters: fc.dictionary(tokens, values, { minKeys: 1, maxKeys: 3 }) }), {
    maxLength: 3,
    selector: ({ scheme }) => scheme,
  })
  .map((list) => list.map(({ scheme, parameters }) => ({ scheme, parameters: { ...parameters } })));
const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
const format = (list: readonly { scheme: string; parameters: Readonly<Record<string, string>> }[]) =>
  list
    .map(({ scheme, parameters }) => {
      const all = Object.entries(parameters).map(([name, value]) => `${name}=${quote(value)}`);
      return `${scheme} ${all.join(',')}`;
    })
    .join(', ');

describe('any WWW-Authenticate header', () => {
  it('says what was written, in one header or several', () => {
    hold(challenges, (list) => {
      const plain = (parsed: ReturnType<typeof parseChallenges>) =>
        parsed.map(({ scheme, parameters }) => ({ scheme, parameters: { ...parameters } }));
      expect(plain(parseChallenges([format(list)]))).toEqual(list);
      expect(plain(parseChallenges(list.map((one) => format([one]))))).toEqual(list);
    });
  });

  it('is read as far as it can be, and never taken for a realm that was not named', () => {
    hold(
      mutate(challenges.map((list) => `Bearer realm="https://auth.example/token",service="r", ${format(list)}`)),
      (text) => {
        const parsed = parseChallenges([text]);
        for (const { scheme, parameters } of parsed) {
          expect(scheme).toMatch(TOKEN);
          for (const [name, value] of Object.entries(parameters)) {
            expect(name).toMatch(TOKEN);
            expect(text.replaceAll('\\', '')).toContain(value.replaceAll('\\', ''));
          }
        }
        const chosen = chooseChallenge(parsed);
        expect(chosen === undefined || ['bearer', 'basic'].includes(chosen.scheme)).toBe(true);
      },
    );
  });

  it('does not touch what JavaScript means by a name', () => {
    for (const name of ['__proto__', 'constructor', 'valueof']) {
      const [challenge] = parseChallenges([`Bearer ${name}="x"`]);
      expect([Object.keys(challenge?.parameters ?? {}), ({} as Record<string, unknown>).x]).toEqual([
        [name],
        undefined,
      ]);
      expect(challenge?.parameters.realm).toBeUndefined();
    }
  });

  it('is read quickly, however long', () => {
    holdLong(['Bearer ', 'Bearer realm=', 'Bearer realm="', 'Basic a', 'a b="c\\'], (text) => {
      parseChallenges([text]);
    });
  });
});
