import { afterEach, describe, expect, it } from '@jest/globals';
import type { Response, Send } from '../../../src/registry/transport/message.ts';
import { createEndpointFinder, listOrigins } from '../../../src/registry/transport/scheme.ts';

const asked: string[] = [];
afterEach(() => {
  asked.length = 0;
});

/** Sends nothing: answers from a table, faults for what is not in it. */
function fake(table: Readonly<Record<string, { status: number; headers?: Record<string, string> }>>): Send {
  return async ({ url }) => {
    asked.push(url.href);
    const reply = table[url.href];
    if (reply === undefined) throw new Error(`nothing listens at ${url.host}`);
    const body = { dump: async () => {}, destroy: () => {} } as unknown as Response['body'];
    return { status: reply.status, headers: reply.headers ?? {}, url, body };
  };
}

describe('listOrigins', () => {
  it.each([
    ['registry.test', false, ['https://registry.test']],
    ['registry.test:5000', true, ['https://registry.test:5000', 'http://registry.test:5000']],
    ['localhost:5000', false, ['http://localhost:5000', 'https://localhost:5000']],
    ['[::1]:5000', false, ['http://[::1]:5000', 'https://[::1]:5000']],
    ['127.0.0.1', true, ['http://127.0.0.1', 'https://127.0.0.1']],
    ['localhost.evil.test', false, ['https://localhost.evil.test']],
    ['docker.io', false, ['https://registry-1.docker.io']],
  ])('of %s (insecure: %s) are %j', (registry, isInsecure, origins) => {
    expect(listOrigins(registry, isInsecure).map(({ origin }) => origin)).toEqual(origins);
  });
});

describe('createEndpointFinder', () => {
  it('never falls back to http for a host that is neither local nor named insecure', async () => {
    const find = createEndpointFinder(fake({ 'http://registry.test/v2/': { status: 200 } }), () => false);
    await expect(find('registry.test')).rejects.toThrow('nothing listens');
    expect(asked).toEqual(['https://registry.test/v2/']);
  });

  it('falls back to http for a host that was named insecure', async () => {
    const find = createEndpointFinder(fake({ 'http://registry.test/v2/': { status: 200 } }), () => true);
    expect(await find('registry.test')).toMatchObject({ origin: new URL('http://registry.test'), isRegistry: true });
  });

  it.each([
    ['a 400', { status: 400 }],
    ['a redirect to https', { status: 301, headers: { location: 'https://localhost:5000/v2/' } }],
  ])('takes %s over http on this machine for a TLS port', async (_, reply) => {
    const table = { 'http://localhost:5000/v2/': reply, 'https://localhost:5000/v2/': { status: 200 } };
    const found = await createEndpointFinder(fake(table), () => false)('localhost:5000');
    expect(found.origin.protocol).toBe('https:');
  });

  it('keeps the challenge of a 401', async () => {
    const headers = { 'www-authenticate': 'Basic realm="x"' };
    const found = await createEndpointFinder(
      fake({ 'https://registry.test/v2/': { status: 401, headers } }),
      () => false,
    )('registry.test');
    expect(found).toMatchObject({ isRegistry: true, challenges: [{ scheme: 'basic' }] });
  });

  it('asks once, but again after trouble', async () => {
    const table: Record<string, { status: number }> = { 'https://registry.test/v2/': { status: 503 } };
    const find = createEndpointFinder(fake(table), () => false);
    expect((await find('registry.test')).isRegistry).toBe(false);
    table['https://registry.test/v2/'] = { status: 200 };
    expect((await find('registry.test')).isRegistry).toBe(true);
    await Promise.all([find('registry.test'), find('registry.test')]);
    expect(asked).toHaveLength(2);
  });

  it('does not remember that nothing listened', async () => {
    const table: Record<string, { status: number }> = {};
    const find = createEndpointFinder(fake(table), () => false);
    await expect(find('registry.test')).rejects.toThrow();
    table['https://registry.test/v2/'] = { status: 200 };
    expect((await find('registry.test')).status).toBe(200);
  });
});
