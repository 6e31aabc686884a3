import { describe, expect, it } from '@jest/globals';
import { buildArtifact } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import {
  type BuiltImage,
  CONFIG_TYPE,
  ContentSet,
  type Descriptor,
  INDEX_TYPE,
  MANIFEST_TYPE,
} from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { type Digest, digestOf } from '../../src/image/digest.ts';
import { type ImageGraph, loadGraph, totalBytes } from '../../src/transfer/graph.ts';
import { contentOf } from './transfer-room.ts';

const amd64 = buildImage({ platform: { os: 'linux', architecture: 'amd64' } });
const arm64 = buildImage({ platform: { os: 'linux', architecture: 'arm64' }, packages: [{ name: 'a', version: '1' }] });
const chart = buildArtifact({
  configType: 'application/vnd.cncf.helm.config.v1+json',
  layerType: 'a/tgz',
  layer: 'chart',
});

/** Loads the graph of a built image, and tells which manifests were read. */
const load = async (image: BuiltImage): Promise<ImageGraph & { readonly reads: readonly Digest[] }> => {
  const reads: Digest[] = [];
  const graph = await loadGraph(contentOf(image), async (digest) => {
    reads.push(digest);
    return contentOf(image, digest);
  });
  return { ...graph, reads };
};

/** An index with exactly these descriptors; `images` are what they point at. */
const indexOf = (manifests: readonly Descriptor[], ...images: readonly BuiltImage[]): BuiltImage => {
  const set = new ContentSet();
  for (const image of images) set.addAll(image);
  return { root: set.addManifest({ schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests }), contents: set.contents };
};

const digests = (contents: readonly { readonly digest: string }[]): string[] => contents.map(({ digest }) => digest);

describe('the graph of one image', () => {
  it('is its manifest, its config and its layers', async () => {
    const graph = await load(amd64);
    expect(digests(graph.manifests)).toEqual([amd64.root.digest]);
    const blobs = [...amd64.contents].filter(([, { kind }]) => kind === 'blob').map(([digest]) => digest);
    expect(new Set(digests(graph.blobs))).toEqual(new Set(blobs));
    expect(graph.images).toMatchObject([{ content: { digest: amd64.root.digest }, platform: undefined }]);
    expect(graph.artifacts).toEqual([]);
  });

  it('has the size of all its bytes', async () => {
    const bytes = [...amd64.contents.values()].reduce((sum, content) => sum + content.bytes.length, 0);
    expect(totalBytes(await load(amd64))).toBe(bytes);
  });

  it('lists a layer that occurs twice once', async () => {
    const layers = [{ files: { a: 'x' } }, { files: { a: 'x' } }];
    const graph = await load(buildImage({ distribution: 'none', layers }));
    expect(graph.blobs).toHaveLength(2);
  });
});

describe('the graph of an index', () => {
  it('has children before the index that lists them, and the root last', async () => {
    const inner = buildIndex([amd64, arm64]);
    const graph = await load(buildIndex([chart, inner]));
    const order = digests(graph.manifests);
    expect(order.at(-1)).toBe(graph.root.digest);
    expect(order.indexOf(inner.root.digest)).toBeGreaterThan(order.indexOf(amd64.root.digest));
    expect(order.indexOf(inner.root.digest)).toBeGreaterThan(order.indexOf(arm64.root.digest));
    expect(order).toHaveLength(5);
  });

  it('has children first even where they are listed both by the root and further down', async () => {
    const inner = buildIndex([amd64]);
    const order = digests((await load(buildIndex([inner, amd64]))).manifests);
    expect(order).toEqual([amd64.root.digest, inner.root.digest, order[2]]);
  });

  it('names each image with the platform its index says', async () => {
    const { images } = await load(buildIndex([amd64, arm64]));
    expect(images.map(({ platform }) => platform)).toEqual(['linux/amd64', 'linux/arm64']);
  });

  it('names an image once for each platform that it is listed for', async () => {
    const windows = { ...amd64.root, platform: { os: 'windows', architecture: 'amd64' } };
    const linux = { ...amd64.root, platform: { os: 'linux', architecture: 'amd64' } };
    const graph = await load(indexOf([windows, linux, linux], amd64));
    expect(graph.images.map(({ platform }) => platform)).toEqual(['windows/amd64', 'linux/amd64']);
    expect(graph.reads).toHaveLength(1);
  });

  it('reads and lists a child that is listed twice once', async () => {
    const graph = await load(indexOf([amd64.root, amd64.root], amd64));
    expect(graph.reads).toEqual([amd64.root.digest]);
    expect(graph.images).toHaveLength(1);
  });

  it('lists blobs that children share once', async () => {
    const layers = [{ files: { shared: 'x'.repeat(100) } }];
    const one = buildImage({ distribution: 'none', layers });
    const other = buildImage({ distribution: 'none', layers, platform: { os: 'linux', architecture: 'arm64' } });
    const graph = await load(buildIndex([one, other]));
    expect(graph.blobs).toHaveLength(3);
  });

  it('may list nothing', async () => {
    expect(await load(indexOf([]))).toMatchObject({ images: [], artifacts: [], blobs: [] });
  });

  it('works for Docker’s manifest lists', async () => {
    const graph = await load(buildIndex([buildImage({ format: 'docker' })], { format: 'docker' }));
    expect(graph.images).toHaveLength(1);
  });
});

