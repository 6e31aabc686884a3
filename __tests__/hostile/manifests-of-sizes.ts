import { ContentSet, INDEX_TYPE } from '../../lab/image/descriptor.ts';
import {
  addImage,
  type HostileManifest,
  LAYER_TYPE,
  madeUpDigest,
  spoilImage,
  spoilIndex,
  spoilText,
} from './hostile-image.ts';

const MIB = 1024 * 1024;
const firstLayer = (manifest: Record<string, unknown>) => (manifest.layers as object[])[0];
const withSize = (size: unknown) =>
  spoilImage((manifest) => ({ ...manifest, layers: [{ ...firstLayer(manifest), size }] }));
const unsafe = { code: 'PROTOCOL', message: /layers\[0\]\.size is/ };

/** Too many, too deep, too large, or not as large as declared. */
export const MANIFESTS_OF_SIZES: readonly HostileManifest[] = [
  {
    name: 'layer of 100 MB that has 1 kB',
    says: 'a layer is declared with 100 MB; the registry has a kilobyte of it',
    make: () => withSize(100_000_000),
    ends: { code: 'SIZE_MISMATCH', message: /1024 bytes instead of 100000000/ },
  },
  {
    name: 'layers of 100 MB on a small disk',
    says: 'more is declared than the disk has left, so nothing is fetched',
    make: () => ({ ...withSize(100_000_000), freeSpace: 50_000_000 }),
    ends: { code: 'DISK_FULL', message: /needs 178 MB .* has 50 MB/ },
  },
  {
    name: 'layer of 8 PB',
    says: 'the largest size that can be written exactly, 2^53-1',
    make: () => withSize(Number.MAX_SAFE_INTEGER),
    ends: { code: 'DISK_FULL', message: /needs \d+ MB/ },
  },
  {
    name: 'layers whose sizes add up past 2^53',
    says: 'a thousand layers of 8 PB each',
    make: () =>
      spoilImage((manifest) => ({
        ...manifest,
        layers: Array.from({ length: 1000 }, (_, i) => ({
          ...{ mediaType: LAYER_TYPE, digest: madeUpDigest(i), size: Number.MAX_SAFE_INTEGER },
        })),
      })),
    ends: { code: 'DISK_FULL', message: /needs \d+ MB/ },
  },
  {
    name: 'layer of 2^53',
    says: 'a size that can no longer be told from its neighbour',
    make: () => withSize(2 ** 53),
    ends: unsafe,
  },
  { name: 'layer of 1 EB', says: 'a size of 10^18', make: () => withSize(1e18), ends: unsafe },
  { name: 'layer of -1', says: 'a negative size', make: () => withSize(-1), ends: unsafe },
  { name: 'layer of 1023.5', says: 'a size in fractions of a byte', make: () => withSize(1023.5), ends: unsafe },
  { name: 'layer of "1024"', says: 'a size that is a text', make: () => withSize('1024'), ends: unsafe },
  {
    name: 'layer of [[[…]]]',
    says: 'a size that is a list in a list in a list',
    make: () => withSize([[[[[1024]]]]]),
    ends: unsafe,
  },
  {
    name: 'layer of 1e999',
    says: 'a size that JavaScript reads as infinite',
    make: () => spoilText((text) => text.replace('"size":1024', '"size":1e999')),
    ends: unsafe,
  },
  { name: 'layer without a size', says: 'no size at all', make: () => withSize(undefined), ends: unsafe },
  {
    name: 'empty layer with content',
    says: 'a layer is declared with 0 bytes and has a kilobyte',
    make: () => withSize(0),
    ends: { code: 'SIZE_MISMATCH', message: /1024 bytes instead of 0/ },
  },
  {
    name: 'child that is longer than listed',
    says: 'an index lists its child with one byte less than it has',
    make: () => spoilIndex((child) => [{ ...child, size: child.size - 1 }]),
    ends: { code: 'SIZE_MISMATCH', message: /is declared with \d+ bytes, and with \d+ elsewhere/ },
  },
  {
    name: 'child listed with two sizes',
    says: 'an index lists a child rightly, and once more with another size',
    make: () => spoilIndex((child) => [child, { ...child, size: 7 }]),
    ends: { code: 'SIZE_MISMATCH', message: /is declared with 7 bytes/ },
  },
  {
    name: 'layer with two sizes',
    says: 'one digest twice among the layers, with different sizes',
    make: () =>
      spoilImage((manifest) => ({
        ...manifest,
        layers: [firstLayer(manifest), { ...firstLayer(manifest), size: 1025 }],
      })),
    ends: { code: 'SIZE_MISMATCH', message: /is declared with 1024 bytes, and with 1025 elsewhere/ },
  },
  {
    name: 'one layer 10,000 times',
    says: 'the same layer, listed as often as may be: read once, and handed to the scanner as it is listed',
    make: () => spoilImage((manifest) => ({ ...manifest, layers: new Array(10_000).fill(firstLayer(manifest)) })),
    ends: { blobs: 2, platforms: ['linux/amd64'] },
  },
  {
    name: '1,000 layers',
    says: 'an image of a thousand different layers, all of them there',
    make: () =>
      spoilImage((manifest, set) => ({
        ...manifest,
        layers: Array.from({ length: 1_000 }, (_, i) => set.addBlob(`layer ${i}`, LAYER_TYPE)),
      })),
    ends: { blobs: 1_001, platforms: ['linux/amd64'] },
  },
  {
    name: '10,000 layers',
    says: 'ten thousand different layers that are not there: the first that is missing ends it',
    make: () =>
      spoilImage((manifest) => ({
        ...manifest,
        layers: Array.from({ length: 10_000 }, (_, i) => ({
          ...{ mediaType: LAYER_TYPE, digest: madeUpDigest(i), size: 1 },
        })),
      })),
    ends: { code: 'NOT_FOUND', message: /could not read the blob/ },
  },
  {
    name: '10,001 layers',
    says: 'one layer more than is taken',
    make: () => spoilImage((manifest) => ({ ...manifest, layers: new Array(10_001).fill(firstLayer(manifest)) })),
    ends: { code: 'PROTOCOL', message: /layers has 10001 entries, more than 10000/ },
  },
  {
    name: '10,001 children',
    says: 'an index that lists one child more often than is taken',
    make: () => spoilIndex((child) => new Array(10_001).fill(child)),
    ends: { code: 'PROTOCOL', message: /manifests has 10001 entries/ },
  },
  {
    name: '1,001 different children',
    says: 'an index of more manifests than are followed; none of them is read',
    make: () => spoilIndex((child) => Array.from({ length: 1_001 }, (_, i) => ({ ...child, digest: madeUpDigest(i) }))),
    ends: { code: 'TOO_LARGE', message: /lists more than 1000 manifests/ },
  },
  {
    name: '100,000 children',
    says: 'an index of a hundred thousand children: 20 MB',
    make: () => spoilIndex((child) => Array.from({ length: 100_000 }, () => child)),
    ends: { code: 'TOO_LARGE', message: /it has more than 4194304 bytes/ },
  },
  {
    name: 'children of 4 GB together',
    says: 'an index of 999 manifests, each as large as one may be: none of them is read',
    make: () =>
      spoilIndex((child) =>
        Array.from({ length: 999 }, (_, i) => ({ ...child, digest: madeUpDigest(i), size: 4 * MIB })),
      ),
    ends: { code: 'TOO_LARGE', message: /have more than 67108864 bytes/ },
  },
  {
    name: 'indexes five deep',
    says: 'an index of an index of an index of an index of an index of an image',
    make: () => nest(5),
    ends: { code: 'TOO_LARGE', message: /nests indexes deeper than 4/ },
  },
  {
    name: 'indexes four deep',
    says: 'as deep as is followed',
    make: () => nest(4),
    ends: { manifests: 5, platforms: ['unnamed'] },
  },
  {
    name: 'indexes 500 deep',
    says: 'no more of it is read than the first few',
    make: () => nest(500),
    ends: { code: 'TOO_LARGE', message: /nests indexes deeper than 4/ },
  },
  {
    name: 'braid of indexes',
    says: 'four levels of thirty indexes, each listing all thirty of the next: a million ways to one image',
    make: braid,
    ends: { manifests: 92, platforms: ['unnamed'] },
  },
  {
    name: 'annotations of nearly 4 MiB',
    says: 'a manifest just as large as one may be',
    make: () => spoilText((text) => annotate(text, 4 * MIB)),
    ends: { blobs: 2, platforms: ['linux/amd64'] },
  },
  {
    name: 'annotations past 4 MiB',
    says: 'a manifest one byte larger than one may be',
    make: () => spoilText((text) => annotate(text, 4 * MIB + 1)),
    ends: { code: 'TOO_LARGE', message: /it has more than 4194304 bytes/ },
  },
  {
    name: '50 MB without Content-Length',
    says: 'a body that does not say how long it is, and does not end',
    make: () => ({ root: Buffer.alloc(50_000_000, ' '), chunked: true }),
    ends: { code: 'TOO_LARGE', message: /it has more than 4194304 bytes/ },
  },
  {
    name: '100,000 annotations',
    says: 'many short annotations in place of one long one',
    make: () =>
      spoilImage((manifest) => ({
        ...manifest,
        annotations: Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, '\u202e<b>'])),
      })),
    ends: { blobs: 2 },
  },
];

function annotate(text: string, length: number): string {
  const start = `${text.slice(0, -1)},"annotations":{"a":"`;
  return `${start}${'x'.repeat(length - start.length - 3)}"}}`;
}

function nest(depth: number) {
  return spoilIndex((child, set) => {
    let inner = child;
    for (let i = 1; i < depth; i++) {
      inner = set.addManifest({ schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests: [inner] });
    }
    return [inner];
  });
}

function braid() {
  const set = new ContentSet();
  let level = [addImage(set)];
  for (let depth = 0; depth < 3; depth++) {
    const below = level;
    level = Array.from({ length: 30 }, (_, i) =>
      set.addManifest({ schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests: below, annotations: { i: `${i}` } }),
    );
  }
  const root = JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests: level });
  return { root, contents: set.contents };
}
