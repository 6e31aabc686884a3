import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { formatSigningKey, parseSigningKey } from '../../src/signer/key.ts';

describe('a signing key', () => {
  it('is in an environment variable', () => {
    const key = parseSigningKey('env://COSIGN_PRIVATE_KEY', '/workspace');
    expect(key).toEqual({ kind: 'env', variable: 'COSIGN_PRIVATE_KEY' });
    expect(key && formatSigningKey(key)).toBe('env://COSIGN_PRIVATE_KEY');
  });

  it('or in a file, from the workspace', () => {
    expect(parseSigningKey('keys/cosign.key', '/workspace')).toEqual({
      kind: 'file',
      path: resolve('/workspace', 'keys/cosign.key'),
    });
    const absolute = resolve('/keys/cosign.key');
    expect(parseSigningKey(absolute, '/workspace')).toEqual({ kind: 'file', path: absolute });
    expect(formatSigningKey({ kind: 'file', path: absolute })).toBe(absolute);
  });

  it.each([
    'awskms://alias/x',
    'gcpkms://projects/x',
    'hashivault://x',
    'k8s://ns/x',
    'env://',
    'env://A B',
    'env://A-B',
  ])('is not yet %s', (text) => {
    expect(parseSigningKey(text, '/workspace')).toBeUndefined();
  });

  it('can never be taken by cosign for a flag', () => {
    const key = parseSigningKey('--registry-token', '/workspace');
    expect(key && formatSigningKey(key)).toBe(resolve('/workspace', '--registry-token'));
  });
});
