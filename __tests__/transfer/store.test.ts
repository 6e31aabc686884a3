import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { BlobPool } from '../../src/transfer/blob-pool.ts';
import type { ImageGraph } from '../../src/transfer/graph.ts';
import { pushGraph } from '../../src/transfer/push.ts';
import { openStream } from '../../src/transfer/store.ts';
import { openRoom, type TransferRoom } from './transfer-room.ts';

const MIB = 1024 * 1024;
const SPARE = 64 * MIB;
const shared = { randomBytes: MIB, seed: 1 };
const image = buildIndex(
  [
    buildImage({ layers: [shared, { randomBytes: 3 * MIB, seed: 2 }] }),
    buildImage({ layers: [shared, { randomBytes: MIB, seed: 3 }], platform: { os: 'linux', architecture: 'arm64' } }),
  ],
  { attestations: true },
);

let room: TransferRoom;
let graph: ImageGraph;
beforeEach(async () => {
  room = await openRoom();
  graph = await room.load('app', image);
  room.registry.log.clear();
});
afterEach(() => room.close());

const layers = async (): Promise<number> =>
  (await readdir(join(room.directory, 'layout', 'blobs', 'sha256'))).length - graph.manifests.length;
const free = (bytes: number) => async () => bytes;

describe('fetchStore, where the whole image fits', () => {
  it('reads each blob once and needs the source no more', async () => {
    const store = await room.fetch(graph, 'app', { freeSpace: free(SPARE + 20 * MIB) });
    for (const one of graph.images) await store.hold(one, async () => expect(await layers()).toBe(graph.blobs.length));
    for (const blob of graph.blobs) expect((await buffer(store.open(blob))).length).toBe(blob.size);
    expect(room.registry.log.blobReads()).toHaveLength(graph.blobs.length);
  });
});

describe('fetchStore, where only one platform fits', () => {
  const small = free(SPARE + 5 * MIB);

  it('says so, and holds the layers of one image at a time', async () => {
    let told = 0;
    const store = await room.fetch(graph, 'app', { freeSpace: small, onSmallDisk: () => told++ });
    expect(told).toBe(1);
    let inside = 0;
    await Promise.all(
      graph.images.map((one) =>
        store.hold(one, async () => {
          expect(++inside).toBe(1);
          for (const { digest } of one.content.manifest.kind === 'manifest' ? one.content.manifest.layers : []) {
            await access(room.layout.path(digest));
          }
          inside--;
        }),
      ),
    );
    expect(await layers()).toBe(graph.images.length);
  });

  it('drops the layers when the scan fails, and goes on with the next image', async () => {
    const store = await room.fetch(graph, 'app', { freeSpace: small });
    const [first, second] = graph.images;
    if (first === undefined || second === undefined) throw new TypeError('two images');
    const failed = store.hold(first, async () => {
      throw new Error('scanner broke');
    });
    const next = store.hold(second, async () => 'scanned');
    await expect(failed).rejects.toThrow('scanner broke');
    await expect(next).resolves.toBe('scanned');
    expect(await layers()).toBe(graph.images.length);
  });

  it('streams every blob from the source again to push it, verified', async () => {
    const store = await room.fetch(graph, 'app', { freeSpace: small });
    await pushGraph(graph, store, room.client, room.repository('prod/app'), {
      mountFrom: undefined,
      onBytes: () => {},
    });
    for (const [digest, { bytes }] of image.contents) {
      expect(room.registry.read('prod/app', digest)?.equals(bytes)).toBe(true);
    }
  });

  it('does not push what changed at the source since it was scanned', async () => {
    const store = await room.fetch(graph, 'app', { freeSpace: small });
    room.registry.faults.push({ method: 'GET', path: /blobs/, corruptBytes: 1 });
    const options = { mountFrom: undefined, onBytes: () => {} };
    const pushed = pushGraph(graph, store, room.client, room.repository('prod/app'), options);
    await expect(pushed).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });
});

describe('fetchStore, where not even one platform fits', () => {
  it('refuses before it reads a byte, and says what it needs', async () => {
    await expect(room.fetch(graph, 'app', { freeSpace: free(SPARE) })).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(room.registry.log.blobReads()).toEqual([]);
  });
});

describe('openStream', () => {
  const stream = (pool?: BlobPool) =>
    openStream(
      graph,
      { client: room.client, repository: room.repository('app'), layout: room.layout },
      { signal: new AbortController().signal, pool },
    );

  it('keeps manifests and configs on disk, and streams the layers from the source once', async () => {
    const store = await stream(new BlobPool());
    expect(await layers()).toBe(graph.images.length);
    await pushGraph(graph, store, room.client, room.repository('prod/app'), {
      mountFrom: undefined,
      onBytes: () => {},
    });
    for (const [digest, { bytes }] of image.contents) {
      expect(room.registry.read('prod/app', digest)?.equals(bytes)).toBe(true);
    }
    expect(await layers()).toBe(graph.images.length);
    expect(room.registry.log.blobReads()).toHaveLength(graph.blobs.length);
  });

  it('hands the last bytes of a layer out only when all of it is what it should be', async () => {
    const store = await stream();
    const [largest] = graph.blobs.toSorted((a, b) => b.size - a.size);
    if (largest === undefined) throw new TypeError('a layer');
    room.registry.faults.push({ method: 'GET', path: /blobs/, corruptBytes: 1 });
    let received = 0;
    const reading = (async () => {
      for await (const chunk of store.open(largest)) received += (chunk as Buffer).length;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(received).toBeLessThan(largest.size);
  });

  it('fetches what is held all the same, for as long', async () => {
    const store = await stream(new BlobPool());
    for (const one of graph.images) await store.hold(one, async () => expect(await layers()).toBeGreaterThan(2));
    expect(await layers()).toBe(graph.images.length);
  });

  it('gives up what the image held of a pool', async () => {
    const pool = new BlobPool();
    const hold = pool.hold(graph.blobs, room.layout);
    const source = { client: room.client, repository: room.repository('app'), layout: room.layout };
    const store = await openStream(graph, source, { signal: new AbortController().signal, pool, hold });
    for (const one of graph.images) await store.hold(one, async () => {});
    expect(await layers()).toBe(graph.images.length);
  });
});
