import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../../src/image/reference.ts';
import { guardLookup } from '../../../src/registry/transport/guarded-lookup.ts';
import { createRecordingClient } from '../recording-client.ts';
import { makeManifest, tagOf } from '../sample-image.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted } from '../scripted-registry.ts';

const image = makeManifest();
const manifest: Reply = { status: 200, headers: { 'Content-Type': image.mediaType }, body: image.bytes };
const PATH = 'GET /v2/app/manifests/v1';

/** A name service in which every name has these addresses. */
const answering =
  (...addresses: readonly string[]): LookupFunction =>
  (_, options, callback) => {
    const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (options.all === true) callback(null, found);
    else callback(null, found[0]?.address ?? '', found[0]?.family);
  };

function look(lookup: LookupFunction, all: boolean): Promise<unknown> {
  return new Promise((resolve, reject) => {
    guardLookup(lookup)('some.test', { all }, (error, address) => (error ? reject(error) : resolve(address)));
  });
}

describe('guardLookup', () => {
  it.each([['127.0.0.1'], ['169.254.169.254'], ['0.0.0.0'], ['::1'], ['::ffff:127.0.0.1'], ['64:ff9b::7f00:1']])(
    'refuses a name that is at %s, also where that is but one of its addresses',
    async (address) => {
      for (const all of [true, false]) {
        await expect(look(answering('203.0.113.9', address), all)).rejects.toMatchObject({
          hostname: 'some.test',
          address,
        });
      }
    },
  );

  it('lets all other addresses through, in the form that was asked for', async () => {
    const lookup = answering('10.0.0.7', '2001:db8::7');
    expect(await look(lookup, false)).toBe('10.0.0.7');
    expect(await look(lookup, true)).toEqual([
      { address: '10.0.0.7', family: 4 },
      { address: '2001:db8::7', family: 6 },
    ]);
  });

  it('hands on that a name is not known', async () => {
    const unknown: LookupFunction = (_, __, callback) =>
      callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '');
    await expect(look(unknown, true)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A server on this machine, under any name that ends in .test. */
async function start(table: Readonly<Record<string, Script>>) {
  const server = await startScripted(table);
  open.push(server);
  const port = server.host.split(':')[1];
  return { server, named: (name: string) => `${name}:${port}` };
}

function createClient(host: string, lookup: LookupFunction = answering('127.0.0.1')) {
  const { client } = createRecordingClient({ insecureHosts: [host], lookup });
  const repository = parseRepository(`${host}/app`);
  return { client, repository, read: () => client.resolve({ kind: 'tag', repository, tag: tagOf('v1') }) };
}

describe('a registry that sends us to a name of this machine', () => {
  const inner = () => start({ 'GET /secret': manifest, 'GET /token': { status: 200, body: '{"token":"T"}' } });

  it('by a redirect is refused, with host and address, and nothing is asked there', async () => {
    const { server, named } = await inner();
    const outer = await start({
      [PATH]: { status: 307, headers: { Location: `http://${named('inner.test')}/secret` } },
    });
    const { read } = createClient(outer.named('registry.test'));
    await expect(read()).rejects.toMatchObject({
      code: 'REDIRECT_REFUSED',
      message: expect.stringMatching(/registry\.test:\d+ sent us to http:\/\/inner\.test:\d+.*is at 127\.0\.0\.1/),
      hint: expect.stringContaining('localhost'),
    });
    expect(server.connections()).toBe(0);
    expect(outer.server.lines).toEqual([PATH]);
  });

  it('by a token realm is refused', async () => {
    const { server, named } = await inner();
    const challenge = {
      status: 401,
      headers: { 'WWW-Authenticate': `Bearer realm="http://${named('auth.test')}/token"` },
    };
    const outer = await start({ 'GET /v2/': challenge });
    await expect(createClient(outer.named('registry.test')).read()).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
    expect(server.connections()).toBe(0);
  });

  it('by the Location of an upload is refused', async () => {
    const { server, named } = await inner();
    const elsewhere = { status: 202, headers: { Location: `http://${named('up.test')}/up` } };
    const outer = await start({ 'POST /v2/app/blobs/uploads/': elsewhere });
    const { client, repository } = createClient(outer.named('registry.test'));
    await client.probePush(repository).catch(() => {});
    expect(outer.server.lines).toEqual(['POST /v2/app/blobs/uploads/']);
    expect(server.connections()).toBe(0);
  });

  it('by another port of its own name is refused', async () => {
    const { server, named } = await inner();
    const outer = await start({
      [PATH]: { status: 307, headers: { Location: `http://${named('registry.test')}/secret` } },
    });
    await expect(createClient(outer.named('registry.test')).read()).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
    expect(server.connections()).toBe(0);
  });

  it('is refused too when the connection had been made for the user before', async () => {
    const inside = await start({ [PATH]: manifest, 'GET /secret': manifest });
    const target = `http://${inside.named('inner.test')}/secret`;
    const outer = await start({ [PATH]: { status: 307, headers: { Location: target } } });
    const hosts = [inside.named('inner.test'), outer.named('registry.test')];
    const { client } = createRecordingClient({ insecureHosts: hosts, lookup: answering('127.0.0.1') });
    const [own, sent] = hosts.map((host) => parseRepository(`${host}/app`));
    const read = (repository = own) =>
      client.resolve({ kind: 'tag', repository: repository ?? parseRepository('x.test/x'), tag: tagOf('v1') });
    await read(own);
    await expect(read(sent)).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
    expect(inside.server.lines).toEqual([PATH]);
  });
});

describe('a registry behind a proxy', () => {
  it('may send us elsewhere, although the proxy is on this machine: it is the proxy that looks names up', async () => {
    const proxy = await start({
      'GET http://registry.test/v2/': { status: 200 },
      'GET http://registry.test/v2/app/manifests/v1': { status: 307, headers: { Location: 'http://storage.test/x' } },
      'GET http://storage.test/x': manifest,
    });
    const lookup = answering('127.0.0.1');
    const settings = { insecureHosts: ['registry.test'], proxy: { httpProxy: `http://${proxy.server.host}` }, lookup };
    const repository = parseRepository('registry.test/app');
    const reading = createRecordingClient(settings).client.resolve({ kind: 'tag', repository, tag: tagOf('v1') });
    expect((await reading).digest).toBe(image.digest);
  });

  it('is held to the rule for the names that pass the proxy by', async () => {
    const inner = await start({ 'GET /x': manifest });
    const proxy = await start({
      'GET http://registry.test/v2/': { status: 200 },
      'GET http://registry.test/v2/app/manifests/v1': {
        status: 307,
        headers: { Location: `http://${inner.named('inner.test')}/x` },
      },
    });
    const settings = { httpProxy: `http://${proxy.server.host}`, noProxy: 'inner.test' };
    const { client } = createRecordingClient({
      ...{ insecureHosts: ['registry.test'], proxy: settings, lookup: answering('127.0.0.1') },
    });
    const repository = parseRepository('registry.test/app');
    const reading = client.resolve({ kind: 'tag', repository, tag: tagOf('v1') });
    await expect(reading).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
    expect(inner.server.connections()).toBe(0);
  });
});

describe('a registry on this machine', () => {
  it('may send us around on it', async () => {
    const inside = await start({ 'GET /blob': manifest });
    const target = `http://${inside.named('storage.test')}/blob`;
    const outer = await start({ [PATH]: { status: 307, headers: { Location: target } } });
    expect((await createClient(outer.server.host).read()).digest).toBe(image.digest);
  });
});
