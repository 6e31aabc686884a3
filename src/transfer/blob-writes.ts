import { EventEmitter, once } from 'node:events';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { isDiskFull, toDiskFull } from './disk-full.ts';

/** Bytes read at once. */
const BLOCK = 1024 * 1024;

/** One file that is being written. */
interface Writing {
  readonly partial: string;
  /** Bytes that can be read already. */
  written: number;
  end?: 'whole' | { readonly error: unknown };
}

/** The files of a layout while they come: each shows under its name only once it is whole, and can be followed until then. */
export class BlobWrites {
  readonly #current = new Map<string, Writing>();
  /** Tells, by path, that something changed. */
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #count = 0;

  /** Writes a file under a name of its own, and gives it `path` when it is whole. Two may write the same: the later one stands. */
  async write(path: string, stream: Readable, onBytes: (bytes: number) => void): Promise<void> {
    const writing: Writing = { partial: `${path}.${++this.#count}.partial`, written: 0 };
    // It may fail before it is read.
    stream.on('error', () => undefined);
    if (!this.#current.has(path)) this.#current.set(path, writing);
    this.#changes.emit(path);
    try {
      await this.#fill(path, writing, stream, onBytes);
      await rename(writing.partial, path);
      writing.end = 'whole';
    } catch (cause) {
      stream.destroy();
      const error = isDiskFull(cause) ? toDiskFull(`no space left to write ${path}`, cause) : cause;
      writing.end = { error };
      await rm(writing.partial, { force: true });
      throw error;
    } finally {
      if (this.#current.get(path) === writing) this.#current.delete(path);
      this.#changes.emit(path);
    }
  }

  /** What is, or will be, under `path`; see Layout.follow. */
  follow(path: string, signal: AbortSignal): Readable {
    return Readable.from(this.#readAlong(path, signal), { objectMode: false, highWaterMark: BLOCK });
  }

  async #fill(path: string, writing: Writing, stream: Readable, onBytes: (bytes: number) => void): Promise<void> {
    const file = await open(writing.partial, 'w');
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        await file.writeFile(chunk);
        writing.written += chunk.length;
        onBytes(chunk.length);
        this.#changes.emit(path);
      }
    } finally {
      await file.close();
    }
  }

  async *#readAlong(path: string, signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
    const { file, writing } = await this.#await(path, signal);
    try {
      for (let position = 0; ; ) {
        const end = writing === undefined ? Number.POSITIVE_INFINITY : writing.written;
        const block = position < end ? await readBlock(file, position, end) : undefined;
        if (block !== undefined && block.length > 0) {
          position += block.length;
          yield block;
        } else if (writing === undefined || writing.end === 'whole') return;
        else if (writing.end !== undefined) throw writing.end.error;
        else await once(this.#changes, path, { signal });
      }
    } finally {
      await file.close();
    }
  }

  /** Opens what is being written, else what is there; waits for either. */
  async #await(
    path: string,
    signal: AbortSignal,
  ): Promise<{ readonly file: FileHandle; readonly writing: Writing | undefined }> {
    for (;;) {
      signal.throwIfAborted();
      const changed = once(this.#changes, path, { signal });
      changed.catch(() => undefined);
      const writing = this.#current.get(path);
      const file = await open(writing?.partial ?? path).catch(ignoreAbsence);
      if (file !== undefined) return { file, writing };
      await changed;
    }
  }
}

async function readBlock(file: FileHandle, position: number, end: number): Promise<Buffer> {
  const room = Buffer.allocUnsafeSlow(Math.min(BLOCK, end - position));
  const { bytesRead } = await file.read(room, 0, room.length, position);
  return room.subarray(0, bytesRead);
}

function ignoreAbsence(error: unknown): undefined {
  if ((error as { readonly code?: unknown }).code !== 'ENOENT') throw error;
}
