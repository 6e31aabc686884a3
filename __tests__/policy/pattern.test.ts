import { describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { isPattern, matchesPattern } from '../../src/policy/pattern.ts';
import { uncheckedRepository } from './sample-policy.ts';

describe('isPattern', () => {
  it.each([
    'dev.registry.io/*',
    'dev.registry.io/team/*',
    'dev.registry.io/team/app',
    'localhost:5000/*',
    'LOCALHOST/app',
    'docker.io/alpine',
    '127.0.0.1:5000/a/b/*',
  ])('%s is one', (text) => {
    expect(isPattern(text)).toBe(true);
  });

  it.each([
    '',
    '*',
    '/*',
    '*/*',
    '*.registry.io/*',
    'dev.registry.io',
    'dev.registry.io/',
    'dev.registry.io*',
    'dev.registry.io/te*',
    'dev.registry.io/*/app',
    'dev.registry.io/**',
    'dev.registry.io/app:1.0',
    'dev.registry.io/../*',
    'https://dev.registry.io/*',
    'team/app',
    'team/*',
    'dev.registry.io/Team/*',
    'dev.registry.io//*',
  ])('%j is none', (text) => {
    expect(isPattern(text)).toBe(false);
  });
});

describe('matchesPattern', () => {
  it.each([
    ['dev.registry.io/*', 'dev.registry.io/app'],
    ['dev.registry.io/*', 'dev.registry.io/team/deep/app'],
    ['dev.registry.io/team/*', 'dev.registry.io/team/app'],
    ['dev.registry.io/team/app', 'dev.registry.io/team/app'],
    ['DEV.registry.io/*', 'dev.registry.io/app'],
    ['dev.registry.io/*', 'DEV.registry.io/app'],
    ['docker.io/alpine', 'docker.io/library/alpine'],
    ['docker.io/team/*', 'docker.io/team/app'],
    ['docker.io/*', 'docker.io/alpine'],
    ['localhost:5000/*', 'localhost:5000/app'],
  ])('%s matches %s', (pattern, repository) => {
    expect(matchesPattern(pattern, parseRepository(repository))).toBe(true);
  });

  it.each([
    ['dev.registry.io/*', 'dev.registry.io.evil.com/app'],
    ['dev.registry.io/*', 'evil.dev.registry.io/app'],
    ['dev.registry.io/*', 'dev.registry.io:5000/app'],
    ['dev.registry.io/*', 'devxregistry.io/app'],
    ['dev.registry.io/team/*', 'dev.registry.io/team'],
    ['dev.registry.io/team/*', 'dev.registry.io/team-evil/app'],
    ['dev.registry.io/team/*', 'dev.registry.io/evil/team/app'],
    ['dev.registry.io/team/app', 'dev.registry.io/team/app/more'],
    ['dev.registry.io/team/app', 'dev.registry.io/team/app2'],
    ['docker.io/team/*', 'docker.io/library/team'],
    ['*', 'dev.registry.io/app'],
    ['dev.registry.io/**', 'dev.registry.io/app'],
  ])('%s does not match %s', (pattern, repository) => {
    expect(matchesPattern(pattern, parseRepository(repository))).toBe(false);
  });

  it.each(['dev.registry.io/../evil/app', 'dev.registry.io/./app', 'dev.registry.io//app', 'dev.registry.io/'])(
    'matches nothing that walks the path: %s',
    (repository) => {
      expect(matchesPattern('dev.registry.io/*', uncheckedRepository(repository))).toBe(false);
    },
  );
});
