import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import type { ImageGraph } from '../../src/transfer/graph.ts';
import { openRoom, type TransferRoom } from './transfer-room.ts';

const LAYERS = Array.from({ length: 6 }, (_, seed) => ({ randomBytes: 20_000 + seed, seed }));
const image = buildIndex(
  [
    buildImage({ layers: LAYERS }),
    buildImage({ layers: LAYERS.slice(0, 3), platform: { os: 'linux', architecture: 'arm64' } }),
  ],
  { attestations: true },
);

let room: TransferRoom;
let graph: ImageGraph;
const open = async (options?: RegistryOptions): Promise<void> => {
  room = await openRoom(options);
  graph = await room.load('app', image);
  room.registry.log.clear();
};
const fetch = (signal = new AbortController().signal, onBytes: (done: number, total: number) => void = () => {}) =>
  room.fetch(graph, 'app', { onBytes, signal });
const kept = () => readdir(join(room.directory, 'layout', 'blobs', 'sha256'));
afterEach(() => room.close());

describe('fetchBlobs, for a whole image', () => {
  it('brings every manifest and blob into the layout, byte for byte', async () => {
    await open();
    await fetch();
    expect(new Set(await kept())).toEqual(new Set([...image.contents.keys()].map((digest) => digest.slice(7))));
    for (const [digest, { bytes }] of image.contents) {
      expect(Buffer.from(await room.layout.read(digest as (typeof graph.root)['digest']))).toEqual(bytes);
    }
  });

  it('reads each blob once, and asks for nothing else', async () => {
    await open();
    await fetch();
    const blobs = [...image.contents].filter(([, { kind }]) => kind === 'blob').map(([digest]) => digest);
    const reads = room.registry.log.blobReads().map(({ path }) => path.split('/').at(-1) ?? '');
    expect(reads.sort()).toEqual(blobs.sort());
    expect(room.registry.log.entries).toHaveLength(blobs.length);
  });

  it('begins with the largest', async () => {
    await open();
    await fetch();
    const sizes = room.registry.log.blobReads().map(({ responseBytes }) => responseBytes);
    expect(Math.max(...sizes.slice(0, 4))).toBe(Math.max(...sizes));
    expect(sizes.at(-1)).toBeLessThan(2_000);
  });

  it('tells how far it is, up to all of it', async () => {
    await open();
    const told: number[] = [];
    const total = graph.blobs.reduce((sum, { size }) => sum + size, 0);
    await fetch(undefined, (done, of) => {
      told.push(done);
      expect(of).toBe(total);
    });
    expect(told.at(-1)).toBe(total);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('reads foreign layers from the registry, never from their URLs', async () => {
    room = await openRoom();
    const urls = [`http://${room.registry.host}/evil`];
    graph = await room.load('app', buildImage({ layers: [{ files: { a: 'b' }, foreign: { urls, present: true } }] }));
    room.registry.log.clear();
    await fetch();
    expect(room.registry.log.entries.filter(({ path }) => path.includes('evil'))).toEqual([]);
    expect(room.registry.log.blobReads()).toHaveLength(graph.blobs.length);
  });

  it('fails on a foreign layer that the registry does not have', async () => {
    room = await openRoom({ missingContent: 'accept' });
    const foreign = { urls: [`http://${room.registry.host}/evil`], present: false };
    graph = await room.load('app', buildImage({ layers: [{ files: { a: 'b' }, foreign }] }));
    await expect(fetch()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(room.registry.log.find('GET', /evil/)).toEqual([]);
  });

  it('resumes a broken connection without reading anything twice', async () => {
    await open({ faults: [{ method: 'GET', path: /blobs/, skip: 1, times: 1, cutAfterBytes: 5_000 }] });
    await fetch();
    const bytes = room.registry.log.blobReads().reduce((sum, { responseBytes }) => sum + responseBytes, 0);
    expect(bytes).toBe(graph.blobs.reduce((sum, { size }) => sum + size, 0));
  });

  it('keeps nothing of a blob whose bytes are not those of its digest', async () => {
    await open();
    const digest = graph.blobs.toSorted((a, b) => b.size - a.size)[0]?.digest ?? '';
    room.registry.faults.push({ method: 'GET', path: new RegExp(digest), corruptBytes: 3 });
    await expect(fetch()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect((await kept()).filter((name) => name.startsWith(digest.slice(7)))).toEqual([]);
  });

  it('stops when it is cancelled, and leaves no partial file', async () => {
    await open({ faults: [{ method: 'GET', path: /blobs/, skip: 2, delayMs: 2_000 }] });
    const controller = new AbortController();
    const run = fetch(controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(run).rejects.toBeDefined();
    expect((await kept()).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('can check what it kept without asking again', async () => {
    await open();
    await fetch();
    for (const { digest, bytes } of graph.manifests) {
      expect(
        createHash('sha256')
          .update(await room.layout.read(digest))
          .digest('hex'),
      ).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});
