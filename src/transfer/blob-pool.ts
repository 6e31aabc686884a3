import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import { type Repository, registryOf } from '../image/reference.ts';
import type { BlobPush, PushBlobOptions } from '../registry/blob-push.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { Layout } from './layout.ts';

/** What one image needs on disk. */
export interface Hold {
  /** Removes from disk what nobody else holds; does nothing the second time. */
  release(): Promise<void>;
}

/** Where one blob is in one registry, as far as this run put it there. */
interface Placement {
  readonly stored: Set<Repository>;
  readonly underWay: Map<Repository, Promise<unknown>>;
}

/** Blobs that the images of a run share: each is read once from a source and stored once in a target registry. */
export class BlobPool {
  readonly #holders = new Map<string, number>();
  readonly #fetches = new Map<string, Promise<void>>();
  readonly #placements = new Map<string, Placement>();

  /** Keeps blobs in the layout for as long as anybody holds them: an image holds its blobs before it fetches them. */
  hold(blobs: readonly Pick<Descriptor, 'digest'>[], layout: Layout): Hold {
    const digests = new Set(blobs.map(({ digest }) => digest));
    for (const digest of digests) this.#count(layout.path(digest), 1);
    return {
      release: async () => {
        const mine = [...digests];
        digests.clear();
        const left = mine.filter((digest) => this.#count(layout.path(digest), -1) === 0);
        await Promise.all(left.map((digest) => this.#remove(digest, layout)));
      },
    };
  }

  /** Runs `load`, which puts the blob into the layout, once however many ask; where it fails, the next who asked tries its own. */
  async fetch(blob: Descriptor, load: () => Promise<void>): Promise<void> {
    const name = nameOf(blob);
    for (;;) {
      const known = this.#fetches.get(name);
      if (known === undefined) break;
      if (await succeeds(known)) return;
      if (this.#fetches.get(name) === known) this.#fetches.delete(name);
    }
    const loading = load();
    this.#fetches.set(name, loading);
    await loading;
  }

  /** RegistryClient.pushBlob, once for each registry: what this run already put into another repository of it is mounted from there, what is on its way there is waited for, and what it put into this very repository is not asked for again. A failed one is tried by the next who needs it. */
  async push(
    client: RegistryClient,
    repository: Repository,
    blob: Descriptor,
    open: () => Readable,
    options: PushBlobOptions,
  ): Promise<BlobPush> {
    const { stored, underWay } = this.#placementOf(repository, blob);
    for (;;) {
      if (stored.has(repository)) return 'present';
      const [first] = underWay.values();
      const awaited = underWay.get(repository) ?? (stored.size === 0 ? first : undefined);
      if (awaited === undefined) break;
      await succeeds(awaited);
    }
    const [elsewhere] = stored;
    const mountFrom = options.mountFrom ?? elsewhere;
    const pushing = client.pushBlob(repository, blob, open, { ...options, mountFrom });
    underWay.set(repository, pushing);
    try {
      const result = await pushing;
      stored.add(repository);
      return result;
    } finally {
      underWay.delete(repository);
    }
  }

  /** Forgets what is said to be in a repository: it refused a manifest, perhaps since it collected what that names. */
  forget(repository: Repository): void {
    for (const { stored } of this.#placements.values()) stored.delete(repository);
  }

  #placementOf(repository: Repository, blob: Descriptor): Placement {
    const name = `${registryOf(repository)} ${nameOf(blob)}`;
    const known = this.#placements.get(name) ?? { stored: new Set(), underWay: new Map() };
    this.#placements.set(name, known);
    return known;
  }

  #count(path: string, change: 1 | -1): number {
    const count = (this.#holders.get(path) ?? 0) + change;
    if (count === 0) this.#holders.delete(path);
    else this.#holders.set(path, count);
    return count;
  }

  async #remove(digest: Digest, layout: Layout): Promise<void> {
    for (const name of this.#fetches.keys()) if (name.startsWith(`${digest} `)) this.#fetches.delete(name);
    await rm(layout.path(digest), { force: true });
  }
}

/** By size too: an image that is wrong about it must find out for itself. */
function nameOf({ digest, size }: Descriptor): string {
  return `${digest} ${size}`;
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch {
    return false;
  }
}
