import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseReference } from '../../src/image/reference.ts';
import { createScanView } from '../../src/scanner/scan-view.ts';
import { loadGraph } from '../../src/transfer/graph.ts';
import { createLayout } from '../../src/transfer/layout.ts';
import { fetchStore } from '../../src/transfer/store.ts';
import { createRecordingClient } from '../registry/recording-client.ts';
import { type Reply, startScripted } from '../registry/scripted-registry.ts';
import type { HostileImage, Taken } from './hostile-image.ts';

/** What it cost to find out. */
export interface Cost {
  /** Milliseconds of processor time, the registry's own included. */
  readonly time: number;
  /** Bytes by which the process grew. */
  readonly memory: number;
}

/** Takes an image the way a promotion does: resolves the tag, follows the graph, fetches every blob, makes a scan view of each image. */
export async function takeImage(image: HostileImage): Promise<{ readonly end: Taken | unknown; readonly cost: Cost }> {
  const server = await startScripted(serve(image));
  const { client } = createRecordingClient({ retry: { attempts: 2 } });
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-hostile-'));
  const [cpu, rss] = [process.cpuUsage(), process.memoryUsage.rss()];
  try {
    const end = await take(`${server.host}/app:hostile`).catch((error: unknown) => error);
    return { end, cost: { time: process.cpuUsage(cpu).user / 1000, memory: process.memoryUsage.rss() - rss } };
  } finally {
    await client.close();
    await server.close();
    await rm(directory, { recursive: true, force: true });
  }

  async function take(name: string): Promise<Taken> {
    const reference = parseReference(name);
    const { repository } = reference;
    const graph = await loadGraph(await client.resolve(reference), (digest) => client.getManifest(repository, digest));
    const layout = await createLayout(join(directory, 'layout'));
    const freeSpace = image.freeSpace === undefined ? {} : { freeSpace: async () => image.freeSpace ?? 0 };
    const signal = new AbortController().signal;
    const options = { onBytes: () => {}, onSmallDisk: () => {}, signal, ...freeSpace };
    const store = await fetchStore(graph, { client, repository, layout }, options);
    const platforms: string[] = [];
    for (const [i, leaf] of graph.images.entries()) {
      const view = await store.hold(leaf, () => createScanView(leaf.content, layout, join(directory, `view-${i}`)));
      platforms.push(leaf.platform ?? (graph.root === leaf.content ? view.platform : 'unnamed'));
    }
    return {
      manifests: graph.manifests.length,
      blobs: graph.blobs.length,
      platforms,
      artifacts: graph.artifacts.length,
    };
  }
}

/** The answers of a registry that has this image. */
function serve(image: HostileImage): Record<string, Reply> {
  const { root, headers, chunked = false } = image;
  const isIndex = String(root.slice(0, 200)).includes('image.index');
  const guess = `application/vnd.oci.image.${isIndex ? 'index' : 'manifest'}.v1+json`;
  const type = image.contentType ?? guess;
  const table: Record<string, Reply> = {
    'GET /v2/app/manifests/hostile': {
      status: 200,
      headers: { 'Content-Type': type, ...headers },
      body: root,
      chunked,
    },
  };
  for (const [digest, { bytes, mediaType }] of image.contents ?? []) {
    const reply = { status: 200, headers: { 'Content-Type': mediaType }, body: bytes };
    table[`GET /v2/app/manifests/${digest}`] = reply;
    table[`GET /v2/app/blobs/${digest}`] = reply;
  }
  return table;
}
