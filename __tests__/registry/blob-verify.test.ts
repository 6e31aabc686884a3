import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { BlobCheck, checkClaimedDigest } from '../../src/registry/blob-verify.ts';
import type { Response } from '../../src/registry/transport/message.ts';

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

describe('checkClaimedDigest', () => {
  const request = {
    purpose: 'test',
    method: 'HEAD',
    repository: parseRepository('r.example/app'),
    target: '/',
    scopes: [],
  };
  const claim = (claimed: string | undefined) => {
    const headers = claimed === undefined ? {} : { 'docker-content-digest': claimed };
    const response = { status: 200, url: new URL('https://r.example/'), headers } as unknown as Response;
    return () => checkClaimedDigest(request as never, response, digestOf('abcd'));
  };

  it('takes our digest, none, and one of another algorithm', () => {
    for (const claimed of [digestOf('abcd'), undefined, '', `sha512:${'0'.repeat(128)}`])
      expect(claim(claimed)).not.toThrow();
  });

  it.each([digestOf('other'), 'sha512:beef', 'nonsense'])('refuses %j', (claimed) => {
    expect(claim(claimed)).toThrow(expect.objectContaining({ code: 'DIGEST_MISMATCH' }));
  });
});
