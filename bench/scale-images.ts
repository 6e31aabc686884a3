import { createHash } from 'node:crypto';
import { buildImage } from '../lab/image/image.ts';
import { buildLayer } from '../lab/image/layer.ts';
import { pushImage } from '../lab/image/push.ts';

/** A descriptor as a manifest has it. */
interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** What every image of a case is built upon. */
export interface Base {
  readonly layers: readonly Descriptor[];
  readonly diffIds: readonly string[];
}

const BASE = 'base/debian';
const BASE_LAYER_BYTES = 300 * 1024;
/** A layer is built in memory, one at a time. */
const MAX_LAYER_BYTES = 64 * 1000 * 1000;

/** Pushes a base of four layers, about 1 MB, with a system and a package for the scanner to read. */
export async function pushBase(host: string): Promise<Base> {
  const image = buildImage({
    packages: [{ name: 'libfine', version: '1.0-1' }],
    layers: [1, 2, 3].map((seed) => ({ randomBytes: BASE_LAYER_BYTES, seed })),
    compression: 'none',
  });
  await pushImage(host, BASE, '1', image);
  const manifest = JSON.parse(readContent(image, image.root.digest)) as {
    config: Descriptor;
    layers: readonly Descriptor[];
  };
  const config = JSON.parse(readContent(image, manifest.config.digest)) as { rootfs: { diff_ids: readonly string[] } };
  return { layers: manifest.layers, diffIds: config.rootfs.diff_ids };
}

function readContent(image: ReturnType<typeof buildImage>, digest: string): string {
  return image.contents.get(digest)?.bytes.toString() ?? '';
}

/** Pushes an image over the base into a repository of its own, its layers one at a time so that its size does not matter here; the bytes of all of it. */
export async function pushOver(
  base: Base,
  host: string,
  repository: string,
  tag: string,
  ownBytes: number,
  seed: number,
): Promise<number> {
  const at = `http://${host}/v2/${repository}`;
  for (const { digest } of base.layers) await send('POST', `${at}/blobs/uploads/?mount=${digest}&from=${BASE}`, 201);
  const layers = [...base.layers];
  const diffIds = [...base.diffIds];
  for (let left = ownBytes, i = 0; left > 0; left -= MAX_LAYER_BYTES, i++) {
    const content = { randomBytes: Math.min(left, MAX_LAYER_BYTES), seed: seed * 1000 + i + 10 };
    const { bytes, mediaType } = buildLayer(content, 'oci', 'none');
    const layer = await pushBytes(at, bytes, mediaType);
    layers.push(layer);
    diffIds.push(layer.digest);
  }
  const platform = { os: 'linux', architecture: 'amd64' };
  const config = { created: '2026-01-01T00:00:00Z', ...platform, rootfs: { type: 'layers', diff_ids: diffIds } };
  const configType = 'application/vnd.oci.image.config.v1+json';
  const manifest = {
    ...{ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json' },
    config: await pushBytes(at, Buffer.from(JSON.stringify(config)), configType),
    layers,
  };
  const text = JSON.stringify(manifest);
  await send('PUT', `${at}/manifests/${tag}`, 201, text, manifest.mediaType);
  return text.length + [manifest.config, ...layers].reduce((sum, { size }) => sum + size, 0);
}

async function pushBytes(at: string, bytes: Buffer, mediaType: string): Promise<Descriptor> {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const opened = await send('POST', `${at}/blobs/uploads/`, 202);
  const place = new URL(opened.headers.get('location') ?? '', opened.url);
  place.searchParams.append('digest', digest);
  await send('PUT', place.href, 201, bytes, 'application/octet-stream');
  return { mediaType, digest, size: bytes.length };
}

async function send(method: string, url: string, wanted: number, body?: string | Buffer, type?: string) {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  });
  await response.arrayBuffer();
  if (response.status !== wanted) throw new Error(`${method} ${url} answered ${response.status}, not ${wanted}`);
  return response;
}
