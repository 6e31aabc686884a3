import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

/** https://github.com/etcd-io/bbolt/blob/main/internal/common/types.go: the magic of a meta page, behind its header of 16 bytes. */
const BOLT_MAGIC = 0xed0cdaed;
const BOLT_MAGIC_OFFSET = 16;
/** The bucket that holds what is known of each vulnerability; without it Trivy finds nothing, and says nothing. */
const BOLT_BUCKET = Buffer.from('vulnerability');
const SQLITE_HEADER = Buffer.from('SQLite format 3\0');

/** Why a vulnerability database cannot be what a scan rests on: it is no BoltDB, or has no advisories. Undefined when it can. */
export async function explainEmptyBolt(path: string): Promise<string | undefined> {
  const head = await readHead(path, BOLT_MAGIC_OFFSET + 4);
  if (head.length < BOLT_MAGIC_OFFSET + 4 || head.readUInt32LE(BOLT_MAGIC_OFFSET) !== BOLT_MAGIC) {
    return 'it is not a BoltDB';
  }
  return (await contains(path, BOLT_BUCKET)) ? undefined : 'it holds no advisories';
}

/** Why a Java database cannot be used; undefined when it can. */
export async function explainNoSqlite(path: string): Promise<string | undefined> {
  const head = await readHead(path, SQLITE_HEADER.length);
  return head.equals(SQLITE_HEADER) ? undefined : 'it is not an SQLite database';
}

async function readHead(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function contains(path: string, wanted: Buffer): Promise<boolean> {
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    const window = Buffer.concat([tail, chunk as Buffer]);
    if (window.includes(wanted)) return true;
    tail = window.subarray(-wanted.length + 1);
  }
  return false;
}
