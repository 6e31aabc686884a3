import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { BlobCheck } from '../../src/registry/blob-verify.ts';

const check = () => new BlobCheck({ digest: digestOf('abcd'), size: 4 }, 'the blob');

describe('BlobCheck', () => {
  it('is content with the blob in any pieces', () => {
    const pieces = check();
    for (const piece of ['a', '', 'bcd']) pieces.update(Buffer.from(piece));
    expect(pieces.isComplete).toBe(true);
    expect(() => pieces.finish()).not.toThrow();
  });

  it('says at once that there is too much', () => {
    expect(() => check().update(Buffer.from('abcde'))).toThrow(expect.objectContaining({ code: 'SIZE_MISMATCH' }));
  });

  it('tells too little from something else', () => {
    const [short, other] = [check(), check()];
    short.update(Buffer.from('abc'));
    other.update(Buffer.from('abcx'));
    expect(() => short.finish()).toThrow(expect.objectContaining({ code: 'SIZE_MISMATCH' }));
    expect(() => other.finish()).toThrow(expect.objectContaining({ code: 'DIGEST_MISMATCH' }));
  });
});
