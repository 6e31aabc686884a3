import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { makeSignature, makeStatement, SIGNATURE_PREDICATE, toDigestSet } from '../../src/chain/statement.ts';
import { digestOf, parseDigest } from '../../src/image/digest.ts';

const DIGEST = digestOf('x');

describe('a statement', () => {
  it('has the form of in-toto v1, about one subject', () => {
    expect(makeStatement({ name: 'r.test/app', digest: toDigestSet(DIGEST) }, 'a/b', { c: 'd' })).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'r.test/app', digest: { sha256: DIGEST.slice(7) } }],
      predicateType: 'a/b',
      predicate: { c: 'd' },
    });
  });

  it('names the algorithm of its digest', () => {
    const hex = createHash('sha512').update('x').digest('hex');
    expect(toDigestSet(parseDigest(`sha512:${hex}`))).toEqual({ sha512: hex });
  });
});

describe('a signature', () => {
  it('is the statement that cosign sign would sign, annotations at the subject', () => {
    expect(makeSignature(DIGEST, { target: 'prod.test/app:1' })).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ digest: { sha256: DIGEST.slice(7) }, annotations: { target: 'prod.test/app:1' } }],
      predicateType: SIGNATURE_PREDICATE,
      predicate: {},
    });
  });
});
