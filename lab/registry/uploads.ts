import { randomUUID } from 'node:crypto';
import { hasDigest } from './digest.ts';
import { type Call, RegistryError, type Reply, reply } from './exchange.ts';
import type { Route } from './route.ts';
import type { Store } from './store.ts';

/** How a registry takes content; without rules, in any pieces. */
export interface UploadRules {
  /** False for a registry that answers a mount with an upload, as ECR does without the option and Harbor. */
  readonly mounts?: boolean;
  /** Said as OCI-Chunk-Min-Length; what follows a shorter chunk is refused with 416. */
  readonly minChunkBytes?: number;
  /** A larger request is refused with 413, without effect. */
  readonly maxRequestBytes?: number;
  /** No more than this is kept of one PATCH, as its Range says. */
  readonly keptBytes?: number;
}

interface Session {
  readonly id: string;
  readonly repository: string;
  readonly chunks: Buffer[];
  size: number;
  /** A chunk was shorter than the minimum: it must have been the last. */
  isEnded: boolean;
}

/** Blob uploads: monolithic, streamed, chunked, mounted; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs */
export class Uploads {
  readonly #store: Store;
  readonly #rules: UploadRules;
  readonly #sessions = new Map<string, Session>();

  constructor(store: Store, rules: UploadRules = {}) {
    this.#store = store;
    this.#rules = rules;
  }

  /** Sessions that were neither finished nor cancelled. */
  get open(): number {
    return this.#sessions.size;
  }

  handle(call: Call, route: Route): Reply {
    if (call.body.length > (this.#rules.maxRequestBytes ?? Number.POSITIVE_INFINITY)) {
      throw new RegistryError(413, 'SIZE_INVALID', 'request entity too large');
    }
    if (route.reference === '') {
      if (call.method !== 'POST') throw new RegistryError(405, 'UNSUPPORTED', 'the operation is unsupported');
      return this.#start(call, route.repository);
    }
    const session = this.#find(call, route);
    switch (call.method) {
      case 'GET':
        return reply(204, place(session));
      case 'PATCH':
        this.#append(call, session, this.#rules.keptBytes);
        return reply(202, place(session));
      case 'PUT':
        this.#append(call, session);
        return this.#finish(session, call.query.get('digest'));
      case 'DELETE':
        this.#sessions.delete(session.id);
        return reply(204);
      default:
        throw new RegistryError(405, 'UNSUPPORTED', 'the operation is unsupported');
    }
  }

  #start(call: Call, repository: string): Reply {
    const mount = call.query.get('mount');
    const blob = this.#store.find(call.query.get('from') ?? '')?.blobs.get(mount ?? '');
    if (mount !== null && blob !== undefined && this.#rules.mounts !== false) {
      this.#store.open(repository).blobs.set(mount, blob);
      return created(repository, mount);
    }
    const session: Session = { id: randomUUID(), repository, chunks: [], size: 0, isEnded: false };
    const digest = call.query.get('digest');
    if (digest !== null) {
      this.#append(call, session);
      return this.#finish(session, digest);
    }
    this.#sessions.set(session.id, session);
    const { minChunkBytes } = this.#rules;
    const asked = minChunkBytes === undefined ? {} : { 'OCI-Chunk-Min-Length': `${minChunkBytes}` };
    return reply(202, { ...place(session), ...asked });
  }

  /** A session is known only by its newest Location: one that was handed out before the last chunk is refused. */
  #find(call: Call, route: Route): Session {
    const session = this.#sessions.get(route.reference);
    const known = session?.repository === route.repository;
    const current =
      call.method === 'GET' || call.method === 'DELETE' || call.query.get('_state') === `${session?.size}`;
    if (session !== undefined && known && current) return session;
    throw new RegistryError(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
  }

  #finish(session: Session, digest: string | null): Reply {
    const bytes = Buffer.concat(session.chunks);
    if (digest === null || !hasDigest(bytes, digest)) {
      this.#sessions.delete(session.id);
      throw new RegistryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
    }
    this.#sessions.delete(session.id);
    this.#store.open(session.repository).blobs.set(digest, bytes);
    return created(session.repository, digest);
  }

  #append(call: Call, session: Session, keptBytes = Number.POSITIVE_INFINITY): void {
    const { length } = call.body;
    const range = call.headers['content-range'];
    const isLate = session.isEnded && length > 0;
    if (isLate || (range !== undefined && !isNext(range, session.size, length))) {
      throw new RegistryError(416, 'BLOB_UPLOAD_INVALID', 'chunk out of order or too short', place(session));
    }
    if (length === 0) return;
    const kept = call.body.subarray(0, keptBytes);
    session.chunks.push(kept);
    session.size += kept.length;
    session.isEnded = length < (this.#rules.minChunkBytes ?? 0);
  }
}

function isNext(range: string, size: number, length: number): boolean {
  const [, start = '', end = ''] = /^(\d+)-(\d+)$/.exec(range) ?? [];
  return start !== '' && Number(start) === size && Number(end) - Number(start) + 1 === length;
}

function place(session: Session): Record<string, string> {
  return {
    Location: `/v2/${session.repository}/blobs/uploads/${session.id}?_state=${session.size}`,
    Range: `0-${Math.max(0, session.size - 1)}`,
    'Docker-Upload-UUID': session.id,
  };
}

function created(repository: string, digest: string): Reply {
  return reply(201, { Location: `/v2/${repository}/blobs/${digest}`, 'Docker-Content-Digest': digest });
}
