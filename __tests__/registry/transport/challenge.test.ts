import { describe, expect, it } from '@jest/globals';
import { chooseChallenge, parseChallenges } from '../../../src/registry/transport/challenge.ts';

describe('parseChallenges', () => {
  it('reads a bearer challenge with quoted commas and equal signs', () => {
    const [challenge] = parseChallenges([
      'Bearer realm="https://a.test/t?x=1,2",service="s", scope="repository:a:pull,push"',
    ]);
    expect(challenge?.scheme).toBe('bearer');
    expect({ ...challenge?.parameters }).toEqual({
      realm: 'https://a.test/t?x=1,2',
      service: 's',
      scope: 'repository:a:pull,push',
    });
  });

  it.each([
    ['Basic realm="x", Bearer realm="y"', ['basic', 'bearer']],
    ['Negotiate, Basic realm="x"', ['negotiate', 'basic']],
    ['Negotiate YWJj==, Bearer realm=y', ['negotiate', 'bearer']],
    ['BEARER REALM="y"', ['bearer']],
    ['Basic', ['basic']],
    ['', []],
  ])('finds every challenge of %j', (header, schemes) => {
    expect(parseChallenges([header]).map(({ scheme }) => scheme)).toEqual(schemes);
  });

  it('joins several headers', () => {
    expect(parseChallenges(['Basic realm="a"', 'Bearer realm="b"'])).toHaveLength(2);
  });

  it('unescapes quoted characters', () => {
    expect(parseChallenges([String.raw`Basic realm="a\"b\\c"`])[0]?.parameters.realm).toBe('a"b\\c');
  });

  it('takes the first of a repeated parameter', () => {
    expect(parseChallenges(['Bearer realm="first",realm="second"'])[0]?.parameters.realm).toBe('first');
  });

  it('does not let a parameter reach the prototype', () => {
    const [challenge] = parseChallenges(['Bearer __proto__="x",realm="y"']);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(challenge?.parameters.realm).toBe('y');
  });

  it.each(['Bearer realm="unclosed', 'Bearer realm=', '=;;;', `Bearer ${'a='.repeat(5000)}`])(
    'survives %.20s without hanging',
    (header) => {
      const started = performance.now();
      parseChallenges([header]);
      expect(performance.now() - started).toBeLessThan(500);
    },
  );
});

describe('chooseChallenge', () => {
  it('prefers bearer to basic, wherever it stands', () => {
    expect(chooseChallenge(parseChallenges(['Basic realm="x", Bearer realm="y"']))?.scheme).toBe('bearer');
  });

  it('passes a bearer challenge without a realm over', () => {
    expect(chooseChallenge(parseChallenges(['Bearer service="x"', 'Basic realm="y"']))?.scheme).toBe('basic');
  });

  it('knows no other scheme', () => {
    expect(chooseChallenge(parseChallenges(['Negotiate']))).toBeUndefined();
  });
});
