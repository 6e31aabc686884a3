import type { Readable } from 'node:stream';
import { type Digest, digestAlgorithm, digestHex, isDigest, startHash } from '../image/digest.ts';
import { RegistryError } from './error.ts';
import { headerOf, type RegistryRequest, type Response } from './transport/message.ts';

/** The two claims every blob is held to. */
export interface BlobDescriptor {
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
}

/** Throws DIGEST_MISMATCH when an answer about a blob names another digest. Many name none, and one of another algorithm is another name, not another blob: distribution tells the sha256 of what it was given as sha512. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs */
export function checkClaimedDigest(request: RegistryRequest, response: Response, digest: Digest): void {
  const claimed = headerOf(response, 'docker-content-digest');
  if (!claimed || claimed === digest) return;
  if (isDigest(claimed) && digestAlgorithm(claimed) !== digestAlgorithm(digest)) return;
  const { status, url } = response;
  const message = `could not ${request.purpose}: ${url.host} says it is ${JSON.stringify(claimed.slice(0, 160))}`;
  throw new RegistryError('DIGEST_MISMATCH', message, {
    ...{ status, method: request.method, url },
    hint: 'Something between here and the registry changes content, or the registry is broken: do not trust it until this is explained.',
  });
}

const VERIFIED = new WeakMap<Readable, BlobDescriptor>();

/** Says of a stream that its last bytes come out only when all of it is this blob: who passes it on as that need not hash it again. */
export function markVerified(stream: Readable, descriptor: BlobDescriptor): Readable {
  VERIFIED.set(stream, descriptor);
  return stream;
}

/** True for a stream that was marked as this very blob. */
export function isVerified(stream: Readable, { digest, size }: BlobDescriptor): boolean {
  const known = VERIFIED.get(stream);
  return known?.digest === digest && known.size === size;
}

/** Counts and hashes bytes as they pass, and says as early as possible that they are not the blob. */
export class BlobCheck {
  readonly #descriptor: BlobDescriptor;
  readonly #what: string;
  readonly #hash;
  #length = 0;

  /** `what` begins the sentence of an error: "the blob … from …". What a verified stream brings is only counted. */
  constructor(descriptor: BlobDescriptor, what: string, source?: Readable) {
    this.#descriptor = descriptor;
    this.#what = what;
    const isHashed = source !== undefined && isVerified(source, descriptor);
    this.#hash = isHashed ? undefined : startHash(descriptor.digest);
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
    this.#hash?.update(chunk);
  }

  /** Throws SIZE_MISMATCH or DIGEST_MISMATCH unless what passed was the blob. */
  finish(): void {
    if (!this.isComplete) this.#failSize(`${this.#length} bytes instead of`);
    if (this.#hash === undefined) return;
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
