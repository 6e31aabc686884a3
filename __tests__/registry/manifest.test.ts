import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import { makeManifest, tagOf } from './sample-image.ts';
import { type Reply, type Script, type ScriptedRegistry, startScripted } from './scripted-registry.ts';

const image = makeManifest();
const other = makeManifest({ annotations: { other: 'yes' } });
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

describe('resolve', () => {
  it('computes the digest from the bytes and keeps them as they are, in one request', async () => {
    const { client, repository, server } = await start({ [`GET ${V1}`]: bare });
    const content = await client.resolve({ kind: 'tag', repository, tag });
    expect(content).toMatchObject({ digest: image.digest, mediaType: image.mediaType, manifest: { kind: 'manifest' } });
    expect(Buffer.compare(Buffer.from(content.bytes), image.bytes)).toBe(0);
    expect(server.lines).toEqual([`GET ${V1}`]);
    expect(server.calls.at(-1)?.headers.accept).toContain('application/vnd.oci.image.index.v1+json');
  });

  it.each(['sha256:abc', 'nonsense', other.digest])('fails when Docker-Content-Digest says %s', async (claimed) => {
    const { client, repository } = await start({
      [`GET ${V1}`]: { ...served, headers: { ...served.headers, 'Docker-Content-Digest': claimed } },
    });
    await expect(client.resolve({ kind: 'tag', repository, tag })).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  it('fails when a digest is answered with other content, whatever the header says', async () => {
    const path = `GET /v2/app/manifests/${image.digest}`;
    const body = { ...served, body: other.bytes };
    for (const reply of [body, { ...body, headers: { ...body.headers, 'Docker-Content-Digest': other.digest } }]) {
      const { client, repository } = await start({ [path]: reply });
      await expect(client.getManifest(repository, image.digest)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    }
  });

  it('does not take the HTML of a captive portal for a manifest', async () => {
    const { client, repository } = await start({
      [`GET ${V1}`]: { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>' },
    });
    await expect(client.resolve({ kind: 'tag', repository, tag })).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  it('explains an image that is too old', async () => {
    const { client, repository } = await start({ [`GET ${V1}`]: { status: 200, body: '{"schemaVersion":1}' } });
    await expect(client.resolve({ kind: 'tag', repository, tag })).rejects.toMatchObject({
      code: 'PROTOCOL',
      hint: expect.stringContaining('Rebuild'),
    });
  });

  it('reads no manifest of more than 4 MiB', async () => {
    const { client, repository } = await start({
      [`GET ${V1}`]: { status: 200, body: Buffer.alloc(5 * 1024 * 1024, ' '), chunked: true },
    });
    await expect(client.resolve({ kind: 'tag', repository, tag })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('asks again for a body that broke off', async () => {
    const { client, repository, server } = await start({
      [`GET ${V1}`]: [{ ...served, cutAfter: 5 }, served],
    });
    await expect(client.resolve({ kind: 'tag', repository, tag })).resolves.toMatchObject({ digest: image.digest });
    expect(server.lines).toEqual([`GET ${V1}`, `GET ${V1}`]);
  });

  it('says that a body broke off', async () => {
    const { client, repository } = await start({ [`GET ${V1}`]: { ...served, cutAfter: 20 } });
    await expect(client.resolve({ kind: 'tag', repository, tag })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
