import type { Readable } from 'node:stream';
import type { Digest } from '../image/digest.ts';
import { type Reference, type Repository, registryOf, type Tag } from '../image/reference.ts';
import { openBlob, readBlob, streamBlob } from './blob-download.ts';
import { hasBlob } from './blob-head.ts';
import { mountBlob } from './blob-mount.ts';
import { type BlobPush, type PushBlobOptions, pushBlob } from './blob-push.ts';
import { uploadBlob } from './blob-upload.ts';
import type { BlobDescriptor } from './blob-verify.ts';
import { getManifest, type ManifestContent, resolveReference } from './manifest.ts';
import { headManifest, type ManifestHead } from './manifest-head.ts';
import { type ManifestUpload, type PutOptions, putManifest } from './manifest-put.ts';
import { probePush } from './probe.ts';
import { createTransport, type Transport, type TransportOptions } from './transport/http.ts';

/** What one role (source, target, databases) needs to talk to its registries. */
export type RegistryOptions = TransportOptions;

/** Milliseconds that a run waits at its end for uploads that it opened and did not need: a registry forgets them by itself. */
const MAX_TIDYING_MS = 2_000;

/** Talks to registries in one role: its tokens and connections are shared with no other role's. Every method throws RegistryError. */
export class RegistryClient {
  /** What the verbs of this folder send through. */
  readonly transport: Transport;
  /** What is put in order behind the caller's back. */
  readonly #tidying: Promise<void>[] = [];

  constructor(options: RegistryOptions) {
    this.transport = createTransport(options);
  }

  /** What a reference means now, in one GET; the digest is that of the bytes, and a wrong Docker-Content-Digest fails. */
  resolve(reference: Reference): Promise<ManifestContent> {
    return resolveReference(this.transport, reference);
  }

  /** What is behind a tag or digest; undefined only when the registry itself says it is not there, never for lack of access. What is `expected` to be absent is told sooner. */
  headManifest(
    repository: Repository,
    reference: Tag | Digest,
    access: 'pull' | 'push' = 'pull',
    expected?: 'absent',
  ): Promise<ManifestHead | undefined> {
    return headManifest(this.transport, repository, reference, access, expected);
  }

  /** The manifest with this digest, verified. */
  getManifest(repository: Repository, digest: Digest): Promise<ManifestContent> {
    return getManifest(this.transport, repository, digest);
  }

  /** Stores these bytes. `subject` is what OCI-Subject said: undefined means the registry has no referrers API for it. */
  putManifest(
    repository: Repository,
    reference: Tag | Digest,
    content: ManifestUpload,
    options?: PutOptions,
  ): Promise<{ readonly subject: Digest | undefined }> {
    return putManifest(this.transport, repository, reference, content, options);
  }

  /** True when the repository holds this blob, and with the size of the descriptor if one is given. */
  hasBlob(repository: Repository, blob: Digest | BlobDescriptor, access: 'pull' | 'push' = 'pull'): Promise<boolean> {
    return hasBlob(this.transport, repository, blob, access);
  }

  /** A blob as a stream that fails before its end when size or digest is wrong, and resumes where a connection broke. */
  openBlob(repository: Repository, descriptor: BlobDescriptor): Promise<Readable> {
    return openBlob(this.transport, repository, descriptor);
  }

  /** As openBlob, but asks for nothing before it is read, and fails as a stream. */
  streamBlob(repository: Repository, descriptor: BlobDescriptor): Readable {
    return streamBlob(this.transport, repository, descriptor);
  }

  /** A small blob, verified; TOO_LARGE when it declares more than `maxBytes`. */
  readBlob(repository: Repository, descriptor: BlobDescriptor, maxBytes: number): Promise<Uint8Array> {
    return readBlob(this.transport, repository, descriptor, maxBytes);
  }

  /** Sees to it that the repository holds a blob with the least effort: looks for it, has it mounted from `mountFrom` if that is in the same registry, uploads it. */
  pushBlob(
    repository: Repository,
    descriptor: BlobDescriptor,
    open: () => Readable,
    options?: PushBlobOptions,
  ): Promise<BlobPush> {
    return pushBlob(this.transport, repository, descriptor, open, options);
  }

  /** Stores a blob; `open` is called again when the upload has to start over. */
  uploadBlob(repository: Repository, descriptor: BlobDescriptor, open: () => Readable): Promise<void> {
    return uploadBlob(this.transport, repository, descriptor, open);
  }

  /** Asks the registry to take a blob over from another of its repositories; false means: upload it. */
  mountBlob(repository: Repository, digest: Digest, from: Repository): Promise<boolean> {
    return mountBlob(this.transport, repository, digest, from);
  }

  /** Opens up to `count` connections ahead of need, by asking for `/v2/` on each, without credentials, where the registry most likely answers. Never throws: what fails is met again where it matters. */
  warm(repository: Repository, count: number): Promise<void> {
    return this.transport.warm(registryOf(repository), count);
  }

  /** Throws unless we may push here, told by opening an upload, which is cancelled again; `close` sees to that where nobody waits for it. */
  async probePush(repository: Repository, { waits = true }: { readonly waits?: boolean } = {}): Promise<void> {
    const { cancelled } = await probePush(this.transport, repository);
    if (waits) await cancelled;
    else this.#tidying.push(cancelled);
  }

  /** Ends all connections; what is still under way fails as CANCELLED. */
  async close(): Promise<void> {
    await Promise.race([
      Promise.all(this.#tidying),
      this.transport.retry.sleep(MAX_TIDYING_MS, this.transport.signal),
    ]).catch(() => {});
    await this.transport.close();
  }
}
