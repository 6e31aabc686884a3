import { afterEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';
import { makeIndex, makeManifest, tagOf } from './sample-image.ts';
import { type Script, type ScriptedRegistry, startScripted, unknown } from './scripted-registry.ts';

const image = makeManifest();
const other = makeManifest({ annotations: { other: 'yes' } });
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

describe('putManifest', () => {
  it('sends exactly these bytes under exactly this type', async () => {
    const { client, repository, server } = await start({ [`PUT ${V1}`]: { status: 201 } });
    expect(await client.putManifest(repository, tag, image)).toEqual({ subject: undefined });
    const put = server.calls.at(-1);
    expect([put?.headers['content-type'], put?.headers['transfer-encoding']]).toEqual([image.mediaType, undefined]);
    expect(put?.body.equals(image.bytes)).toBe(true);
  });

  it('tells what OCI-Subject said', async () => {
    const { client, repository } = await start({
      [`PUT ${V1}`]: { status: 201, headers: { 'OCI-Subject': other.digest } },
    });
    expect(await client.putManifest(repository, tag, image)).toEqual({ subject: other.digest });
  });

  it('fails when the registry stored something else', async () => {
    const { client, repository } = await start({
      [`PUT ${V1}`]: { status: 201, headers: { 'Docker-Content-Digest': other.digest } },
    });
    await expect(client.putManifest(repository, tag, image)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  it('sends nothing that does not have its digest', async () => {
    const { client, repository, server } = await start({});
    await expect(client.putManifest(repository, tag, { ...image, digest: other.digest })).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
    });
    await expect(client.putManifest(repository, digestOf('x'), image)).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
    });
    expect(server.calls).toEqual([]);
  });

  it.each([400, 405, 409, 412])('is a CONFLICT with its status for %d, asked once', async (status) => {
    const { client, repository, server } = await start({
      [`PUT ${V1}`]: unknown('TAG_INVALID', status, 'tag is immutable'),
    });
    await expect(client.putManifest(repository, tag, image)).rejects.toMatchObject({
      code: 'CONFLICT',
      status,
      message: expect.stringContaining('tag is immutable'),
    });
    expect(server.lines).toHaveLength(1);
  });

  it.each([429, 503])('is one request, whatever comes back (%d), when it must not be replayed', async (status) => {
    const { client, repository, server } = await start({ [`PUT ${V1}`]: [{ status }, { status: 201 }] });
    await expect(client.putManifest(repository, tag, image, { replay: false })).rejects.toMatchObject({ status });
    expect(server.lines).toHaveLength(1);
  });

  it('is repeated with the same bytes after a 429', async () => {
    const index = makeIndex([]);
    const { client, repository, server } = await start({ [`PUT ${V1}`]: [{ status: 429 }, { status: 201 }] });
    await client.putManifest(repository, tag, index);
    expect(server.calls.at(-1)?.body.equals(index.bytes)).toBe(true);
  });
});
