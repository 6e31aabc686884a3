import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { parseDigest } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { BlobPool } from '../../src/transfer/blob-pool.ts';
import { loadGraph, type PlatformImage } from '../../src/transfer/graph.ts';
import { growStore, growStream } from '../../src/transfer/growing-store.ts';
import { createLayout } from '../../src/transfer/layout.ts';
import { createRecordingClient, type RecordingClient } from '../registry/recording-client.ts';

const LAYER = { randomBytes: 5_000, seed: 1 };
const FIRST = buildImage({ platform: { os: 'linux', architecture: 'amd64' }, layers: [LAYER] });
const SECOND = buildImage({ platform: { os: 'linux', architecture: 'arm64' }, layers: [LAYER, { randomBytes: 500 }] });
const INDEX = buildIndex([FIRST, SECOND]);

let registry: LabRegistry;
let recording: RecordingClient;
let directory: string;
let progress: [done: number, total: number][];
beforeEach(async () => {
  registry = await startRegistry();
  recording = createRecordingClient();
  directory = await mkdtemp(join(tmpdir(), 'promote-image-growing-'));
  progress = [];
  await pushImage(registry.host, 'dev/app', '1', INDEX);
});
afterEach(async () => {
  await recording.client.close();
  await registry.close();
  await rm(directory, { recursive: true, force: true });
});

async function open(freeSpace?: () => Promise<number>) {
  const { client } = recording;
  const repository = parseRepository(`${registry.host}/dev/app`);
  const root = await client.getManifest(repository, parseDigest(INDEX.root.digest));
  const graph = await loadGraph(root, (digest) => client.getManifest(repository, digest));
  const layout = await createLayout(join(directory, 'layout'));
  registry.log.clear();
  const stop = new AbortController();
  const told: string[] = [];
  const options = {
    ...{ signal: stop.signal, pool: new BlobPool(), onSmallDisk: () => void told.push('small') },
    onBytes: (done: number, total: number) => void progress.push([done, total]),
    ...(freeSpace === undefined ? {} : { freeSpace }),
  };
  return { graph, source: { client, repository, layout }, options, stop, told };
}

/** A layer that only the second platform has. */
const OWN = [...SECOND.contents].find(
  ([digest, { kind, bytes }]) => kind === 'blob' && !FIRST.contents.has(digest) && bytes.length > 500,
)?.[0];

describe('a store that grows', () => {
  it('holds a platform while a blob of another is still missing, and is whole in the end, each blob read once', async () => {
    const { graph, source, options } = await open();
    const late = Promise.withResolvers<void>();
    registry.faults.push({ method: 'GET', path: new RegExp(OWN ?? 'none'), before: () => late.promise });
    const { store, whole } = await growStore(graph, source, options);
    const [first, second] = graph.images as [PlatformImage, PlatformImage];
    const order: string[] = [];
    const holding = store.hold(second, async () => void order.push('second'));
    await store.hold(first, async () => void order.push('first'));
    late.resolve();
    await Promise.all([holding, whole]);
    expect(order).toEqual(['first', 'second']);
    for (const { digest, size } of graph.blobs) {
      expect(registry.log.blobReads(digest)).toHaveLength(1);
      expect(Buffer.concat(await store.open({ digest, size, mediaType: '', annotations: {} }).toArray())).toHaveLength(
        size,
      );
    }
    const total = graph.blobs.reduce((sum, { size }) => sum + size, 0);
    expect(progress.at(-1)).toEqual([total, total]);
  });

  it('hands out a blob that is still coming', async () => {
    const { graph, source, options } = await open();
    const { store, whole } = await growStore(graph, source, options);
    const read = await Promise.all(
      graph.blobs.map(async (blob) => Buffer.concat(await store.open(blob).toArray()).length),
    );
    expect(read).toEqual(graph.blobs.map(({ size }) => size));
    await whole;
  });

  it('fails for whoever waits when a blob is not to be had', async () => {
    const { graph, source, options } = await open();
    registry.faults.push({ method: 'GET', path: new RegExp(OWN ?? 'none'), status: 403 });
    const { store, whole } = await growStore(graph, source, options);
    const held = store.hold(graph.images[1] as PlatformImage, async () => undefined);
    await expect(held).rejects.toMatchObject({ code: 'DENIED' });
    await expect(whole).rejects.toMatchObject({ code: 'DENIED' });
  });

  it('keeps configs alone where the disk is too small, and says so', async () => {
    const room = graphSize() + 1;
    const { graph, source, options, told } = await open(async () => 64 * 1024 * 1024 + room);
    const { whole } = await growStore(graph, source, options);
    await whole;
    expect(told).toEqual(['small']);
    expect(registry.log.blobReads()).toHaveLength(2);
  });
});

describe('a store that streams', () => {
  it('reads configs at once and layers when they are opened, and returns before either', async () => {
    const { graph, source, options } = await open();
    const { store, whole } = growStream(graph, source, options);
    await whole;
    expect(registry.log.blobReads()).toHaveLength(2);
    const read = await Promise.all(
      graph.blobs.map(async (blob) => Buffer.concat(await store.open(blob).toArray()).length),
    );
    expect(read).toEqual(graph.blobs.map(({ size }) => size));
    for (const { digest } of graph.blobs) expect(registry.log.blobReads(digest)).toHaveLength(1);
  });

  it('ends what waits for a config that never comes', async () => {
    const { graph, source, options, stop } = await open();
    registry.faults.push({ method: 'GET', path: /blobs/, status: 403 });
    const { store, whole } = growStream(graph, source, options);
    const [config] = graph.images.flatMap(({ content: { manifest } }) =>
      manifest.kind === 'manifest' ? [manifest.config] : [],
    );
    if (config === undefined) throw new TypeError('an image has a config');
    const reading = store.open(config).toArray();
    await expect(whole).rejects.toMatchObject({ code: 'DENIED' });
    stop.abort();
    await expect(reading).rejects.toThrow();
  });
});

/** Of the largest platform alone, with the tenth that is spared. */
function graphSize(): number {
  const layers = [...SECOND.contents.values()].filter(
    ({ kind, mediaType }) => kind === 'blob' && mediaType.includes('layer'),
  );
  return Math.ceil(layers.reduce((sum, { bytes }) => sum + bytes.length, 0) * 1.1);
}
