import { type Digest, digestHex, startHash } from '../image/digest.ts';
import { RegistryError } from './error.ts';

/** The two claims every blob is held to. */
export interface BlobDescriptor {
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
}

/** Counts and hashes bytes as they pass, and says as early as possible that they are not the blob. */
export class BlobCheck {
  readonly #descriptor: BlobDescriptor;
  readonly #what: string;
  readonly #hash;
  #length = 0;

  /** `what` begins the sentence of an error: "the blob … from …". */
  constructor(descriptor: BlobDescriptor, what: string) {
    this.#descriptor = descriptor;
    this.#what = what;
    this.#hash = startHash(descriptor.digest);
  }

  /** Bytes seen so far. */
  get length(): number {
    return this.#length;
  }

  get isComplete(): boolean {
    return this.#length === this.#descriptor.size;
  }

  /** Takes the next bytes; throws SIZE_MISMATCH as soon as there are too many. */
  update(chunk: Uint8Array): void {
    this.#length += chunk.length;
    if (this.#length > this.#descriptor.size) this.#failSize('more than');
    this.#hash.update(chunk);
  }

  /** Throws SIZE_MISMATCH or DIGEST_MISMATCH unless what passed was the blob. */
  finish(): void {
    if (!this.isComplete) this.#failSize(`${this.#length} bytes instead of`);
    const found = this.#hash.digest('hex');
    if (found === digestHex(this.#descriptor.digest)) return;
    throw new RegistryError(
      'DIGEST_MISMATCH',
      `${this.#what} is not what its digest says: its bytes hash to ${found}`,
      {
        hint: 'The content is damaged or was replaced: push it again from where it was built.',
      },
    );
  }

  #failSize(found: string): never {
    throw new RegistryError(
      'SIZE_MISMATCH',
      `${this.#what} has ${found} the ${this.#descriptor.size} bytes it should have`,
      {
        hint: 'The content is damaged, or the manifest that names it is wrong: push it again from where it was built.',
      },
    );
  }
}
