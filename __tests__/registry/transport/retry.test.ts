import { describe, expect, it } from '@jest/globals';
import { RegistryError } from '../../../src/registry/error.ts';
import {
  chooseDelay,
  DEFAULT_RETRY,
  isRetryableFault,
  isRetryableStatus,
  parseRetryAfter,
} from '../../../src/registry/transport/retry.ts';

const policy = { ...DEFAULT_RETRY, now: () => Date.parse('2026-01-01T00:00:00Z'), random: () => 1 };

describe('isRetryableStatus', () => {
  it.each([408, 429, 499, 500, 502, 503, 504, 522])('asks again after %d', (status) => {
    expect(isRetryableStatus(status)).toBe(true);
  });

  it.each([200, 301, 400, 401, 403, 404, 405, 409, 412, 413, 416, 501, 505])('takes %d as the answer', (status) => {
    expect(isRetryableStatus(status)).toBe(false);
  });
});

describe('isRetryableFault', () => {
  it.each([
    'ECONNRESET',
    'ECONNREFUSED',
    'EAI_AGAIN',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
  ])('asks again after %s', (code) => {
    expect(isRetryableFault(Object.assign(new Error('x'), { code }))).toBe(true);
    expect(isRetryableFault(new Error('outside', { cause: Object.assign(new Error('x'), { code }) }))).toBe(true);
    expect(isRetryableFault(new AggregateError([Object.assign(new Error('x'), { code })]))).toBe(true);
  });

  it.each(['ENOTFOUND', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'UND_ERR_ABORTED', 'UND_ERR_INVALID_ARG'])(
    'does not after %s',
    (code) => {
      expect(isRetryableFault(Object.assign(new Error('x'), { code }))).toBe(false);
    },
  );

  it('does not after an error that is already final, whatever caused it', () => {
    const cause = Object.assign(new Error('x'), { code: 'ECONNRESET' });
    expect(isRetryableFault(new RegistryError('UNAVAILABLE', 'final', { cause }))).toBe(false);
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['2', 2000],
    ['1.5', 1500],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Thu, 01 Jan 2015 00:00:10 GMT', 0],
  ])('reads %j', (text, expected) => {
    expect(parseRetryAfter(text, policy.now())).toBe(expected);
  });

  it.each(['', 'soon', '35µs', '1e9', '-1', 'NaN', '9'.repeat(400)])('takes nothing from %.20j', (text) => {
    expect(parseRetryAfter(text, policy.now())).toBeUndefined();
  });
});

describe('chooseDelay', () => {
  it('doubles from half a second and stops at thirty', () => {
    expect([2, 3, 4, 5, 12].map((next) => chooseDelay(policy, next, undefined))).toEqual([
      500, 1000, 2000, 4000, 30_000,
    ]);
  });

  it('jitters over the upper half', () => {
    expect(chooseDelay({ ...policy, random: () => 0 }, 2, undefined)).toBe(250);
  });

  it('waits as long as it is asked to, but no longer than the cap', () => {
    expect(chooseDelay(policy, 2, '7')).toBe(7000);
    expect(chooseDelay(policy, 2, '999999999')).toBe(30_000);
  });

  it('does not hammer a server that asks for no wait', () => {
    expect(chooseDelay(policy, 2, '0')).toBe(500);
    expect(chooseDelay(policy, 2, 'Thu, 01 Jan 2015 00:00:10 GMT')).toBe(500);
  });
});
