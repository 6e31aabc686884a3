import type { Readable } from 'node:stream';
import { BlobCheck, type BlobDescriptor } from './blob-verify.ts';

/** A place in content that only moves forward. All that it passes is hashed, and its last bytes come out only when the whole is what was described: no wrong content is ever sent to its end. */
export class ContentCursor {
  readonly #check: BlobCheck;
  readonly #source: Readable;
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #position = 0;

  /** `what` begins the sentence of an error. */
  constructor(descriptor: BlobDescriptor, what: string, source: Readable) {
    this.#check = new BlobCheck(descriptor, what, source);
    this.#source = source;
    this.#chunks = (source as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** Has the first bytes brought before they are asked for. What goes wrong is told then. */
  start(): void {
    this.#source.on('error', () => undefined).read(0);
  }

  /** Where the next byte comes from. */
  get position(): number {
    return this.#position;
  }

  /** The next bytes, one at least and `limit` at most; throws SIZE_MISMATCH where the content ends too early. */
  async read(limit: number): Promise<Buffer> {
    while (this.#rest.length === 0) this.#rest = await this.#pull();
    const block = this.#rest.subarray(0, limit);
    this.#rest = this.#rest.subarray(block.length);
    this.#position += block.length;
    return block;
  }

  /** Passes what is not wanted. */
  async skipTo(position: number): Promise<void> {
    while (this.#position < position) await this.read(position - this.#position);
  }

  close(): void {
    this.#source.destroy();
  }

  async #pull(): Promise<Buffer> {
    const next = await this.#chunks.next();
    if (next.done === true) {
      this.#check.finish();
      return Buffer.alloc(0);
    }
    this.#check.update(next.value);
    if (this.#check.isComplete) await this.#expectEnd();
    return next.value;
  }

  async #expectEnd(): Promise<void> {
    for (;;) {
      const next = await this.#chunks.next();
      if (next.done === true) return this.#check.finish();
      this.#check.update(next.value);
    }
  }
}
