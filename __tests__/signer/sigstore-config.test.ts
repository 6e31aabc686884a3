import { describe, expect, it } from '@jest/globals';
import {
  EMPTY_SIGNING_CONFIG,
  EMPTY_TRUSTED_ROOT,
  fitSigningConfig,
  parseTrustedRoot,
} from '../../src/signer/sigstore-config.ts';

const mediaType = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';
const LOGGED = JSON.stringify({
  mediaType,
  caUrls: [{ url: 'http://fulcio.test' }],
  rekorTlogUrls: [{ url: 'http://rekor.test' }],
  rekorTlogConfig: { selector: 'EXACT', count: 1 },
});
const unusable = (message: RegExp) =>
  expect.objectContaining({
    code: 'TRUST_UNUSABLE',
    message: expect.stringMatching(message),
    hint: expect.any(String),
  });

describe('a signing configuration', () => {
  it('stays as it is where a log is wanted', () => {
    expect(fitSigningConfig(LOGGED, true)).toBe(LOGGED);
  });

  it('loses its log, and nothing else, where none is wanted', () => {
    expect(JSON.parse(fitSigningConfig(LOGGED, false))).toEqual({
      mediaType,
      caUrls: [{ url: 'http://fulcio.test' }],
      rekorTlogUrls: [],
      rekorTlogConfig: {},
    });
  });

  it('is refused without the log that is wanted', () => {
    expect(() => fitSigningConfig(EMPTY_SIGNING_CONFIG, true)).toThrow(unusable(/names no transparency log/));
  });

  it.each(['', 'text', 'null', '[]', '{}', EMPTY_TRUSTED_ROOT])('is not %j', (text) => {
    expect(() => fitSigningConfig(text, false)).toThrow(unusable(/signing-config/));
  });
});

describe('a trusted root', () => {
  it('says what it gives the means to check', () => {
    expect(parseTrustedRoot(EMPTY_TRUSTED_ROOT)).toEqual({
      text: EMPTY_TRUSTED_ROOT,
      hasAuthorities: false,
      hasLogs: false,
      hasCertificateLogs: false,
      hasTimestampAuthorities: false,
    });
  });

  it.each(['', 'text', 'null', '[]', '{}', LOGGED])('is not %j', (text) => {
    expect(() => parseTrustedRoot(text)).toThrow(unusable(/trusted-root/));
  });
});
