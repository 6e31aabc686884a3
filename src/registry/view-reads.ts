import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import type { BlobDescriptor } from './blob-verify.ts';
import type { RegistryClient } from './client.ts';
import type { ManifestContent } from './manifest.ts';
import { listReferrers, type ReferrerList } from './referrers.ts';

/** What a tool reads is evidence, which is small; it is checked in full before any of it is passed on. */
const MAX_BLOB_BYTES = 64 * 1024 * 1024;
/** Of what is kept for the next that asks, all together; the rest is read again. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;
/** What is larger is not read before it is asked for. */
const MAX_AHEAD_BYTES = 1024 * 1024;
const MAX_AHEAD = 32;
const CONCURRENT_READS = 8;
const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle';

/** Reads a repository for tools that each read the same, one thing after the other: what was read is kept, and the bundles of a list are read before they are asked for. A failure is not kept. */
export class ViewReads {
  readonly #client: RegistryClient;
  readonly #repository: Repository;
  readonly #kept = new Map<string, Promise<unknown>>();
  #bytes = 0;

  constructor(client: RegistryClient, repository: Repository) {
    this.#client = client;
    this.#repository = repository;
  }

  manifest(digest: Digest): Promise<ManifestContent> {
    const read = () => this.#client.getManifest(this.#repository, digest);
    return this.#once(`manifest ${digest}`, read, ({ bytes }) => bytes.length);
  }

  blob(blob: BlobDescriptor): Promise<Uint8Array> {
    const read = () => this.#client.readBlob(this.#repository, blob, MAX_BLOB_BYTES);
    return this.#once(`blob ${blob.digest} ${blob.size}`, read, (bytes) => bytes.length);
  }

  referrers(subject: Digest): Promise<ReferrerList> {
    const list = async (): Promise<ReferrerList> => {
      const found = await listReferrers(this.#client, this.#repository, subject);
      if (found.via === 'api') this.#readAhead(found).catch(() => undefined);
      return found;
    };
    return this.#once(`referrers ${subject}`, list, () => 0);
  }

  /** Whoever asks for one that failed here reads it again, and hears why. */
  async #readAhead({ descriptors }: ReferrerList): Promise<void> {
    const bundles = descriptors.filter(({ artifactType = '' }) => artifactType.startsWith(BUNDLE_TYPE));
    await mapConcurrently(bundles.slice(0, MAX_AHEAD), CONCURRENT_READS, async ({ digest }) => {
      const { manifest } = await this.manifest(digest);
      const blobs = manifest.kind === 'manifest' ? manifest.layers : [];
      for (const blob of blobs) if (blob.size <= MAX_AHEAD_BYTES) await this.blob(blob);
    });
  }

  #once<T>(name: string, read: () => Promise<T>, sizeOf: (value: T) => number): Promise<T> {
    const known = this.#kept.get(name);
    if (known !== undefined) return known as Promise<T>;
    const reading = read();
    this.#kept.set(name, reading);
    reading.then(
      (value) => {
        this.#bytes += sizeOf(value);
        if (this.#bytes > MAX_KEPT_BYTES) this.#kept.delete(name);
      },
      () => this.#kept.delete(name),
    );
    return reading;
  }
}
