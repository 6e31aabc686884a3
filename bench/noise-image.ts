import { gzipSync } from 'node:zlib';
import {
  CONFIG_TYPE,
  ContentSet,
  type Descriptor,
  INDEX_TYPE,
  MANIFEST_TYPE,
  type Platform,
} from '../lab/image/descriptor.ts';
import { listSystemFiles } from '../lab/image/filesystem.ts';
import { buildLayer, type LayerContent } from '../lab/image/layer.ts';
import { pushImage } from '../lab/image/push.ts';
import { startSession } from '../lab/image/session.ts';
import { digestOf } from '../lab/registry/digest.ts';

/** A layer of noise, which does not compress; the same seed and size are the same blob. */
export interface Noise {
  readonly seed: number;
  readonly bytes: number;
}

/** What makes an image another one than the same layers alone: of the label the config, of the annotations the manifest. */
export interface NoiseOptions {
  readonly label?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Layer {
  readonly digest: string;
  readonly size: number;
  /** The digest of the archive before compression. */
  readonly diffId: string;
}

const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** What was pushed. */
export interface PushedImage {
  readonly digest: string;
  /** Of all blobs and manifests, each counted once. */
  readonly bytes: number;
}

/** Pushes images of noise to one registry, layer by layer, so that one layer at most is in memory; what it has once been given, it mounts. */
export class NoisePusher {
  readonly #host: string;
  readonly #layers = new Map<string, Layer & { readonly repository: string }>();

  constructor(host: string) {
    this.#host = host;
  }

  /** Pushes an image with these layers above a Debian 12 without packages; an index for several platforms. */
  async push(
    repository: string,
    tag: string,
    platforms: Readonly<Record<string, readonly Noise[]>>,
    { label = '', annotations }: NoiseOptions = {},
  ): Promise<PushedImage> {
    const set = new ContentSet();
    const sizes = new Map<string, number>();
    const children: Descriptor[] = [];
    for (const [name, noises] of Object.entries(platforms)) {
      const [os = '', architecture = ''] = name.split('/');
      const platform: Platform = { os, architecture };
      const layers: Layer[] = [];
      const system = { files: listSystemFiles('debian 12', [{ name: 'base-files', version: '12.4' }], architecture) };
      layers.push(await this.#pushLayer(repository, `system ${architecture}`, system));
      for (const { seed, bytes } of noises) {
        layers.push(await this.#pushLayer(repository, `noise ${seed} ${bytes}`, { randomBytes: bytes, seed }));
      }
      for (const { digest, size } of layers) sizes.set(digest, size);
      const rootfs = { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) };
      const config = set.addBlob(
        JSON.stringify({ ...platform, config: { Labels: { label } }, rootfs }),
        CONFIG_TYPE.oci,
      );
      children.push({
        ...set.addManifest({
          schemaVersion: 2,
          mediaType: MANIFEST_TYPE.oci,
          config,
          layers: layers.map(({ digest, size }) => ({ mediaType: LAYER_TYPE, digest, size })),
          ...(annotations && { annotations }),
        }),
        platform,
      });
    }
    const root = children.length === 1 ? children[0] : undefined;
    const top = root ?? set.addManifest({ schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests: children });
    for (const [digest, { bytes }] of set.contents) sizes.set(digest, bytes.length);
    const digest = await pushImage(this.#host, repository, tag, { root: top, contents: set.contents });
    return { digest, bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
  }

  async #pushLayer(repository: string, key: string, content: LayerContent): Promise<Layer> {
    const known = this.#layers.get(key);
    const send = startSession(this.#host, repository);
    if (known !== undefined) {
      const { repository: from, ...layer } = known;
      if (from !== repository) await send('POST', `blobs/uploads/?mount=${layer.digest}&from=${from}`, 201);
      return layer;
    }
    const { tar } = buildLayer(content, 'oci', 'none');
    // As layers are in practice, but quickly: noise does not compress.
    const bytes = gzipSync(tar, { level: 0 });
    const layer = { digest: digestOf(bytes), size: bytes.length, diffId: digestOf(tar) };
    const opened = await send('POST', 'blobs/uploads/', 202);
    const place = new URL(opened.headers.get('location') ?? '', opened.url);
    place.searchParams.append('digest', layer.digest);
    await send('PUT', place.href, 201, { type: 'application/octet-stream', bytes });
    this.#layers.set(key, { ...layer, repository });
    return layer;
  }
}

/** So many layers of noise that make up so many bytes together. */
export function splitNoise(bytes: number, layers: number, firstSeed = 1): Noise[] {
  return Array.from({ length: layers }, (_, i) => ({ seed: firstSeed + i, bytes: Math.floor(bytes / layers) }));
}
