import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { Response, Send } from '../../../src/registry/transport/message.ts';
import { fetchToken, formatBasic } from '../../../src/registry/transport/token.ts';

function answerWith(json: object, headers: Record<string, string> = {}): Send {
  return async ({ url }) => {
    const body = Readable.from([Buffer.from(JSON.stringify(json))]) as unknown as Response['body'];
    return { status: 200, headers, url, body };
  };
}

const request = {
  realm: new URL('https://auth.test/token?kept=1'),
  service: 'svc',
  scopes: ['repository:a:pull', 'repository:b:pull'],
  credential: { kind: 'anonymous' },
  origin: new URL('https://registry.test/'),
} as const;

describe('fetchToken', () => {
  it.each([
    [{}, {}, 60_000],
    [{ expires_in: 300 }, {}, 300_000],
    [{ expires_in: 0 }, {}, 60_000],
    [{ expires_in: -5 }, {}, 60_000],
    [{ expires_in: '300' }, {}, 60_000],
    [{ expires_in: null }, {}, 60_000],
    [{ expires_in: 1e12 }, {}, 3_600_000],
    [{ expires_in: 0.5 }, {}, 500],
    [{ expires_in: 300, issued_at: '2026-01-01T00:00:00Z' }, { date: 'Thu, 01 Jan 2026 00:01:40 GMT' }, 200_000],
    [{ expires_in: 300, issued_at: '2020-01-01T00:00:00Z' }, { date: 'Thu, 01 Jan 2026 00:00:00 GMT' }, 300_000],
    [{ expires_in: 300, issued_at: 'yesterday' }, {}, 300_000],
  ])('gives a token %j with headers %j a life of %d ms', async (json, headers, lifetime) => {
    expect(await fetchToken(answerWith({ token: 'T', ...json }, headers), request)).toEqual({ value: 'T', lifetime });
  });

  it('asks again within the hour for a token without an end', async () => {
    const send: Send = async ({ url }) => {
      const body = Readable.from([Buffer.from('{"token":"T","expires_in":1e999}')]) as unknown as Response['body'];
      return { status: 200, headers: {}, url, body };
    };
    expect(await fetchToken(send, request)).toEqual({ value: 'T', lifetime: 3_600_000 });
  });

  it('takes access_token where token is there but empty', async () => {
    expect(await fetchToken(answerWith({ token: '', access_token: 'A' }), request)).toMatchObject({ value: 'A' });
  });

  it('says for which registry it asks, so that its realm can be judged', async () => {
    const sent: (URL | undefined)[] = [];
    const send: Send = async (wire) => {
      sent.push(wire.registry);
      return answerWith({ token: 'T' })(wire);
    };
    await fetchToken(send, request);
    await fetchToken(send, { ...request, credential: { kind: 'identity-token', token: 'R' } });
    expect(sent).toEqual([request.origin, request.origin]);
  });

  it('keeps the query of the realm and repeats the scope', async () => {
    let asked = '';
    await fetchToken(async (sent) => {
      asked = sent.url.href;
      return answerWith({ token: 'T' })(sent);
    }, request);
    expect(decodeURIComponent(asked)).toBe(
      'https://auth.test/token?kept=1&service=svc&scope=repository:a:pull&scope=repository:b:pull',
    );
  });
});

describe('formatBasic', () => {
  it('encodes user and password as UTF-8, and nobody not at all', () => {
    expect(formatBasic({ kind: 'basic', username: 'ü', password: ':' })).toBe(
      `Basic ${Buffer.from('ü::').toString('base64')}`,
    );
    expect(formatBasic({ kind: 'anonymous' })).toBeUndefined();
  });
});
