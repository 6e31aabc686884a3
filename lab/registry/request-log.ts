/** One request the registry got, recorded just before it was answered. */
export interface RequestEntry {
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** 0 when the connection was dropped instead of answered. */
  readonly status: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly range?: string;
  /** The first word of `Authorization`, never the secret. */
  readonly authorizationScheme?: string;
  /** Whose login or token it carried, if the registry knew it. */
  readonly account?: string;
  /** Arrival, in milliseconds since 1970. */
  readonly at: number;
}

/** What a registry was asked, in the order of its answers. */
export class RequestLog {
  readonly entries: RequestEntry[] = [];

  record(entry: RequestEntry): void {
    this.entries.push(entry);
  }

  clear(): void {
    this.entries.length = 0;
  }

  /** Requests of this method whose path and query match. */
  find(method: string, path: RegExp): RequestEntry[] {
    return this.entries.filter((entry) => entry.method === method && path.test(entry.path));
  }

  /** Attempts to write: manifest PUTs, blob PUTs, bytes in a POST or PATCH, and mounts that were granted. Opening and cancelling a session writes nothing. */
  uploads(): RequestEntry[] {
    return this.entries.filter(isUpload);
  }

  /** Manifest PUTs, optionally only those to one tag or digest. */
  manifestWrites(reference?: string): RequestEntry[] {
    const end = reference === undefined ? '' : `/manifests/${reference}`;
    return this.find('PUT', /\/manifests\//).filter((entry) => pathOf(entry).endsWith(end));
  }

  /** Blob GETs that were answered with bytes (200 or 206), optionally of one digest. */
  blobReads(digest?: string): RequestEntry[] {
    const end = digest === undefined ? '' : `/blobs/${digest}`;
    return this.find('GET', /\/blobs\/sha/).filter(
      (entry) => (entry.status === 200 || entry.status === 206) && pathOf(entry).endsWith(end),
    );
  }
}

function isUpload(entry: RequestEntry): boolean {
  if (!entry.path.startsWith('/v2/')) return false;
  if (entry.method === 'PUT') return true;
  if (entry.method === 'POST' && /[?&]mount=/.test(entry.path) && entry.status === 201) return true;
  return (entry.method === 'POST' || entry.method === 'PATCH') && entry.requestBytes > 0;
}

function pathOf(entry: RequestEntry): string {
  return decodeURIComponent(entry.path.split('?')[0] ?? '');
}
