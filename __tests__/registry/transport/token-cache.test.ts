import { describe, expect, it } from '@jest/globals';
import { TokenCache } from '../../../src/registry/transport/token-cache.ts';

function createCache(lifetime = 60_000) {
  const clock = { now: 0, fetched: 0 };
  const cache = new TokenCache(() => clock.now);
  const getToken = (owner: string, ...scopes: string[]) =>
    cache.get(owner, scopes, async () => ({ value: `t${++clock.fetched}`, lifetime }));
  const get = async (owner: string, ...scopes: string[]) => (await getToken(owner, ...scopes)).value;
  return { cache, clock, get, getToken };
}

describe('TokenCache', () => {
  it('fetches once for requests that need the same at the same time', async () => {
    const { get } = createCache();
    expect(await Promise.all([get('r', 'repository:a:pull'), get('r', 'repository:a:pull')])).toEqual(['t1', 't1']);
  });

  it('serves a weaker need from a stronger token, never the other way', async () => {
    const { get } = createCache();
    expect(await get('r', 'repository:a:pull')).toBe('t1');
    expect(await get('r', 'repository:a:pull,push')).toBe('t2');
    expect(await get('r', 'repository:a:pull,push')).toBe('t2');
  });

  it('keeps owners apart', async () => {
    const { get } = createCache();
    expect([await get('r', 'repository:a:pull'), await get('s', 'repository:a:pull')]).toEqual(['t1', 't2']);
  });

  it('renews a token before it ends', async () => {
    const { clock, get } = createCache(60_000);
    await get('r', 'repository:a:pull');
    clock.now = 49_000;
    expect(await get('r', 'repository:a:pull')).toBe('t1');
    clock.now = 51_000;
    expect(await get('r', 'repository:a:pull')).toBe('t2');
  });

  it('forgets only the token that was refused', async () => {
    const { cache, get, getToken } = createCache();
    const refused = await getToken('r', 'repository:a:pull');
    await get('r', 'repository:b:pull');
    cache.drop(refused);
    expect([await get('r', 'repository:a:pull'), await get('r', 'repository:b:pull')]).toEqual(['t3', 't2']);
  });

  it('keeps a later token that reads the same as the refused one', async () => {
    const { cache, get, getToken } = createCache();
    const refused = await getToken('r', 'repository:a:pull');
    cache.drop(refused);
    expect(await get('r', 'repository:a:pull')).toBe('t2');
    cache.drop({ ...refused });
    cache.drop(refused);
    expect(await get('r', 'repository:a:pull')).toBe('t2');
  });

  it('can forget a token that says it lives for ever', async () => {
    const { cache, get, getToken } = createCache(Number.POSITIVE_INFINITY);
    cache.drop(await getToken('r', 'repository:a:pull'));
    expect(await get('r', 'repository:a:pull')).toBe('t2');
  });

  it('does not remember a failure', async () => {
    const { cache, get } = createCache();
    await expect(cache.get('r', ['repository:a:pull'], () => Promise.reject(new Error('down')))).rejects.toThrow(
      'down',
    );
    expect(await get('r', 'repository:a:pull')).toBe('t1');
  });
});
