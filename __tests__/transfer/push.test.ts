import { afterEach, describe, expect, it } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { explicitCredentials } from '../../src/registry/credentials.ts';
import type { ImageGraph } from '../../src/transfer/graph.ts';
import { pushGraph } from '../../src/transfer/push.ts';
import type { ImageStore } from '../../src/transfer/store.ts';
import { openRoom, type TransferRoom } from './transfer-room.ts';

const image = buildIndex(
  [
    buildImage({ layers: [{ randomBytes: 50_000 }] }),
    buildImage({
      layers: [{ randomBytes: 50_000 }, { randomBytes: 9_000, seed: 1 }],
      platform: { os: 'linux', architecture: 'arm64' },
    }),
  ],
  { attestations: true },
);

let room: TransferRoom;
let graph: ImageGraph;
let store: ImageStore;
const open = async (options?: RegistryOptions): Promise<void> => {
  const { username = '', password = '' } = options?.auth ?? {};
  const login = { kind: 'basic', username, password } as const;
  const credentials = {
    resolve: (name: Parameters<TransferRoom['client']['hasBlob']>[0]) =>
      explicitCredentials(new Map([[name, login]])).resolve(name),
  };
  room = await openRoom(options, options?.auth === undefined ? {} : { credentials });
  graph = await room.load('dev/app', image);
  store = await room.fetch(graph, 'dev/app');
  room.registry.log.clear();
};
const push = (mountFrom?: string, onBytes: (done: number, total: number) => void = () => {}) =>
  pushGraph(graph, store, room.client, room.repository('prod/app'), {
    mountFrom: mountFrom === undefined ? undefined : room.repository(mountFrom),
    onBytes,
  });
afterEach(() => room.close());

describe('pushGraph', () => {
  it('puts every byte into the target and writes no tag', async () => {
    await open();
    expect(await push()).toEqual({ uploaded: graph.blobs.length, mounted: 0, present: 0 });
    for (const [digest, { bytes }] of image.contents) expect(room.registry.read('prod/app', digest)).toEqual(bytes);
    expect(room.registry.tags('prod/app')).toEqual([]);
  });

  it('writes all blobs before any manifest, children before the index, the root last', async () => {
    await open();
    await push();
    const writes = room.registry.log.uploads().map(({ path }) => path);
    const manifests = writes.filter((path) => path.includes('/manifests/'));
    expect(writes.slice(-manifests.length)).toEqual(manifests);
    expect(manifests.map((path) => path.split('/').at(-1))).toEqual(graph.manifests.map(({ digest }) => digest));
    expect(manifests.at(-1)).toContain(image.root.digest);
  });

  it('moves no blob twice: a second push finds everything there', async () => {
    await open();
    await push();
    room.registry.log.clear();
    expect(await push()).toEqual({ uploaded: 0, mounted: 0, present: graph.blobs.length });
    expect(room.registry.log.find('POST', /./)).toEqual([]);
    expect(room.registry.log.find('PATCH', /./)).toEqual([]);
  });

  it('moves no bytes where blobs can be mounted from another repository of the registry', async () => {
    await open();
    expect(await push('dev/app')).toEqual({ uploaded: 0, mounted: graph.blobs.length, present: 0 });
    expect(room.registry.log.find('PATCH', /./)).toEqual([]);
    expect(room.registry.log.find('POST', /mount=/).every(({ requestBytes }) => requestBytes === 0)).toBe(true);
    expect(room.registry.openUploads()).toBe(0);
  });

  it('uploads what cannot be mounted, with the very request that asked for the mount', async () => {
    await open();
    expect(await push('dev/elsewhere')).toMatchObject({ uploaded: graph.blobs.length, mounted: 0 });
    const posts = room.registry.log.find('POST', /./);
    expect(posts).toHaveLength(graph.blobs.length);
    expect(posts.every(({ path }) => path.includes('from=dev%2Felsewhere'))).toBe(true);
    expect(room.registry.hasManifest('prod/app', image.root.digest)).toBe(true);
    expect(room.registry.openUploads()).toBe(0);
  });

  it('tells how far it is, up to all of it', async () => {
    await open();
    const told: number[] = [];
    let total = 0;
    await push(undefined, (done, of) => {
      told.push(done);
      total = of;
    });
    expect(told).toHaveLength(graph.blobs.length);
    expect(told.at(-1)).toBe(total);
  });

  it('asks for the right to push from the start, since some registries deny a pull of what does not exist yet', async () => {
    await open({ auth: { kind: 'bearer', username: 'u', password: 'p' } });
    await push();
    const scopes = room.registry.log
      .find('GET', /^\/token/)
      .map(({ path }) => new URL(path, 'http://x').searchParams.get('scope'));
    expect(scopes.length).toBeGreaterThan(0);
    expect(scopes.filter((scope) => scope?.includes('prod/app') && !scope.includes('push'))).toEqual([]);
  });

  it('uploads nothing that was changed on the disk since it was fetched', async () => {
    await open();
    const { writeFile } = await import('node:fs/promises');
    const blob = graph.blobs.toSorted((a, b) => b.size - a.size)[0];
    if (blob === undefined) throw new TypeError('no blob');
    await writeFile(room.layout.path(blob.digest), Buffer.alloc(blob.size, 1));
    await expect(push()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(room.registry.hasBlob('prod/app', blob.digest)).toBe(false);
    expect(room.registry.log.manifestWrites()).toEqual([]);
  });
});
