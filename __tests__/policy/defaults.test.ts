import { describe, expect, it } from '@jest/globals';
import { parseReference } from '../../src/image/reference.ts';
import { DEFAULT_FORBIDDEN_TAGS, SCAN_DEFAULTS } from '../../src/policy/defaults.ts';
import { parseDuration } from '../../src/policy/duration.ts';

describe('the defaults', () => {
  it('forbid the tags that move', () => {
    expect(DEFAULT_FORBIDDEN_TAGS).toEqual(expect.arrayContaining(['latest', 'main', 'master']));
    for (const tag of DEFAULT_FORBIDDEN_TAGS)
      expect(parseReference(`a.io/x:${tag}`)).toMatchObject({ kind: 'tag', tag });
  });

  it('refuse what is critical, with a fix or without', () => {
    expect(SCAN_DEFAULTS).toMatchObject({ mode: 'enforce', severity: ['CRITICAL'], ignoreUnfixed: false });
  });

  it('know a second mirror for each database, on another registry', () => {
    for (const mirrors of [SCAN_DEFAULTS.databases, SCAN_DEFAULTS.javaDatabases]) {
      const registries = mirrors.map((mirror) => parseReference(mirror).repository.split('/')[0]);
      expect(new Set(registries).size).toBeGreaterThan(1);
    }
  });

  it('take a database of two days', () => {
    expect(SCAN_DEFAULTS.maxDatabaseAge).toBe(parseDuration('48h'));
  });
});
