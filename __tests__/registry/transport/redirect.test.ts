import { describe, expect, it } from '@jest/globals';
import type { Response, Send, WireRequest } from '../../../src/registry/transport/message.ts';
import {
  isSentElsewhere,
  refuseAddress,
  resolveAddress,
  withRedirects,
} from '../../../src/registry/transport/redirect.ts';

const registry = new URL('https://registry.test/v2/');

describe('refuseAddress', () => {
  it.each([
    ['https://registry.test/v2/', 'http://registry.test/v2/', /https for http/],
    ['https://registry.test/v2/', 'http://127.0.0.1/', /https for http/],
    ['https://registry.test/v2/', 'http://auth.test/token', /https for http/],
    ['https://registry.test/v2/', 'https://registry.test@127.0.0.1/', /this machine/],
    ['https://registry.test/v2/', 'https://[64:ff9b::7f00:1]/', /this machine/],
    ['https://registry.test/v2/', 'https://0x7f.0.0.1/', /this machine/],
    ['https://registry.test/v2/', 'https://2852039166/latest', /this machine/],
    ['https://registry.test/v2/', 'https://100.100.100.200/', /this machine/],
    ['https://registry.test/v2/', 'https://127.0.0.1:8443/', /this machine/],
    ['http://registry.test/v2/', 'http://169.254.169.254/', /this machine/],
    ['http://registry.test/v2/', 'http://[::ffff:7f00:1]:5000/', /this machine/],
    ['http://127.0.0.1:5000/', 'http://169.254.169.254/latest/meta-data/', /its cloud/],
    ['http://localhost:5000/', 'http://metadata.google.internal/', /its cloud/],
    ['https://registry.test/v2/', 'file:///etc/passwd', /web address/],
  ])('refuses the way from %s to %s', (from, to, reason) => {
    expect(refuseAddress(new URL(from), new URL(to))).toMatch(reason);
  });

  it.each([
    ['https://registry.test/v2/', 'https://storage.test/blob?sig=1'],
    ['http://registry.test/', 'https://registry.test/'],
    ['http://127.0.0.1:5000/', 'http://127.0.0.1:6000/'],
    ['http://localhost:5000/', 'http://127.0.0.1:6000/'],
    ['https://registry.test/', 'https://10.0.0.5/'],
  ])('allows the way from %s to %s', (from, to) => {
    expect(refuseAddress(new URL(from), new URL(to))).toBeUndefined();
  });
});

describe('resolveAddress', () => {
  it('resolves what is relative against the address that answered', () => {
    expect(resolveAddress(registry, '../up/1?a=b', 'Location').href).toBe('https://registry.test/up/1?a=b');
  });

  it('keeps the query of a refused address out of the error', () => {
    expect(() => resolveAddress(registry, 'http://registry.test/?sig=secret', 'Location')).toThrow(
      expect.objectContaining({
        code: 'REDIRECT_REFUSED',
        url: 'http://registry.test/',
        hint: expect.stringContaining('X-Forwarded-Proto'),
      }),
    );
  });

  it('calls text that is no address a broken protocol', () => {
    expect(() => resolveAddress(registry, 'http://[', 'Location')).toThrow(
      expect.objectContaining({ code: 'PROTOCOL' }),
    );
  });
});

describe('withRedirects', () => {
  it('does not give credentials back after a detour over another origin', async () => {
    const { send, sent } = record({
      'https://registry.test/v2/': 'https://other.test/',
      'https://other.test/': 'https://registry.test/end',
    });
    await withRedirects(send)({ method: 'GET', url: registry, headers: { Authorization: 'Bearer x', accept: 'y' } });
    expect(sent.map(({ url, headers }) => [url.href, headers])).toEqual([
      ['https://registry.test/v2/', { Authorization: 'Bearer x', accept: 'y' }],
      ['https://other.test/', { accept: 'y' }],
      ['https://registry.test/end', { accept: 'y' }],
    ]);
  });

  it.each([
    'https://registry.test:8443/',
    'https://sub.registry.test/',
    'https://registry.test@evil.test/',
    'https://registry.test.evil.test/',
    'https://evil-registry.test/',
    '//evil.test/registry.test/',
    '\\\\evil.test/',
  ])('takes %s for another origin', async (elsewhere) => {
    const { send, sent } = record({ 'https://registry.test/v2/': elsewhere });
    await withRedirects(send)({ method: 'GET', url: registry, headers: { authorization: 'Bearer x' } });
    expect(sent[1]?.headers).toEqual({});
  });

  it('names the registry that sent us there for each further step, so that the address can be judged', async () => {
    const { send, sent } = record({
      'https://registry.test/v2/': 'https://other.test/',
      'https://other.test/': 'https://third.test/',
    });
    await withRedirects(send)({ method: 'GET', url: registry, headers: {} });
    expect(sent.map((request) => request.registry?.href)).toEqual([undefined, registry.href, registry.href]);
  });

  it('gives up after ten redirects', async () => {
    const { send, sent } = record({ 'https://registry.test/v2/': 'https://registry.test/v2/' });
    await expect(withRedirects(send)({ method: 'GET', url: registry, headers: {} })).rejects.toMatchObject({
      code: 'REDIRECT_REFUSED',
    });
    expect(sent).toHaveLength(11);
  });

  it('repeats a PUT only where the method is kept', async () => {
    const moved = record({ 'https://registry.test/v2/': 'https://registry.test/end' }, 307);
    await withRedirects(moved.send)({ method: 'PUT', url: registry, headers: {}, body: Buffer.from('x') });
    expect(moved.sent[1]).toMatchObject({ method: 'PUT', body: Buffer.from('x') });
    const found = record({ 'https://registry.test/v2/': 'https://registry.test/end' }, 302);
    await expect(withRedirects(found.send)({ method: 'PUT', url: registry, headers: {} })).rejects.toMatchObject({
      code: 'REDIRECT_REFUSED',
    });
    expect(found.sent).toHaveLength(1);
  });

  it('hands a redirect that leaves the origin back when told to stay', async () => {
    const { send, sent } = record({ 'https://registry.test/v2/': 'https://web.test/' }, 303);
    const response = await withRedirects(send)({ method: 'GET', url: registry, headers: {}, redirects: 'same-origin' });
    expect([response.status, sent.length]).toEqual([303, 1]);
  });
});

describe('isSentElsewhere', () => {
  it.each([
    ['https://registry.test/x', undefined, false],
    ['https://registry.test/x', 'https://registry.test/', false],
    ['https://registry.test:8443/', 'https://registry.test/', true],
    ['https://other.test/', 'https://registry.test/', true],
    ['http://other.test/', 'http://127.0.0.1:5000/', false],
    ['http://other.test/', 'http://localhost/', false],
  ])('for %s, asked for %s, is %j', (url, from, expected) => {
    const origin = from === undefined ? undefined : new URL(from);
    expect(isSentElsewhere({ method: 'GET', url: new URL(url), registry: origin, headers: {} })).toBe(expected);
  });
});

function record(table: Readonly<Record<string, string>>, status = 302): { send: Send; sent: WireRequest[] } {
  const sent: WireRequest[] = [];
  const body = { dump: async () => {}, destroy: () => {} } as unknown as Response['body'];
  return {
    sent,
    send: async (request) => {
      sent.push(request);
      const location = table[request.url.href];
      return location === undefined
        ? { status: 200, headers: {}, url: request.url, body }
        : { status, headers: { location }, url: request.url, body };
    },
  };
}
