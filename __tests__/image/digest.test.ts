import { describe, expect, it } from '@jest/globals';
import {
  digestAlgorithm,
  digestHex,
  digestOf,
  isDigest,
  matchesDigest,
  parseDigest,
  startHash,
} from '../../src/image/digest.ts';

const EMPTY_256 = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const EMPTY_512 = `sha512:${'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e'}`;

describe('a digest', () => {
  it.each([EMPTY_256, EMPTY_512])('is %s', (text) => {
    expect(isDigest(text)).toBe(true);
    expect(parseDigest(text)).toBe(text);
  });

  it.each([
    ['empty', ''],
    ['without an algorithm', EMPTY_256.slice(7)],
    ['upper case', EMPTY_256.toUpperCase()],
    ['too short', EMPTY_256.slice(0, -1)],
    ['too long', `${EMPTY_256}0`],
    ['sha256 of the length of sha512', `sha256:${EMPTY_512.slice(7)}`],
    ['an unregistered algorithm', EMPTY_256.replace('sha256', 'md5')],
    ['the name of an object member', EMPTY_256.replace('sha256', 'constructor')],
    ['followed by a line', `${EMPTY_256}\n`],
    ['followed by another', `${EMPTY_256}:00`],
    ['a path', 'sha256:../../../../etc/passwd'],
  ])('is not one that is %s', (_, text) => {
    expect(isDigest(text)).toBe(false);
    expect(() => parseDigest(text)).toThrow(expect.objectContaining({ code: 'INVALID_DIGEST' }));
  });

  it('has two parts', () => {
    const digest = parseDigest(EMPTY_512);
    expect([digestAlgorithm(digest), digestHex(digest)]).toEqual(['sha512', EMPTY_512.slice(7)]);
    expect(digestAlgorithm(parseDigest(EMPTY_256))).toBe('sha256');
  });
});

describe('hashing', () => {
  it('makes sha256', () => {
    expect(digestOf('')).toBe(EMPTY_256);
    expect(digestOf(new Uint8Array())).toBe(EMPTY_256);
  });

  it('compares in the digest’s own algorithm', () => {
    for (const text of [EMPTY_256, EMPTY_512]) {
      expect(matchesDigest(new Uint8Array(), parseDigest(text))).toBe(true);
      expect(matchesDigest(Buffer.from('x'), parseDigest(text))).toBe(false);
    }
  });

  it('can go along with a stream', () => {
    const digest = parseDigest(EMPTY_512);
    expect(startHash(digest).update('').digest('hex')).toBe(digestHex(digest));
  });
});
