import { describe, expect, it } from '@jest/globals';
import { findProxyError, ProxyError } from '../../../src/registry/transport/proxy-error.ts';

const TARGET = 'registry.test:443';

describe('ProxyError', () => {
  it.each([
    ['no login', ProxyError.refused('p.test:1', 407, TARGET), 407, /answered 407/, /login of the proxy p\.test:1/],
    [
      'no way',
      ProxyError.refused('p.test:1', 502, TARGET),
      502,
      /answered 502/,
      /can reach registry\.test:443.*NO_PROXY/,
    ],
    [
      'silence',
      ProxyError.broken('p.test:1', TARGET, 'x'),
      undefined,
      /did not answer/,
      /registry\.test:443.*NO_PROXY/,
    ],
    ['nobody', ProxyError.unreachable('p.test:1', 'x', false), undefined, /be reached/, /HTTPS_PROXY.*p\.test:1 runs/],
    ['a stranger', ProxyError.unreachable('p.test:1', 'x', true), undefined, /be reached/, /registries\.ca/],
  ])('of %s names the proxy and what to change', (_, error, status, said, hint) => {
    expect(error.status).toBe(status);
    expect(error.message).toMatch(/^the proxy p\.test:1 /);
    expect(error.message).toMatch(said);
    expect(error.hint).toMatch(hint);
  });
});

describe('findProxyError', () => {
  const error = ProxyError.refused('p.test:1', 502, TARGET);

  it.each([
    ['itself', error],
    ['a cause', new Error('a', { cause: new Error('b', { cause: error }) })],
    ['one of several faults', new AggregateError([new Error('x'), new Error('y', { cause: error })])],
  ])('finds it as %s', (_, fault) => {
    expect(findProxyError(fault)).toBe(error);
  });

  it.each([undefined, 'p', new Error('x'), new AggregateError([])])('finds none in %p', (fault) => {
    expect(findProxyError(fault)).toBeUndefined();
  });
});
