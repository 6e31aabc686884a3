import { createCipheriv, createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Format } from './descriptor.ts';
import { type TarEntry, writeTar } from './tar.ts';

export type Compression = 'gzip' | 'none' | 'zstd';

/** What goes into one layer. */
export interface LayerContent {
  /** Absolute inside the image, without the leading slash. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Size in bytes of a file of noise, which does not compress. */
  readonly randomBytes?: number;
  /** Same seed, same noise; default 0. */
  readonly seed?: number;
  readonly compression?: Compression;
  /** A layer that must not be distributed: its descriptor carries these URLs. `present` false leaves its bytes out. */
  readonly foreign?: { readonly urls: readonly string[]; readonly present: boolean };
  /** Overrides the media type, to mislabel. */
  readonly mediaType?: string;
}

/** A layer's archive before and after compression. */
export interface BuiltLayer {
  readonly tar: Buffer;
  readonly bytes: Buffer;
  readonly mediaType: string;
}

const SUFFIX = {
  oci: { gzip: '.tar+gzip', none: '.tar', zstd: '.tar+zstd' },
  docker: { gzip: '.tar.gzip', none: '.tar', zstd: '.tar.zstd' },
} as const;

/** Builds one layer; the same content gives the same bytes on one version of Node. */
export function buildLayer(content: LayerContent, format: Format, inherited: Compression): BuiltLayer {
  const compression = content.compression ?? inherited;
  const tar = writeTar(listEntries(content));
  const prefix =
    format === 'oci'
      ? `application/vnd.oci.image.layer.${content.foreign === undefined ? '' : 'nondistributable.'}v1`
      : `application/vnd.docker.image.rootfs.${content.foreign === undefined ? '' : 'foreign.'}diff`;
  const mediaType = content.mediaType ?? `${prefix}${SUFFIX[format][compression]}`;
  return { tar, bytes: compress(tar, compression), mediaType };
}

/** Noise that depends only on seed and size. */
export function makeNoise(size: number, seed: number): Buffer {
  const key = createHash('sha256').update(`noise ${seed}`).digest().subarray(0, 16);
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** gzip without the name of the operating system in its header. */
export function gzip(bytes: Uint8Array): Buffer {
  const zipped = gzipSync(bytes);
  zipped[9] = 255;
  return zipped;
}

function compress(tar: Buffer, compression: Compression): Buffer {
  if (compression === 'none') return tar;
  return compression === 'gzip' ? gzip(tar) : zstdCompressSync(tar);
}

function listEntries({ files = {}, randomBytes, seed = 0 }: LayerContent): TarEntry[] {
  const all: Record<string, string | Uint8Array> = { ...files };
  if (randomBytes !== undefined) all[`var/noise/${seed}`] = makeNoise(randomBytes, seed);
  const directories = new Set<string>();
  for (const path of Object.keys(all)) {
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
      directories.add(path.slice(0, slash));
  }
  return [
    ...[...directories].sort().map((path) => ({ path })),
    ...Object.entries(all).map(([path, bytes]) => ({ path, bytes })),
  ];
}
