import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { formatSigningKey, listKeyVariables, parseSigningKey } from '../../src/signer/key.ts';

const parse = (text: string) => {
  const key = parseSigningKey(text, '/workspace');
  return [key, key && formatSigningKey(key)];
};

describe('a signing key', () => {
  it('is in an environment variable', () => {
    expect(parse('env://COSIGN_PRIVATE_KEY')).toEqual([
      { kind: 'env', variable: 'COSIGN_PRIVATE_KEY' },
      'env://COSIGN_PRIVATE_KEY',
    ]);
  });

  it('or in a file, from the workspace', () => {
    const path = resolve('/workspace', 'keys/cosign.key');
    expect(parse('keys/cosign.key')).toEqual([{ kind: 'file', path }, path]);
    const absolute = resolve('/keys/cosign.key');
    expect(parse(absolute)).toEqual([{ kind: 'file', path: absolute }, absolute]);
  });

  it('or in a KMS', () => {
    const uri = 'awskms:///alias/x';
    expect(parse(uri)).toEqual([{ kind: 'kms', uri }, uri]);
  });

  it('or nowhere: the workflow signs by its identity', () => {
    expect(parse('')).toEqual([{ kind: 'keyless' }, 'keyless']);
  });

  it.each(['pkcs11://x', 'file:///x', 'https://x/key', 'awskms://', 'env://', 'env://A B', 'env://A-B'])(
    'is not %s',
    (text) => expect(parse(text)).toEqual([undefined, undefined]),
  );

  it('can never be taken by cosign for a flag', () => {
    expect(parse('--registry-token')[1]).toBe(resolve('/workspace', '--registry-token'));
  });
});

describe('the variables that cosign needs', () => {
  it('are those of the key and its password, and none of ours for a KMS or without a key', () => {
    const read = (text: string) => listKeyVariables(parseSigningKey(text, '/workspace'));
    expect(read('env://KEY')).toEqual(['COSIGN_PASSWORD', 'KEY']);
    expect(read('cosign.key')).toEqual(['COSIGN_PASSWORD']);
    expect([read('awskms:///alias/release'), read(''), listKeyVariables(undefined)]).toEqual([[], [], []]);
  });
});
