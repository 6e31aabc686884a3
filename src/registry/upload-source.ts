import { Readable } from 'node:stream';
import type { Repository } from '../image/reference.ts';
import { BlobCheck, type BlobDescriptor } from './blob-verify.ts';

/** Opens content as often as it must be sent, holds what is sent to its digest and size, and remembers what went wrong on our side. */
export class UploadSource {
  readonly #what: string;
  readonly #descriptor: BlobDescriptor;
  readonly #open: () => Readable;
  /** Why the content could not be sent: itself, not the connection. */
  fault: unknown;

  constructor(repository: Repository, descriptor: BlobDescriptor, open: () => Readable) {
    this.#what = `what was to be uploaded to ${repository} as ${descriptor.digest}`;
    this.#descriptor = descriptor;
    this.#open = open;
  }

  /** The content from its beginning. */
  open(): Readable {
    return Readable.from(this.#read(), { objectMode: false });
  }

  async *#read(): AsyncGenerator<Buffer, void, undefined> {
    const check = new BlobCheck(this.#descriptor, this.#what);
    const source = await this.#blame(async () => this.#open());
    const chunks = (source as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.#blame(async () => {
          const result = await chunks.next();
          if (result.done === true) check.finish();
          else check.update(result.value);
          return result;
        });
        if (next.done === true) return;
        // A broken connection throws its fault in here; that one is not ours.
        yield next.value;
      }
    } finally {
      source.destroy();
    }
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
