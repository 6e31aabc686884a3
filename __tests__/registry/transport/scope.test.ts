import { describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../../src/image/reference.ts';
import { coversScopes, pullScope, pushScope, splitScopes } from '../../../src/registry/transport/scope.ts';

const repository = parseRepository('registry.test:5000/team/app');

describe('scopes', () => {
  it('name the path without the registry, and the least actions', () => {
    expect([pullScope(repository), pushScope(repository)]).toEqual([
      'repository:team/app:pull',
      'repository:team/app:pull,push',
    ]);
  });

  it('are covered by those that may do more on the same repository', () => {
    expect(coversScopes([pushScope(repository)], [pullScope(repository)])).toBe(true);
    expect(coversScopes([pullScope(repository)], [pushScope(repository)])).toBe(false);
    expect(coversScopes([pushScope(repository)], ['repository:team/app2:pull'])).toBe(false);
    expect(
      coversScopes([pushScope(repository), 'repository:b:pull'], ['repository:b:pull', pullScope(repository)]),
    ).toBe(true);
  });

  it('are split at white space', () => {
    expect(splitScopes(' repository:a:pull  repository:b:pull,push ')).toEqual([
      'repository:a:pull',
      'repository:b:pull,push',
    ]);
  });
});
