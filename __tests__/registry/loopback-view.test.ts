import { afterEach, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { explicitCredentials } from '../../src/registry/credentials.ts';
import { type LoopbackView, openLoopbackView } from '../../src/registry/loopback-view.ts';
import { createRecordingClient } from './recording-client.ts';

const LOGIN = { username: 'bob', password: 'secret' };
const image = buildImage({ packages: [{ name: 'a', version: '1' }] });
const index = buildIndex([image]);
const signature = buildReferrer(index.root, { artifactType: 'a/signature', bytes: 'signed' });
const blob = [...image.contents.keys()][0] ?? '';

let registry: LabRegistry;
let view: LoopbackView;
let close: () => Promise<void>;
afterEach(async () => {
  await view.close();
  await close();
});

const open = async (options: RegistryOptions = {}): Promise<void> => {
  registry = await startRegistry({ auth: { kind: 'bearer', ...LOGIN }, ...options });
  for (const [name, pushed] of [
    ['app', index],
    ['app', signature],
    ['other', index],
  ] as const) {
    await pushImage(registry.host, name, pushed === index ? '1' : undefined, pushed, LOGIN);
  }
  const credentials = explicitCredentials(new Map([[registry.host, { kind: 'basic', ...LOGIN }]]));
  const { client } = createRecordingClient({ credentials });
  view = await openLoopbackView(client, parseRepository(`${registry.host}/app`));
  registry.log.clear();
  close = async () => {
    await client.close();
    await registry.close();
  };
};
/** Asks the view without any credentials. */
const ask = (path: string, method = 'GET'): Promise<Response> => {
  const [host = '', ...name] = view.repository.split('/');
  return fetch(`http://${host}${path.replace('{name}', name.join('/'))}`, { method });
};
const bodyOf = async (path: string) => Buffer.from(await (await ask(path)).arrayBuffer());

describe('a loopback view', () => {
  it('serves the repository without credentials, byte for byte', async () => {
    await open();
    expect((await ask('/v2/')).status).toBe(200);
    const byTag = await ask('/v2/{name}/manifests/1');
    expect(byTag.headers.get('docker-content-digest')).toBe(index.root.digest);
    expect(byTag.headers.get('content-type')).toBe(index.root.mediaType);
    expect(await bodyOf(`/v2/{name}/manifests/${index.root.digest}`)).toEqual(
      index.contents.get(index.root.digest)?.bytes,
    );
  });

  it('serves the blobs of the manifests it served, and no others', async () => {
    await open();
    expect((await ask(`/v2/{name}/blobs/${blob}`)).status).toBe(404);
    await ask(`/v2/{name}/manifests/${image.root.digest}`);
    expect(await bodyOf(`/v2/{name}/blobs/${blob}`)).toEqual(image.contents.get(blob)?.bytes);
  });

  it('answers HEAD as GET, without the bytes', async () => {
    await open();
    const head = await ask(`/v2/{name}/manifests/${image.root.digest}`, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, `${image.root.size}`]);
    const size = `${image.contents.get(blob)?.bytes.length}`;
    const blobHead = await ask(`/v2/{name}/blobs/${blob}`, 'HEAD');
    expect([blobHead.status, blobHead.headers.get('content-length')]).toEqual([200, size]);
    expect(registry.log.blobReads()).toEqual([]);
  });

  it('lists referrers where the registry has the API, and has no API where it has none', async () => {
    await open();
    const list = (await (await ask(`/v2/{name}/referrers/${index.root.digest}`)).json()) as { manifests: object[] };
    expect(list.manifests).toMatchObject([{ digest: signature.root.digest, artifactType: 'a/signature' }]);
    await view.close();
    await close();
    await open({ referrersApi: false });
    expect((await ask(`/v2/{name}/referrers/${index.root.digest}`)).status).toBe(404);
    expect((await ask(`/v2/{name}/manifests/${index.root.digest.replace(':', '-')}`)).status).toBe(200);
  });

  it.each(['PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'])('never writes: %s', async (method) => {
    await open();
    expect((await ask('/v2/{name}/manifests/1', method)).status).toBe(405);
    expect(registry.log.entries).toEqual([]);
  });

  it.each([
    '/v2/app/manifests/1',
    '/v2/other/manifests/1',
    '/v2/{name}/../other/manifests/1',
    '/v2/{name}%2f..%2f..%2fother/manifests/1',
    '/v2/{name}x/manifests/1',
    '/v2/{name}/tags/list',
    '/v2/{name}/blobs/uploads/',
    '/v2/{name}/manifests/1/extra',
    '/v2/_catalog',
    '/token?service=x',
    '/',
  ])('serves no other repository and no other path: %s', async (path) => {
    await open();
    expect((await ask(path)).status).toBe(404);
    expect(registry.log.entries).toEqual([]);
  });

  it('has an address that cannot be guessed, different each time', async () => {
    await open();
    expect(view.repository).toMatch(/^127\.0\.0\.1:\d+\/[a-f0-9]{32}\//);
    const { client } = createRecordingClient();
    const other = await openLoopbackView(client, parseRepository(`${registry.host}/app`));
    expect(other.repository.split('/')[1]).not.toBe(view.repository.split('/')[1]);
    await other.close();
  });

  it('says that something is not there only when the registry does', async () => {
    await open();
    expect((await ask('/v2/{name}/manifests/absent')).status).toBe(404);
    expect((await ask('/v2/{name}/manifests/-no-tag')).status).toBe(404);
    expect(view.fault()).toBeUndefined();
    registry.faults.push({ path: /manifests/, status: 403 });
    const answer = await ask('/v2/{name}/manifests/1');
    expect([answer.status, await answer.text()]).toEqual([424, expect.stringContaining('403')]);
    expect(view.fault()).toMatchObject({ code: 'DENIED' });
  });

  it('passes on nothing of a blob that is not what its digest says', async () => {
    await open();
    await ask(`/v2/{name}/manifests/${image.root.digest}`);
    registry.faults.push({ path: /blobs/, corruptBytes: 1 });
    expect((await ask(`/v2/{name}/blobs/${blob}`)).status).toBe(424);
    expect(view.fault()).toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  it('is gone when it is closed', async () => {
    await open();
    await view.close();
    await expect(ask('/v2/')).rejects.toThrow();
  });
});
