import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseReference, parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import { makeManifest, tagOf } from './sample-image.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted } from './scripted-registry.ts';

const manifest = makeManifest();
const content = Buffer.from('a blob');
const blob = { digest: digestOf(content), size: content.length };
const MANIFESTS = '/v2/app/manifests';
const BLOB = `/v2/app/blobs/${blob.digest}`;
const image: Reply = {
  status: 200,
  headers: { 'Content-Type': manifest.mediaType, 'Docker-Content-Digest': manifest.digest },
  body: manifest.bytes,
};

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(table: Readonly<Record<string, Script>>) {
  const server = await startScripted(table);
  open.push(server);
  return { server, repository: parseRepository(`${server.host}/app`), ...createRecordingClient() };
}

describe('RegistryClient', () => {
  it('reads one image by tag and by digest', async () => {
    const [byTag, byDigest] = [`GET ${MANIFESTS}/1`, `GET ${MANIFESTS}/${manifest.digest}`];
    const { client, repository, server } = await start({ [byTag]: image, [byDigest]: image });
    expect(await client.resolve(parseReference(`${repository}:1`))).toMatchObject({ digest: manifest.digest });
    expect(await client.getManifest(repository, manifest.digest)).toMatchObject({ digest: manifest.digest });
    expect(server.lines).toEqual([byTag, byDigest]);
  });

  it('looks for a manifest and for a blob without reading them', async () => {
    const { client, repository, server } = await start({
      [`HEAD ${MANIFESTS}/1`]: image,
      [`HEAD ${BLOB}`]: { status: 200, body: content },
    });
    expect(await client.headManifest(repository, tagOf('1'))).toMatchObject({ digest: manifest.digest });
    expect(await client.hasBlob(repository, blob.digest)).toBe(true);
    expect(server.lines.every((line) => line.startsWith('HEAD '))).toBe(true);
  });

  it('reads a blob at once or as a stream', async () => {
    const { client, repository } = await start({ [`GET ${BLOB}`]: { status: 200, body: content } });
    expect(Buffer.from(await client.readBlob(repository, blob, 100))).toEqual(content);
    expect(await buffer(await client.openBlob(repository, blob))).toEqual(content);
  });

  it('stores a blob, then the manifest', async () => {
    const { client, repository, server } = await start({
      'POST /v2/app/blobs/uploads/': { status: 202, headers: { Location: '/up/1' } },
      'PATCH /up/1': { status: 202, headers: { Location: '/up/1' } },
      'PUT /up/1': { status: 201 },
      [`PUT ${MANIFESTS}/1`]: { status: 201, headers: { 'Docker-Content-Digest': manifest.digest } },
    });
    await client.uploadBlob(repository, blob, () => Readable.from([content]));
    expect(await client.putManifest(repository, tagOf('1'), manifest)).toEqual({ subject: undefined });
    expect(Buffer.concat(server.calls.filter(({ url }) => url.startsWith('/up/')).map(({ body }) => body))).toEqual(
      content,
    );
    expect(server.calls.at(-1)).toMatchObject({ method: 'PUT', url: `${MANIFESTS}/1`, body: manifest.bytes });
  });

  it('takes a blob over from another repository, and tries the right to push', async () => {
    const { client, repository, server } = await start({
      'POST /v2/app/blobs/uploads/': ({ url }) =>
        url.includes('mount=') ? { status: 201 } : { status: 202, headers: { Location: '/up/1' } },
      'DELETE /up/1': { status: 204 },
    });
    expect(await client.mountBlob(repository, blob.digest, parseRepository(`${server.host}/base`))).toBe(true);
    await client.probePush(repository);
    expect(server.lines.at(0)).toContain('from=base');
    expect(server.lines.at(-1)).toBe('DELETE /up/1');
  });

  it('sends nothing more once it is closed', async () => {
    const { client, repository, server } = await start({ [`HEAD ${BLOB}`]: { status: 200, body: content } });
    await client.hasBlob(repository, blob.digest);
    await client.close();
    await expect(client.hasBlob(repository, blob.digest)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(server.lines).toHaveLength(1);
  });

  it('ends what is under way when it is closed', async () => {
    const { client, repository } = await start({
      [`HEAD ${BLOB}`]: () => {
        void client.close();
        return 'drop';
      },
    });
    await expect(client.hasBlob(repository, blob.digest)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
