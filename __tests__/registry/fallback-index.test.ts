import { describe, expect, it } from '@jest/globals';
import { parseDigest } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { fallbackTag } from '../../src/registry/fallback-index.ts';

const repository = parseRepository('registry.test/app');

describe('fallbackTag', () => {
  it('is the algorithm and the hex of the subject', () => {
    expect(fallbackTag(repository, parseDigest(`sha256:${'a'.repeat(64)}`))).toBe(`sha256-${'a'.repeat(64)}`);
  });

  it('cuts the hex of a longer digest at 64 characters, as the specification says', () => {
    expect(fallbackTag(repository, parseDigest(`sha512:${'a'.repeat(64)}${'b'.repeat(64)}`))).toBe(
      `sha512-${'a'.repeat(64)}`,
    );
  });
});
