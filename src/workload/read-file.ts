import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/** Larger files are not read: no workload file is that long. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** The bytes of a file, or why it cannot be read, as a sentence. */
export type FileBytes = { readonly bytes: Uint8Array } | { readonly flaw: string };

/** Reads files of one workspace; what a link leads to outside of it is not read, since nobody reviewed what is there. Not through promises: thousands of small files take a tenth of the time. */
export class WorkspaceReader {
  readonly #workspace: string;
  readonly #root: string;
  /** Which folders are inside. */
  readonly #folders = new Map<string, boolean>();

  constructor(workspace: string) {
    this.#workspace = resolve(workspace);
    this.#root = realpathSync(workspace);
  }

  /** `file` is from the root of the workspace. */
  read(file: string): FileBytes {
    const path = join(this.#workspace, file);
    try {
      if (!this.#isFolderInside(dirname(path))) return { flaw: 'it is in a folder that is outside of the workspace' };
      return readBytes(path) ?? this.#readLinked(path);
    } catch (error) {
      // Without the path, which is that of this machine.
      return { flaw: `it cannot be read: ${(error as Error).message.replace(/, \w+(?: '.*)?$/s, '')}` };
    }
  }

  #readLinked(path: string): FileBytes {
    const target = realpathSync(path);
    if (!this.#isInside(target)) return { flaw: 'it is a link that leads out of the workspace' };
    return readBytes(target) ?? { flaw: 'it is a link that changed while it was read' };
  }

  #isFolderInside(folder: string): boolean {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const isInside = this.#isInside(realpathSync(folder));
    this.#folders.set(folder, isInside);
    return isInside;
  }

  #isInside(path: string): boolean {
    return path === this.#root || path.startsWith(join(this.#root, sep));
  }
}

/** Most files fit into it, and are read at once. */
const SCRATCH = Buffer.alloc(64 * 1024);

/** Undefined for a link. */
function readBytes(path: string): FileBytes | undefined {
  let descriptor: number;
  try {
    // Not blocking: a pipe would wait for a writer.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP' || code === 'EMLINK') return undefined;
    throw error;
  }
  try {
    const read = readSync(descriptor, SCRATCH, 0, SCRATCH.length, 0);
    // What is empty or long may be something else: only then is it worth asking.
    return read > 0 && read < SCRATCH.length
      ? { bytes: Uint8Array.prototype.slice.call(SCRATCH, 0, read) }
      : readLong(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readLong(descriptor: number): FileBytes {
  const stat = fstatSync(descriptor);
  if (!stat.isFile()) return { flaw: 'it is no file' };
  if (stat.size > MAX_FILE_BYTES) return { flaw: `it has ${stat.size} bytes, more than ${MAX_FILE_BYTES}` };
  const bytes = Buffer.alloc(stat.size);
  let end = 0;
  for (let more = -1; more !== 0 && end < bytes.length; end += more) {
    more = readSync(descriptor, bytes, end, bytes.length - end, end);
  }
  return { bytes: bytes.subarray(0, end) };
}
