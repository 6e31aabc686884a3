import { describe, expect, it } from '@jest/globals';
import { isRepositoryPath, isSourceRepository, parseGitSource } from '../../src/policy/git-source.ts';

describe('parseGitSource', () => {
  it.each([
    ['https://github.com/org/app', { repository: 'org/app' }],
    ['git+https://github.com/org/app.git', { repository: 'org/app' }],
    ['git+https://github.com/org/app@refs/heads/main', { repository: 'org/app', ref: 'refs/heads/main' }],
    ['git+https://GitHub.com/org/app@refs/tags/v1@2', { repository: 'org/app', ref: 'refs/tags/v1@2' }],
    ['https://github.com/org/app.git#refs/tags/v1:sub/folder', { repository: 'org/app', ref: 'refs/tags/v1' }],
    ['git+ssh://git@gitlab.com/a/b/c.git', { repository: 'gitlab.com/a/b/c' }],
    ['https://git.bank.io:8443/a/b/', { repository: 'git.bank.io:8443/a/b' }],
    ['https://github.com/evil.io/a/b', { repository: 'github.com/evil.io/a/b' }],
  ])('%s', (address, source) => {
    expect(parseGitSource(address)).toEqual(source);
  });

  it.each([
    ['https://github.com@evil.io/org/app'],
    ['https://user:secret@github.com/org/app'],
    ['http://github.com/org/app'],
    ['https://github.com/org'],
    ['https://github.com/org/../evil/app'],
    ['https://github.com/org/%2e%2e/app'],
    ['https://github.com//org/app'],
    ['https://github.com/org/app?x=y'],
    ['https://github.com/org/app@refs/heads/main?x'],
    ['https://github.com/org/app@a:b'],
    ['https://.github.com/org/app'],
    ['https://github.com./org/app'],
    ['github.com/org/app'],
    ['https://github.com/org/app\n@refs/heads/main'],
    [`https://github.com/org/${'a'.repeat(3000)}`],
    [''],
  ])('takes %j for no repository', (address) => {
    expect(parseGitSource(address)).toBeUndefined();
  });
});

describe('the source repository of a policy', () => {
  it.each(['org/app', 'gitlab.com/a/b', 'gitlab.com/a/b/c', 'localhost:3000/a/b'])('may be %s', (text) => {
    expect(isSourceRepository(text)).toBe(true);
  });

  it.each([
    'app',
    'github.com/org/app',
    'https://github.com/org/app',
    'org/app.git',
    'org/*',
    'a/b/c',
    'a.b/c',
    '../a',
    'a//b',
  ])('may not be %s', (text) => {
    expect(isSourceRepository(text)).toBe(false);
  });

  it('is a path of names', () => {
    expect(['org/app', 'a/b/c', 'a', 'a/', '../b', 'a/./b', 'a b/c'].map(isRepositoryPath)).toEqual([
      true,
      true,
      ...[false, false, false, false, false],
    ]);
  });
});
