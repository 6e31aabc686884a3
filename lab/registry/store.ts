/** A manifest exactly as it was pushed, with what the registry needs of its inside. */
export interface StoredManifest {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly json: ManifestJson;
}

/** The fields of a manifest that a registry looks at. */
export interface ManifestJson {
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly config?: DescriptorJson;
  readonly layers?: readonly DescriptorJson[];
  readonly manifests?: readonly DescriptorJson[];
  readonly subject?: DescriptorJson;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A descriptor inside a manifest. */
export interface DescriptorJson {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** One repository: its own blobs and manifests by digest, and its tags. Nothing is shared between repositories but by a mount. */
export interface RepositoryContent {
  readonly blobs: Map<string, Buffer>;
  readonly manifests: Map<string, StoredManifest>;
  readonly tags: Map<string, string>;
}

/** All repositories, in memory. A repository comes into being with the first content it stores. */
export class Store {
  readonly #repositories = new Map<string, RepositoryContent>();

  find(repository: string): RepositoryContent | undefined {
    return this.#repositories.get(repository);
  }

  open(repository: string): RepositoryContent {
    const existing = this.#repositories.get(repository);
    if (existing !== undefined) return existing;
    const created: RepositoryContent = { blobs: new Map(), manifests: new Map(), tags: new Map() };
    this.#repositories.set(repository, created);
    return created;
  }
}

/** Removes what no tag reaches, as a registry's clean-up does: children and referrers of what stays, stay. Returns the removed digests. */
export function collectUntagged(content: RepositoryContent): string[] {
  const kept = new Set(content.tags.values());
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    for (const [digest, { json }] of content.manifests) {
      if (json.subject !== undefined && kept.has(json.subject.digest)) kept.add(digest);
      if (!kept.has(digest)) continue;
      for (const part of [json.config, ...(json.layers ?? []), ...(json.manifests ?? [])]) {
        if (part !== undefined) kept.add(part.digest);
      }
    }
  }
  const removed = [...content.manifests.keys(), ...content.blobs.keys()].filter((digest) => !kept.has(digest));
  for (const digest of removed) {
    content.manifests.delete(digest);
    content.blobs.delete(digest);
  }
  return removed;
}
