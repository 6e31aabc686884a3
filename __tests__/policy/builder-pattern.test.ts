import { describe, expect, it } from '@jest/globals';
import { isBuilderPattern, matchesBuilder } from '../../src/policy/builder-pattern.ts';

const WORKFLOW = 'https://github.com/org/builds/.github/workflows/build.yml';

describe('the id of a builder', () => {
  it.each([
    [`${WORKFLOW}@refs/tags/v1`, `${WORKFLOW}@refs/tags/v1`],
    [`${WORKFLOW}@*`, `${WORKFLOW}@refs/tags/v1`],
    ['https://github.com/org/builds/*', `${WORKFLOW}@refs/tags/v1`],
    ['https://github.com/*', 'https://github.com/actions/runner/github-hosted'],
    ['urn:builder:1', 'urn:builder:1'],
  ])('%s matches %s', (pattern, id) => {
    expect(matchesBuilder(pattern, id)).toBe(true);
  });

  it.each([
    [`${WORKFLOW}@refs/tags/v1`, `${WORKFLOW}@refs/tags/v10`],
    [`${WORKFLOW}@*`, `${WORKFLOW}@`],
    [`${WORKFLOW}@*`, 'https://github.com/org/builds/.github/workflows/build.yml.evil@v1'],
    ['https://github.com/org/builds/*', 'https://github.com/org/builds-evil/x'],
    ['https://github.com/org/builds/*', 'https://github.com/org/builds/../../evil/x'],
    ['https://github.com/org/builds/*', 'https://GitHub.com/org/builds/x'],
    ['https://github.com/org/bui*', 'https://github.com/org/builds'],
    ['*', 'anything'],
  ])('%s does not match %s', (pattern, id) => {
    expect(matchesBuilder(pattern, id)).toBe(false);
  });

  it.each([
    '*',
    'https://*',
    'https://github.com*',
    'https://github.com/o*',
    'https://*/x',
    'https://g.io/*/x',
    'a b',
    '',
  ])('is not %j', (text) => {
    expect(isBuilderPattern(text)).toBe(false);
  });
});
