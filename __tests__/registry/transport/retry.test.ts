import { describe, expect, it } from '@jest/globals';
import { RegistryError } from '../../../src/registry/error.ts';
import { ProxyError } from '../../../src/registry/transport/proxy-error.ts';
import {
  chooseDelay,
  DEFAULT_RETRY,
  isAskedTooMuch,
  isRetryableFault,
  isRetryableStatus,
} from '../../../src/registry/transport/retry.ts';

const policy = { ...DEFAULT_RETRY, now: () => Date.parse('2026-01-01T00:00:00Z'), random: () => 1 };

describe('isRetryableStatus', () => {
  it.each([408, 429, 499, 500, 502, 503, 504, 507, 520, 522, 530, 599])('asks again after %d', (status) => {
    expect(isRetryableStatus(status)).toBe(true);
  });

  it.each([200, 301, 400, 401, 403, 404, 405, 409, 412, 413, 416, 501, 505, 511])(
    'takes %d as the answer',
    (status) => {
      expect(isRetryableStatus(status)).toBe(false);
    },
  );
});

describe('isRetryableFault', () => {
  it.each([
    'ECONNRESET',
    'ECONNREFUSED',
    'ECONNABORTED',
    'EPIPE',
    'ETIMEDOUT',
    'EAI_AGAIN',
    'ENETDOWN',
    'ENETRESET',
    'ENETUNREACH',
    'EHOSTDOWN',
    'EHOSTUNREACH',
    'UND_ERR_SOCKET',
    'UND_ERR_INFO',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
    'UND_ERR_PRX_CONN',
    'HPE_INVALID_CONSTANT',
    'HPE_INVALID_CHUNK_SIZE',
    'HPE_INVALID_EOF_STATE',
  ])('asks again after %s', (code) => {
    expect(isRetryableFault(Object.assign(new Error('x'), { code }))).toBe(true);
    expect(isRetryableFault(new Error('outside', { cause: Object.assign(new Error('x'), { code }) }))).toBe(true);
    expect(isRetryableFault(new AggregateError([Object.assign(new Error('x'), { code })]))).toBe(true);
  });

  it.each([
    'ENOTFOUND',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UND_ERR_ABORTED',
    'UND_ERR_DESTROYED',
    'UND_ERR_CLOSED',
    'UND_ERR_HEADERS_OVERFLOW',
    'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
    'UND_ERR_PRX_TLS',
    'UND_ERR_INVALID_ARG',
  ])('does not after %s', (code) => {
    expect(isRetryableFault(Object.assign(new Error('x'), { code }))).toBe(false);
  });

  it.each([
    [503, true],
    [403, false],
    [407, false],
  ])('takes the word of a proxy that opened no tunnel with %d', (status, expected) => {
    const refusal = ProxyError.refused('proxy.test:3128', status, 'registry.test:443');
    expect(isRetryableFault(new AggregateError([new Error('no', { cause: refusal })]))).toBe(expected);
  });

  it('does not after an error that is already final, whatever caused it', () => {
    const cause = Object.assign(new Error('x'), { code: 'ECONNRESET' });
    expect(isRetryableFault(new RegistryError('UNAVAILABLE', 'final', { cause }))).toBe(false);
  });
});

describe('chooseDelay', () => {
  it('doubles from half a second and stops at a minute and a half', () => {
    expect([2, 3, 4, 5, 12].map((next) => chooseDelay(policy, next, undefined))).toEqual([
      500, 1000, 2000, 4000, 90_000,
    ]);
  });

  it('jitters over the upper half', () => {
    expect(chooseDelay({ ...policy, random: () => 0 }, 2, undefined)).toBe(250);
  });

  it('waits as long as it is asked to, but no longer than the cap', () => {
    expect(chooseDelay(policy, 2, '7')).toBe(7000);
    expect(chooseDelay(policy, 2, '200')).toBe(90_000);
  });

  it('does not hammer a server that asks for no wait', () => {
    expect(chooseDelay(policy, 2, '0')).toBe(500);
    expect(chooseDelay(policy, 2, 'Thu, 01 Jan 2015 00:00:10 GMT')).toBe(500);
  });
});

describe('isAskedTooMuch', () => {
  it.each([
    ['300', false],
    ['301', true],
    ['Thu, 01 Jan 2026 01:00:00 GMT', true],
    ['soon', false],
    [undefined, false],
  ])('takes a wait of %j for too long: %j', (asked, expected) => {
    expect(isAskedTooMuch(policy, asked)).toBe(expected);
  });
});
