import { afterEach, describe, expect, it } from '@jest/globals';
import { makeAuthority, makeCertificate } from '../../../lab/certificate.ts';
import { buildImage } from '../../../lab/image/image.ts';
import { type LabProxy, type ProxyOptions, startProxy } from '../../../lab/proxy.ts';
import { type RegistryOptions, startRegistry } from '../../../lab/registry/server.ts';
import { parseRepository } from '../../../src/image/reference.ts';
import type { RegistryOptions as ClientOptions } from '../../../src/registry/client.ts';
import { createRecordingClient } from '../recording-client.ts';
import { tagOf } from '../sample-image.ts';

const image = buildImage();
const authority = makeAuthority('Lab');
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function start(options: Partial<ProxyOptions> = {}, tls: RegistryOptions['tls'] | null = undefined) {
  const shown = tls === undefined ? makeCertificate({ names: ['registry.test', 'sub.registry.test'] }, authority) : tls;
  const registry = await startRegistry(shown === null ? {} : { tls: shown });
  registry.seed('app', image, 'v1');
  const proxy = await startProxy({ routes: {}, ...options });
  open.push(registry, proxy);
  return { registry, proxy, port: registry.host.split(':')[1] ?? '' };
}

/** Reads `v1` where every name is known and leads to this machine. */
function read(host: string, proxy: ClientOptions['proxy'], options: Partial<ClientOptions> = {}) {
  const { client } = createRecordingClient({
    ca: authority.cert,
    lookup: (_name, { all }, done) =>
      all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
    ...(proxy === undefined ? {} : { proxy }),
    ...options,
  });
  open.push(client);
  return client.resolve({ kind: 'tag', repository: parseRepository(`${host}/app`), tag: tagOf('v1') });
}

const settingsOf = ({ url }: LabProxy, noProxy: string) => ({ httpsProxy: url, httpProxy: url, noProxy });
const isDirect = async (host: (port: string) => string, noProxy: (port: string) => string): Promise<boolean> => {
  const { proxy, port, registry } = await start();
  proxy.routes[host(port)] = registry.host;
  expect((await read(host(port), settingsOf(proxy, noProxy(port)))).digest).toBe(image.root.digest);
  return proxy.log.length === 0;
};

describe('NO_PROXY', () => {
  it.each([
    ['the host', () => 'registry.test', true],
    ['another host', () => 'other.test', false],
    ['a host whose name ends alike', () => 'try.test', false],
    ['a host that it starts with', () => 'registry.test.other', false],
    ['the host in upper case', () => 'REGISTRY.Test', true],
    ['the host among others, with spaces', () => 'a.test , registry.test ,b.test', true],
    ['the domain', () => 'test', true],
    ['the domain with a dot', () => '.test', true],
    ['the domain with a star', () => '*.test', true],
    ['everything', () => '*', true],
    ['everything among others', () => 'a.test, *', true],
    ['the host and its port', (port: string) => `registry.test:${port}`, true],
    ['the host and another port', () => 'registry.test:1', false],
    ['nothing', () => ' , ', false],
  ])('that names %s', async (_, noProxy, expected) => {
    expect(await isDirect((port) => `registry.test:${port}`, noProxy)).toBe(expected);
  });

  it('that names a host excepts what is below it, as for Go', async () => {
    expect(
      await isDirect(
        (port) => `sub.registry.test:${port}`,
        () => 'registry.test',
      ),
    ).toBe(true);
  });

  it('that names an address excepts that address', async () => {
    const { proxy } = await start();
    const settings = settingsOf(proxy, '192.0.2.7');
    const timeouts = { connect: 50, headers: 50 };
    const options = { timeouts, retry: { attempts: 1 } };
    await expect(read('192.0.2.7', settings, options)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(proxy.log).toEqual([]);
    await expect(read('192.0.2.8', settings, options)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(proxy.asked()).toEqual(['CONNECT 192.0.2.8:443']);
  });
});

describe('a proxy', () => {
  const many = <T>(refusal: T): T[] => Array.from({ length: 9 }, () => refusal);

  it('is never used for this machine', async () => {
    const { proxy, registry } = await start({}, makeCertificate({ names: ['127.0.0.1'] }, authority));
    expect((await read(registry.host, settingsOf(proxy, ''))).digest).toBe(image.root.digest);
    expect(proxy.log).toEqual([]);
  });

  it('gets its own login and nothing of the registry’s; the registry gets nothing of it', async () => {
    const { proxy, registry } = await start({ login: { username: 'u', password: 'p@ss' } });
    proxy.routes['registry.test:443'] = registry.host;
    const httpsProxy = proxy.url.replace('//', '//u:p%40ss@');
    await read('registry.test', { httpsProxy });
    expect(proxy.log.map(({ status, headers }) => [status, headers])).toEqual([
      [200, ['host', 'connection', 'proxy-authorization', 'proxy-connection']],
    ]);
    expect(registry.log.entries.every(({ authorizationScheme }) => authorizationScheme === undefined)).toBe(true);
  });

  it('that says nothing is given as long as any connection, and named', async () => {
    const { proxy } = await start({ refusals: many('silence') });
    const started = Date.now();
    const options = { timeouts: { connect: 100 }, retry: { attempts: 2 } };
    await expect(read('registry.test', settingsOf(proxy, ''), options)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      cause: { message: `the proxy ${proxy.host} did not answer when asked for a connection to registry.test:443` },
      hint: expect.stringContaining('NO_PROXY'),
    });
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(proxy.log).toHaveLength(2);
  });

  it('that wants a login for plain http is named, and not asked again', async () => {
    const { proxy, registry } = await start({ login: { username: 'u', password: 'p' } }, null);
    proxy.routes['plain.test:80'] = registry.host;
    const options = { insecureHosts: ['plain.test'], retry: { attempts: 3 } };
    const failing = read('plain.test', { httpProxy: proxy.url, noProxy: '' }, { ...options, lookup: refuseLookup });
    await expect(failing).rejects.toMatchObject({
      hint: expect.stringContaining(`the login of the proxy ${proxy.host}`),
    });
    expect(proxy.asked()).toEqual(['GET http://plain.test/v2/']);
    expect(proxy.log).toHaveLength(1);
    const reading = read(
      'plain.test',
      { httpProxy: proxy.url.replace('//', '//u:p@') },
      { ...options, lookup: refuseLookup },
    );
    expect((await reading).digest).toBe(image.root.digest);
  });
});

/** A name service that knows nothing: only the proxy can lead anywhere. */
const refuseLookup: NonNullable<ClientOptions['lookup']> = (name, _options, done) =>
  done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }), '');
