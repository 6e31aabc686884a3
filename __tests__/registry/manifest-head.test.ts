import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import { makeManifest, tagOf } from './sample-image.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted, unknown } from './scripted-registry.ts';

const image = makeManifest();
const served: Reply = {
  status: 200,
  headers: { 'Content-Type': image.mediaType, 'Docker-Content-Digest': image.digest },
  body: image.bytes,
};
const bare: Reply = { status: 200, headers: { 'Content-Type': image.mediaType }, body: image.bytes };
const V1 = '/v2/app/manifests/v1';
const tag = tagOf('v1');

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(table: Readonly<Record<string, Script>>) {
  const server = await startScripted(table);
  open.push(server);
  return { server, repository: parseRepository(`${server.host}/app`), ...createRecordingClient() };
}

describe('headManifest', () => {
  it('needs one HEAD where the registry tells everything', async () => {
    const { client, repository, server } = await start({ [`HEAD ${V1}`]: served });
    expect(await client.headManifest(repository, tag)).toEqual({
      digest: image.digest,
      mediaType: image.mediaType,
      size: image.bytes.length,
    });
    expect(server.lines).toEqual([`HEAD ${V1}`]);
  });

  it.each<[string, Reply]>([
    ['no digest', bare],
    ['a digest that is none', { ...served, headers: { ...served.headers, 'Docker-Content-Digest': 'x' } }],
    ['405', { status: 405 }],
    ['no length', { ...served, chunked: true }],
  ])('reads the manifest itself after a HEAD with %s', async (_, head) => {
    const { client, repository } = await start({ [`HEAD ${V1}`]: head, [`GET ${V1}`]: bare });
    expect(await client.headManifest(repository, tag)).toMatchObject({
      digest: image.digest,
      size: image.bytes.length,
    });
  });

  it.each(['MANIFEST_UNKNOWN', 'NAME_UNKNOWN', 'NOT_FOUND', 'TAG_EXPIRED'])(
    'is undefined when the registry says %s',
    async (code) => {
      const { client, repository } = await start({ [`HEAD ${V1}`]: { status: 404 }, [`GET ${V1}`]: unknown(code) });
      expect(await client.headManifest(repository, tag)).toBeUndefined();
    },
  );

  it('is undefined for a wordless 404 of what is surely a registry, and fails for that of something else', async () => {
    const registry = await start({ [`GET ${V1}`]: { status: 404 } });
    expect(await registry.client.headManifest(registry.repository, tag)).toBeUndefined();
    const proxy = await start({ 'GET /v2/': { status: 404 }, [`GET ${V1}`]: { status: 404 } });
    await expect(proxy.client.headManifest(proxy.repository, tag)).rejects.toMatchObject({
      code: 'PROTOCOL',
      status: 404,
    });
  });

  it.each<[string, Reply]>([
    ["a proxy's page", { status: 404, body: '<html>not here</html>' }],
    ['another code', unknown('UNSUPPORTED')],
  ])('fails for a 404 with %s: it is not known to mean absent', async (_, reply) => {
    const { client, repository } = await start({ [`GET ${V1}`]: reply });
    await expect(client.headManifest(repository, tag)).rejects.toMatchObject({ status: 404 });
  });

  it('is there after all when only the HEAD says 404', async () => {
    const { client, repository } = await start({ [`HEAD ${V1}`]: { status: 404 }, [`GET ${V1}`]: bare });
    expect(await client.headManifest(repository, tag)).toMatchObject({ digest: image.digest });
  });

  it.each([
    [401, 'UNAUTHORIZED'],
    [403, 'DENIED'],
    [500, 'UNAVAILABLE'],
    [429, 'RATE_LIMITED'],
  ])('throws for %d', async (status, code) => {
    const { client, repository } = await start({ [`HEAD ${V1}`]: { status } });
    await expect(client.headManifest(repository, tag)).rejects.toMatchObject({ code, status });
  });
});
