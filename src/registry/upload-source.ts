import { Readable } from 'node:stream';
import type { Repository } from '../image/reference.ts';
import type { BlobDescriptor } from './blob-verify.ts';
import { ContentCursor } from './content-cursor.ts';
import { HELD_BYTES } from './transport/dispatcher.ts';

/** Hands content out as often as it must be sent, whole or part by part, holds all of it to its digest and size, and remembers what went wrong on our side. */
export class UploadSource {
  readonly #what: string;
  readonly #descriptor: BlobDescriptor;
  readonly #open: () => Readable;
  /** Where the last part ended: the next one usually begins there, and reads on. */
  #parked: ContentCursor | undefined;
  #isClosed = false;
  /** Why the content could not be sent: itself, not the connection. */
  fault: unknown;

  constructor(repository: Repository, descriptor: BlobDescriptor, open: () => Readable) {
    this.#what = `what was to be uploaded to ${repository} as ${descriptor.digest}`;
    this.#descriptor = descriptor;
    this.#open = open;
  }

  /** The bytes from `start` up to `end`; without them, all of it. What comes before is read again where need be, for the digest covers it. */
  open(start = 0, end = this.#descriptor.size): Readable {
    return Readable.from(this.#read(start, end), { objectMode: false, highWaterMark: HELD_BYTES });
  }

  /** Begins to read while the registry opens the upload: what comes from far away is on its way by then. */
  prepare(): void {
    if (this.#parked !== undefined || this.#descriptor.size === 0) return;
    try {
      const cursor = this.#take(0);
      cursor.start();
      this.#park(cursor);
    } catch {
      // Whoever reads it meets the same.
    }
  }

  /** Lets go of what is still open. */
  close(): void {
    this.#isClosed = true;
    this.#park(undefined);
  }

  async *#read(start: number, end: number): AsyncGenerator<Buffer, void, undefined> {
    const cursor = await this.#blame(async () => this.#take(start));
    try {
      await this.#blame(() => cursor.skipTo(start));
      while (cursor.position < end) {
        const block = await this.#blame(() => cursor.read(end - cursor.position));
        // Now: the registry may answer, and the next part begin, before anybody asks for the end of this one.
        if (cursor.position === end) this.#park(cursor);
        // A broken connection throws its fault in here; that one is not ours.
        yield block;
      }
    } finally {
      if (cursor.position < end) cursor.close();
    }
  }

  #take(start: number): ContentCursor {
    const parked = this.#parked;
    if (parked?.position !== start) return new ContentCursor(this.#descriptor, this.#what, this.#open());
    this.#parked = undefined;
    return parked;
  }

  #park(cursor: ContentCursor | undefined): void {
    if (this.#parked !== cursor) this.#parked?.close();
    this.#parked = cursor;
    if (this.#isClosed) cursor?.close();
  }

  async #blame<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (fault) {
      this.fault = fault;
      throw fault;
    }
  }
}
