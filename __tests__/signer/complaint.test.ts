import { describe, expect, it } from '@jest/globals';
import {
  explainRefutation,
  isConflict,
  isImageRefuted,
  isTransient,
  readComplaint,
} from '../../src/signer/complaint.ts';

const ended = (complaint: string, code: number | null = 1, timedOut = false) => ({ complaint, code, timedOut });
const said = (stderr: string, code: number | null = 1) => readComplaint({ code, signal: null, stdout: '', stderr });

describe('what cosign said last', () => {
  it('is the error it told of, without warnings and on one line', () => {
    expect(said('WARNING: Skipping\nError: a\nb\nerror during command execution: a\nb\n')).toBe('a b');
    expect(said('Flag --x has been deprecated\nError: a\n')).toBe('a');
    expect(said('\nsomething else\n\n')).toBe('something else');
    expect(said('', 3)).toBe('it said nothing (ended with exit code 3)');
    expect(said(`Error: ${'x'.repeat(5_000)}`).length).toBeLessThan(700);
  });
});

describe('a refusal', () => {
  const SAN =
    'failed to verify certificate identity: no matching CertificateIdentity found, last error: expected SAN value "a", got "connection refused: i/o timeout"';

  it('is told in words', () => {
    expect(explainRefutation(ended(SAN))).toBe('expected SAN value "a", got "connection refused: i/o timeout"');
  });

  it('is not made another thing by what a stranger wrote into his name', () => {
    expect(isTransient(ended(SAN))).toBe(false);
  });

  it.each([
    'failed to verify signature: could not fetch verifier public key: getting public key: 503',
    'setting trusted material: loading trusted root: failed to read',
    'loading verifier from key opts: loading public key: PEM decoding failed',
    'getting trusted root from TUF for new bundle verification: tuf refresh failed',
    'unknown flag: --bundle',
    'prefix failed to verify signature: x',
  ])('is not %j', (complaint) => {
    expect(explainRefutation(ended(complaint))).toBeUndefined();
  });

  it('is not what was stopped, killed or ended otherwise', () => {
    for (const [code, timedOut] of [
      [null, false],
      [1, true],
      [2, false],
    ] as const) {
      expect(explainRefutation(ended('invalid predicate type, expected a', code, timedOut))).toBeUndefined();
      expect(isImageRefuted(ended('no signatures found', code, timedOut))).toBe(false);
    }
  });
});

describe('an image', () => {
  it.each<[string, number]>([
    ['no signatures found', 10],
    ['no matching signatures: crypto/rsa: verification error', 12],
    ['no matching attestations:', 1],
    ['none of the attestations matched the predicate type: a, found: b', 1],
  ])('is refused by %j', (complaint, code) => expect(isImageRefuted(ended(complaint, code))).toBe(true));

  it.each<[string, number]>([
    ['no matching attestations: GET http://x: unexpected status code 503', 1],
    ['no matching signatures: dial tcp: connection refused', 12],
    ['GET http://x: unexpected status code 401 Unauthorized', 1],
    ['MANIFEST_UNKNOWN', 1],
  ])('is not by %j', (complaint, code) => expect(isImageRefuted(ended(complaint, code))).toBe(false));
});

describe('a fault on the way', () => {
  it.each([
    'error signing bundle: http: read on closed response body',
    'adding rekor v2 entry: unexpected response: 429 ',
    'adding rekor v2 entry: unexpected response: 503 {}',
    'Fulcio returned 500: {}',
    'dial tcp: lookup x: no such host',
    'Post "http://x": context deadline exceeded',
    'unexpected EOF',
  ])('is %j', (complaint) => expect(isTransient(ended(complaint))).toBe(true));

  it.each(['Fulcio returned 400: {}', 'unexpected response: 400', 'unexpected status code 404', 'decryption failed'])(
    'is not %j',
    (complaint) => expect(isTransient(ended(complaint))).toBe(false),
  );

  it('may be an answer of the log that was lost', () => {
    const conflict = ended('adding rekor v2 entry: unexpected response: 409 {}');
    expect([isConflict(conflict), isTransient(conflict)]).toEqual([true, true]);
    expect(isConflict(ended('unexpected response: 503'))).toBe(false);
  });
});
