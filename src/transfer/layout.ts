import { createReadStream } from 'node:fs';
import { mkdir, readFile, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Digest, digestAlgorithm, digestHex, matchesDigest } from '../image/digest.ts';
import { BlobWrites } from './blob-writes.ts';
import { DISK_FULL_HINT } from './disk-full.ts';
import { TransferError } from './error.ts';

/** An OCI image layout on disk, private to one run; https://github.com/opencontainers/image-spec/blob/main/image-layout.md */
export interface Layout {
  readonly directory: string;
  /** Where the bytes of a digest are, or will be. */
  path(digest: Digest): string;
  /** Keeps a stream under its digest; the stream itself fails when its bytes are not those of the digest. `onBytes` is told of every piece. */
  write(digest: Digest, stream: Readable, onBytes?: (bytes: number) => void): Promise<void>;
  /** Keeps bytes that were checked already. */
  writeBytes(digest: Digest, bytes: Uint8Array): Promise<void>;
  open(digest: Digest): Readable;
  /** A blob that may still be being written, from its start: what is not there yet is waited for, and so is a writer that has not begun. Fails when the writer fails, or `signal` fires. */
  follow(digest: Digest, signal: AbortSignal): Readable;
  /** Small content, checked once more, since other programs can write to the disk. */
  read(digest: Digest): Promise<Uint8Array>;
}

/** Makes an empty layout in `directory`, which must not hold one yet. */
export async function createLayout(directory: string): Promise<Layout> {
  for (const algorithm of ['sha256', 'sha512']) await mkdir(join(directory, 'blobs', algorithm), { recursive: true });
  await writeFile(join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  const path = (digest: Digest): string => join(directory, 'blobs', digestAlgorithm(digest), digestHex(digest));
  const writes = new BlobWrites();
  return {
    directory,
    path,
    write: (digest, stream, onBytes = () => undefined) => writes.write(path(digest), stream, onBytes),
    writeBytes: (digest, bytes) => writes.write(path(digest), Readable.from([bytes]), () => undefined),
    open: (digest) => createReadStream(path(digest), { highWaterMark: 1024 * 1024 }),
    follow: (digest, signal) => writes.follow(path(digest), signal),
    read: async (digest) => {
      const bytes = await readFile(path(digest));
      if (!matchesDigest(bytes, digest)) {
        throw new TransferError('MISSING_CONTENT', `${digest} was changed on disk during the run`);
      }
      return bytes;
    },
  };
}

/** How many bytes a disk has left for us. */
export type FreeSpace = (directory: string) => Promise<number>;

/** What the file system of a directory says. */
export const readFreeSpace: FreeSpace = async (directory) => {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
};

/** True when `bytes` more fit on the disk of `directory`, with a tenth and 64 MiB to spare. */
export async function hasSpace(directory: string, bytes: number, freeSpace = readFreeSpace): Promise<boolean> {
  return (await freeSpace(directory)) >= withSpare(bytes);
}

/** Refuses to start what cannot fit; see hasSpace. */
export async function requireSpace(
  directory: string,
  bytes: number,
  what: string,
  freeSpace = readFreeSpace,
): Promise<void> {
  const free = await freeSpace(directory);
  const needed = withSpare(bytes);
  if (free >= needed) return;
  throw new TransferError(
    'DISK_FULL',
    `${what} needs ${toMegabytes(needed)} MB in ${directory}, which has ${toMegabytes(free)} MB free`,
    { hint: DISK_FULL_HINT },
  );
}

function withSpare(bytes: number): number {
  return Math.ceil(bytes * 1.1) + 64 * 1024 * 1024;
}

function toMegabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
