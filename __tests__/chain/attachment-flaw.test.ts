import { describe, expect, it } from '@jest/globals';
import { describeFlaw, explainFlaw } from '../../src/chain/attachment-flaw.ts';
import { ImageError } from '../../src/image/error.ts';
import { RegistryError, type RegistryErrorCode } from '../../src/registry/error.ts';

const said = (code: string) => ({ diagnostics: [{ code, message: code }] });
const wordless = new RegistryError('NOT_FOUND', 'nothing here');

describe('what is wrong with an attachment', () => {
  it.each<[RegistryErrorCode, string | undefined]>([
    ['DIGEST_MISMATCH', 'broken'],
    ['SIZE_MISMATCH', 'broken'],
    ['TOO_LARGE', 'broken'],
    ['DENIED', undefined],
    ['UNAUTHORIZED', undefined],
    ['UNAVAILABLE', undefined],
    ['RATE_LIMITED', undefined],
    ['CANCELLED', undefined],
    ['PROTOCOL', undefined],
    ['NOT_FOUND', undefined],
  ])('is told of for %s: %s', (code, reason) => {
    expect(describeFlaw(new RegistryError(code, 'broken'))).toBe(reason);
  });

  it('is that it is no manifest, or that the registry itself says it is gone', () => {
    const cause = new ImageError('INVALID_MANIFEST', 'no manifest');
    expect(describeFlaw(new RegistryError('PROTOCOL', 'could not read', { cause }))).toBe('no manifest');
    expect(describeFlaw(cause)).toBe('no manifest');
    expect(describeFlaw(new RegistryError('NOT_FOUND', 'x', said('BLOB_UNKNOWN')))).toBe(
      'the registry does not have it',
    );
    expect(describeFlaw(new RegistryError('NOT_FOUND', 'x', said('ELSE')))).toBeUndefined();
    expect(describeFlaw(new Error('x'))).toBeUndefined();
  });

  it('is decided by a look where a registry says "not found" without words', async () => {
    expect(await explainFlaw(wordless, async () => false)).toBe('the registry does not have it');
    await expect(explainFlaw(wordless, async () => true)).rejects.toBe(wordless);
    const denied = new RegistryError('DENIED', 'no');
    await expect(explainFlaw(denied, () => Promise.reject(new TypeError('not to be asked')))).rejects.toBe(denied);
  });
});
