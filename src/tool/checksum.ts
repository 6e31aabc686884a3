import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** Bytes read at once: a tool is a hundred megabytes and more, and each read is an event of its own. */
const BLOCK = 4 * 1024 * 1024;

/** The SHA-256 of a file's bytes, in lower-case hex. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path);
  try {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, (await file.stat()).size + 1));
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(block, 0, block.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(block.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
