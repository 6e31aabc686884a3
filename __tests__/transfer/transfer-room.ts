import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import { parseManifest } from '../../src/image/manifest.ts';
import { parseReference, parseRepository, type Repository } from '../../src/image/reference.ts';
import type { RegistryOptions as ClientOptions, RegistryClient } from '../../src/registry/client.ts';
import type { ManifestContent } from '../../src/registry/manifest.ts';
import { type ImageGraph, loadGraph } from '../../src/transfer/graph.ts';
import { createLayout, type Layout } from '../../src/transfer/layout.ts';
import { fetchStore, type ImageStore } from '../../src/transfer/store.ts';
import { createRecordingClient } from '../registry/recording-client.ts';

/** A registry, a client of it, an empty layout and a directory that goes away with them. */
export interface TransferRoom {
  readonly registry: LabRegistry;
  readonly client: RegistryClient;
  readonly warnings: readonly string[];
  readonly directory: string;
  readonly layout: Layout;
  repository(path: string): Repository;
  /** Pushes an image under a tag and loads its graph through the client. */
  load(path: string, image: BuiltImage): Promise<ImageGraph>;
  /** Fetches a graph from `path` into the layout. */
  fetch(graph: ImageGraph, path: string, options?: Partial<Parameters<typeof fetchStore>[2]>): Promise<ImageStore>;
  close(): Promise<void>;
}

/** Opens such a room. */
export async function openRoom(
  options: RegistryOptions = {},
  clientOptions: Partial<ClientOptions> = {},
): Promise<TransferRoom> {
  const registry = await startRegistry(options);
  const { client, warnings } = createRecordingClient(clientOptions);
  const directory = await mkdtemp(join(tmpdir(), 'promote-image-transfer-'));
  const layout = await createLayout(join(directory, 'layout'));
  const repository = (path: string): Repository => parseRepository(`${registry.host}/${path}`);
  return {
    ...{ registry, client, warnings, directory, repository },
    layout,
    async load(path, image) {
      const { auth } = options;
      await pushImage(registry.host, path, 'pushed', image, auth);
      const root = await client.resolve(parseReference(`${registry.host}/${path}:pushed`));
      return loadGraph(root, (digest) => client.getManifest(repository(path), digest));
    },
    fetch: (graph, path, fetchOptions) =>
      fetchStore(
        graph,
        { client, repository: repository(path), layout },
        { onBytes: () => {}, signal: new AbortController().signal, onSmallDisk: () => {}, ...fetchOptions },
      ),
    async close() {
      await client.close();
      await registry.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A manifest of a built image, as a client would have read it. */
export function contentOf(image: BuiltImage, digest = image.root.digest): ManifestContent {
  const content = image.contents.get(digest);
  if (content?.kind !== 'manifest') throw new TypeError(`${digest} is no manifest of this image`);
  const { bytes, mediaType } = content;
  return { digest: digest as ManifestContent['digest'], mediaType, bytes, manifest: parseManifest(bytes, mediaType) };
}
