import { RegistryError } from './error.ts';
import type { UploadSession } from './upload-session.ts';

const MIB = 1024 * 1024;

/** Bytes in a chunk, unless the registry wants more or takes less. */
const CHUNK = 16 * MIB;

/** Bytes: no registry that stores images takes less than this at once. */
export const LEAST_CHUNK = 1024;

/** What a registry, or a proxy before it, may say to a PUT with content that it would take as a PATCH. */
const CONTENT_REFUSED: readonly number[] = [400, 405, 411, 413, 415, 501];

/** How a blob is sent, as far as its registry has shown: a small one in the PUT, a large one whole in one PATCH, which all but a few take; in chunks where it asks for them or takes no more at once; in the PUT where it knows no PATCH. */
export class UploadPlan {
  readonly #size: number;
  #limit: number | undefined;
  /** Of the attempt under way, in bytes. */
  #length = 0;
  #least = 0;
  #way: 'patch' | 'put';
  /** True when the PUT was chosen, and not what was left. */
  #isChosen: boolean;

  /** Blobs of up to `putUpTo` bytes go with the PUT that ends the upload, which saves a round trip. */
  constructor(size: number, putUpTo = 0) {
    this.#size = size;
    this.#isChosen = size > 0 && size <= putUpTo;
    this.#way = this.#isChosen ? 'put' : 'patch';
  }

  get way(): 'patch' | 'put' {
    return this.#way;
  }

  /** Bytes for each part of a session. */
  chooseLength({ minChunk }: UploadSession): number {
    const wanted = this.#limit ?? (minChunk > 0 ? CHUNK : this.#size);
    this.#least = Math.max(minChunk, LEAST_CHUNK);
    this.#length = Math.min(this.#size, Math.max(wanted, minChunk));
    return this.#length;
  }

  /** True when another way is worth trying after this fault; throws TOO_LARGE when the smallest chunk was too large. */
  adapt(fault: unknown): boolean {
    if (!(fault instanceof RegistryError)) return false;
    if (this.#isChosen && fault.method === 'PUT' && CONTENT_REFUSED.includes(fault.status ?? 0)) {
      this.#way = 'patch';
      this.#isChosen = false;
      return true;
    }
    if (fault.method !== 'PATCH') return false;
    if (fault.status === 405 || fault.status === 501) {
      this.#way = 'put';
      return true;
    }
    if (fault.status !== 413) return false;
    const next = Math.max(this.#least, Math.min(CHUNK, Math.ceil(this.#length / 2)));
    if (next >= this.#length) throw this.#giveUp(fault);
    this.#limit = next;
    return true;
  }

  #giveUp(fault: RegistryError): RegistryError {
    const { status, method, url, diagnostics } = fault;
    return new RegistryError('TOO_LARGE', `${fault.message}, even to ${this.#length} bytes at once`, {
      ...{ status, method, url, diagnostics, cause: fault },
      hint: `${fault.hint ?? ''} It was tried in smaller and smaller chunks.`.trim(),
    });
  }
}