describe('what is no image', () => {
  it('is an artifact, alone or in an index', async () => {
    expect(await load(chart)).toMatchObject({ images: [], artifacts: [{ platform: undefined }] });
    const { images, artifacts } = await load(buildIndex([amd64, chart]));
    expect([images.length, artifacts.length]).toEqual([1, 1]);
  });

  it('is neither when it is an attestation that BuildKit filed, but is carried along', async () => {
    const graph = await load(buildIndex([amd64, arm64], { attestations: true }));
    expect([graph.manifests.length, graph.images.length, graph.artifacts.length]).toEqual([5, 2, 0]);
  });

  it('cannot be claimed by a runnable image: unknown/unknown is scanned like any other', async () => {
    const hidden = { ...amd64.root, platform: { os: 'unknown', architecture: 'unknown' } };
    const { images } = await load(indexOf([hidden], amd64));
    expect(images).toMatchObject([{ content: { digest: amd64.root.digest }, platform: 'unknown/unknown' }]);
  });

  it('cannot be claimed by an image with one attestation among its layers', async () => {
    const set = new ContentSet();
    set.addAll(amd64);
    const config = set.addBlob('{}', CONFIG_TYPE.oci);
    const layers = [
      set.addBlob('{}', 'application/vnd.in-toto+json'),
      set.addBlob('x', 'application/vnd.oci.image.layer.v1.tar'),
    ];
    const mixed = set.addManifest({ schemaVersion: 2, mediaType: MANIFEST_TYPE.oci, config, layers });
    const child = { ...mixed, platform: { os: 'unknown', architecture: 'unknown' } };
    const { images } = await load(indexOf([child], { root: mixed, contents: set.contents }));
    expect(digests(images.map(({ content }) => content))).toEqual([mixed.digest]);
  });
});

describe('a graph that lies or does not end', () => {
  it('fails when a child has another size than its index says', async () => {
    const index = indexOf([{ ...amd64.root, size: amd64.root.size + 1 }], amd64);
    await expect(load(index)).rejects.toMatchObject({ code: 'SIZE_MISMATCH' });
  });

  it('fails when two manifests declare different sizes for one blob', async () => {
    const set = new ContentSet();
    const config = set.addBlob('{}', CONFIG_TYPE.oci);
    const layer = set.addBlob('layer', 'application/vnd.oci.image.layer.v1.tar');
    const make = (size: number) =>
      set.addManifest({ schemaVersion: 2, mediaType: MANIFEST_TYPE.oci, config, layers: [{ ...layer, size }] });
    const children = [make(5), make(6)];
    const index = indexOf(children, { root: config, contents: set.contents });
    await expect(load(index)).rejects.toMatchObject({ code: 'SIZE_MISMATCH' });
  });

  it('follows indexes four deep and no deeper', async () => {
    const nest = (depth: number): BuiltImage => (depth === 0 ? amd64 : buildIndex([nest(depth - 1)]));
    expect((await load(nest(4))).manifests).toHaveLength(5);
    await expect(load(nest(5))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('reads none of more than a thousand manifests', async () => {
    const children = Array.from({ length: 1000 }, (_, i) => ({
      ...amd64.root,
      digest: `sha256:${i.toString(16).padStart(64, '0')}`,
    }));
    const reads: string[] = [];
    const graph = loadGraph(contentOf(indexOf(children)), async (digest) => {
      reads.push(digest);
      throw new Error('read');
    });
    await expect(graph).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(reads).toEqual([]);
  });

  it('ends where a child is its own parent, which no digest allows', async () => {
    const index = contentOf(indexOf([amd64.root], amd64));
    const circle = { ...index, manifest: { ...index.manifest, children: [{ ...index, size: index.bytes.length }] } };
    const graph = await loadGraph(circle as typeof index, async () => circle as typeof index);
    expect(graph.manifests).toHaveLength(1);
  });

  it('fails when a child is listed again with another size', async () => {
    const index = indexOf([amd64.root, { ...amd64.root, size: 1 }], amd64);
    await expect(load(index)).rejects.toMatchObject({ code: 'SIZE_MISMATCH' });
  });

  it('reads no children that have more than 64 MiB together', async () => {
    const size = 4 * 1024 * 1024;
    const children = Array.from({ length: 16 }, (_, i) => ({ ...amd64.root, size, digest: digestOf(`${i}`) }));
    const index = contentOf(indexOf(children));
    const read = async () => Promise.reject(new Error('read'));
    await expect(loadGraph(index, read)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('fails with what reading a child failed with', async () => {
    const graph = loadGraph(contentOf(buildIndex([amd64])), async () => {
      throw new Error('gone');
    });
    await expect(graph).rejects.toThrow('gone');
  });
});
