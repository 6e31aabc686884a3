import { afterEach, describe, expect, it } from '@jest/globals';
import { type Call, type Reply, unknown } from '../scripted-registry.ts';
import { bearerTable, closeServers, image, PATH, read, start } from './token-session.ts';

afterEach(closeServers);

describe('a token that ended', () => {
  it('renews a token once when it ends early', async () => {
    let valid = 'T1';
    const session = await start(bearerTable([{ token: 'T1' }, { token: 'T2' }], () => valid));
    await read(session);
    valid = 'T2';
    await read(session);
    expect(session.server.lines.map((line) => line.split('?')[0])).toEqual([
      'GET /token',
      `GET ${PATH}`,
      `GET ${PATH}`,
      'GET /token',
      `GET ${PATH}`,
    ]);
  });

  it('gives up when the renewed token is refused as well', async () => {
    const session = await start(bearerTable([{ token: 'T1' }, { token: 'T2' }], () => 'never'));
    await expect(read(session)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(session.server.lines.filter((line) => line.startsWith(`GET ${PATH}`))).toHaveLength(2);
  });

  it('renews a token once for all requests that find it ended', async () => {
    let valid = 'T1';
    const session = await start(bearerTable([{ token: 'T1' }, { token: 'T2' }, { token: 'T3' }], () => valid));
    await read(session);
    valid = 'T2';
    const results = await Promise.all(Array.from({ length: 24 }, () => read(session)));
    expect(results.every(({ digest }) => digest === image.digest)).toBe(true);
    expect(session.server.lines.filter((line) => line.startsWith('GET /token'))).toHaveLength(2);
  });

  it('renews once for all as well where the service hands out the refused token again', async () => {
    const session = await start(bearerTable([{ token: 'T1' }], () => 'never'));
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => read(session)));
    expect(results.map((result) => result.status === 'rejected' && result.reason.code)).toEqual(
      Array.from({ length: 8 }, () => 'UNAUTHORIZED'),
    );
    const count = (path: string) => session.server.lines.filter((line) => line.startsWith(`GET ${path}`)).length;
    expect([count('/token'), count(PATH)]).toEqual([2, 16]);
  });

  it('renews a token while the bodies of all refusals are still on their way', async () => {
    let valid = 'T1';
    const table = bearerTable([{ token: 'T1' }, { token: 'T2' }], () => valid);
    const check = table[`GET ${PATH}`] as (call: Call) => Reply;
    const session = await start({
      ...table,
      [`GET ${PATH}`]: (call) => {
        const reply = check(call);
        // More than is taken from a connection that nobody reads from.
        return reply.status === 401 ? { ...reply, body: Buffer.alloc(4 * 1024 * 1024, 'x') } : reply;
      },
    });
    await read(session);
    valid = 'T2';
    const results = await Promise.all(Array.from({ length: 16 }, () => read(session)));
    expect(results).toHaveLength(16);
  }, 10_000);
});

describe('a token that is not enough', () => {
  it('asks for the scope the registry names when ours is not enough', async () => {
    const more = ',error="insufficient_scope",scope="repository:app:pull repository:base:pull"';
    const session = await start(bearerTable([{ token: 'T1' }, { token: 'T2' }], () => 'T2', more));
    await read(session);
    const second = session.server.lines.filter((line) => line.startsWith('GET /token'))[1] ?? '';
    expect(new URL(second.slice(4), 'http://x').searchParams.getAll('scope')).toEqual([
      'repository:app:pull',
      'repository:base:pull',
    ]);
  });

  it('asks again after a 403 only if that says the scope was short', async () => {
    const short = {
      'WWW-Authenticate': 'Bearer realm="http://HOST/token",error="insufficient_scope",scope="repository:x:pull"',
    };
    for (const [headers, tokens] of [
      [short, 2],
      [{}, 1],
    ] as const) {
      const table = bearerTable([{ token: 'T1' }, { token: 'T2' }], () => 'T1');
      table[`GET ${PATH}`] = (call) => ({
        ...unknown('DENIED', 403),
        headers: Object.fromEntries(
          Object.entries(headers).map(([k, v]) => [k, v.replace('HOST', call.headers.host ?? '')]),
        ),
      });
      const session = await start(table);
      await expect(read(session)).rejects.toMatchObject({ code: 'DENIED' });
      expect(session.server.lines.filter((line) => line.startsWith('GET /token'))).toHaveLength(tokens);
    }
  });
});
