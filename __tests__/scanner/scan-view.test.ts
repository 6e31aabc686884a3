import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import { type BuiltImage, CONFIG_TYPE, ContentSet, MANIFEST_TYPE } from '../../lab/image/descriptor.ts';
import { buildImage, listDiffIds } from '../../lab/image/image.ts';
import type { Digest } from '../../src/image/digest.ts';
import { createScanView } from '../../src/scanner/scan-view.ts';
import { contentOf, openRoom, type TransferRoom } from '../transfer/transfer-room.ts';

const OPTIONS = { packages: [{ name: 'a', version: '1' }], labels: { k: 'v' } };
const LAYER = 'application/vnd.oci.image.layer.v1.tar';
let room: TransferRoom;
afterEach(() => room.close());

interface ViewedConfig extends Readonly<Record<string, unknown>> {
  readonly rootfs: { readonly type: string; readonly diff_ids: readonly string[] };
}

/** Makes a view of an image, and reads it as a scanner would. */
const view = async (image: BuiltImage) => {
  room = await openRoom({ missingContent: 'accept' });
  const graph = await room.load('app', image);
  await room.fetch(graph, 'app');
  const directory = join(room.directory, 'view');
  const made = await createScanView(graph.root, room.layout, directory);
  const readJson = async (digest: string) =>
    JSON.parse(await readFile(join(directory, 'blobs', 'sha256', digest.slice(7)), 'utf8'));
  const index = JSON.parse(await readFile(join(directory, 'index.json'), 'utf8')) as {
    manifests: { digest: string }[];
  };
  const manifest = (await readJson(index.manifests[0]?.digest ?? '')) as {
    config: { digest: string };
    layers: { digest: string; mediaType: string }[];
  };
  const config = (await readJson(manifest.config.digest)) as ViewedConfig;
  return { ...made, directory, graph, index, manifest, config };
};

/** An image with one empty layer and exactly this config. */
const withConfig = (config: string): BuiltImage => {
  const set = new ContentSet();
  const layers = [set.addBlob(Buffer.alloc(1024), LAYER)];
  const descriptor = set.addBlob(config, CONFIG_TYPE.oci);
  const manifest = { schemaVersion: 2, mediaType: MANIFEST_TYPE.oci, config: descriptor, layers };
  return { root: set.addManifest(manifest), contents: set.contents };
};

describe('a scan view', () => {
  it('lists the image itself in its index, which is all that the scanner looks at', async () => {
    const { index, input, directory } = await view(buildImage(OPTIONS));
    expect(index.manifests).toHaveLength(1);
    expect(input).toBe(`${directory}@${index.manifests[0]?.digest}`);
  });

  it('has the layers of the image, and their verified digests in place of the diff_ids it claims', async () => {
    const { config, manifest, graph } = await view(
      buildImage({ ...OPTIONS, claimedDiffIds: [`sha256:${'a'.repeat(64)}`] }),
    );
    const layers = graph.root.manifest.kind === 'manifest' ? graph.root.manifest.layers : [];
    expect(manifest.layers).toMatchObject(layers.map(({ digest, mediaType, size }) => ({ digest, mediaType, size })));
    expect(config.rootfs).toEqual({ type: 'layers', diff_ids: layers.map(({ digest }) => digest) });
  });

  it('remembers what the image said, for the report', async () => {
    const { imageId, diffIds, platform, graph } = await view(
      buildImage({ ...OPTIONS, platform: { os: 'linux', architecture: 'arm', variant: 'v7' } }),
    );
    expect(imageId).toBe(graph.root.manifest.kind === 'manifest' && graph.root.manifest.config.digest);
    expect(diffIds).toEqual(listDiffIds({ ...OPTIONS, platform: { os: 'linux', architecture: 'arm', variant: 'v7' } }));
    expect(platform).toBe('linux/arm/v7');
  });

  it('keeps the labels of the image', async () => {
    expect((await view(buildImage(OPTIONS))).config).toMatchObject({ os: 'linux', config: { Labels: { k: 'v' } } });
  });

  it('shares the bytes of the layers and leaves the fetched image as it was', async () => {
    const image = buildImage({ layers: [{ randomBytes: 100_000 }] });
    const { directory, manifest } = await view(image);
    const largest = manifest.layers.at(-1)?.digest ?? '';
    const shared = await stat(join(directory, 'blobs', 'sha256', largest.slice(7)));
    expect(shared.isFile()).toBe(true);
    expect(shared.ino).toBe((await stat(room.layout.path(largest as Digest))).ino);
    for (const [digest, { bytes }] of image.contents) {
      expect(Buffer.from(await room.layout.read(digest as Digest))).toEqual(bytes);
    }
  });

  it('holds a layer that occurs twice once, and lists it twice', async () => {
    const layers = [{ files: { a: 'x' } }, { files: { a: 'x' } }];
    const { manifest, directory } = await view(buildImage({ distribution: 'none', layers }));
    expect(manifest.layers).toHaveLength(2);
    expect(await readdir(join(directory, 'blobs', 'sha256'))).toHaveLength(3);
  });

  it.each(['ROOTFS', 'RootFS', 'rootfſ', 'History', 'hiſtory', 'surprise'])(
    'drops the key %s, which Go would take for the real one',
    async (key) => {
      const claimed = { type: 'layers', diff_ids: [`sha256:${'a'.repeat(64)}`] };
      const { config } = await view(
        withConfig(JSON.stringify({ os: 'linux', rootfs: claimed, [key]: claimed, history: [1] })),
      );
      expect(Object.keys(config).sort()).toEqual(['os', 'rootfs']);
      expect(JSON.stringify(config)).not.toContain('aaaa');
    },
  );

  it.each(['{}', '{"rootfs":null}', '{"rootfs":7,"os":5,"architecture":["x"]}', '{"rootfs":{"diff_ids":"x"}}'])(
    'does not mind a config that says little or nonsense: %s',
    async (config) => {
      const made = await view(withConfig(config));
      expect([made.platform, made.diffIds]).toEqual(['unknown', []]);
      expect(made.config.rootfs.diff_ids).toHaveLength(1);
    },
  );

  it.each(['[]', 'null', 'nope', ''])('cannot be made of a config that is %j', async (config) => {
    await expect(view(withConfig(config))).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });

  it('cannot be made of a config that nests deeper than can be written again', async () => {
    const nested = '['.repeat(50_000) + ']'.repeat(50_000);
    await expect(view(withConfig(`{"config":${nested}}`))).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });

  it('cannot be made of an index', async () => {
    room = await openRoom();
    const content = contentOf(buildIndex([buildImage()]));
    await expect(createScanView(content, room.layout, join(room.directory, 'v'))).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
    });
  });

  it('is not made of a config that was changed on the disk', async () => {
    room = await openRoom();
    const image = buildImage();
    const content = contentOf(image);
    const config = content.manifest.kind === 'manifest' ? content.manifest.config.digest : content.digest;
    await room.layout.writeBytes(config, Buffer.from('{}'));
    await expect(createScanView(content, room.layout, join(room.directory, 'v'))).rejects.toMatchObject({
      code: 'MISSING_CONTENT',
    });
  });
});
