import { randomUUID } from 'node:crypto';
import { hasDigest } from './digest.ts';
import { type Call, RegistryError, type Reply, reply } from './exchange.ts';
import type { Route } from './route.ts';
import type { Store } from './store.ts';

interface Session {
  readonly id: string;
  readonly repository: string;
  readonly chunks: Buffer[];
  size: number;
}

/** Blob uploads: monolithic, streamed, chunked, mounted; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs */
export class Uploads {
  readonly #store: Store;
  readonly #sessions = new Map<string, Session>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Sessions that were neither finished nor cancelled. */
  get open(): number {
    return this.#sessions.size;
  }

  handle(call: Call, route: Route): Reply {
    if (route.reference === '') {
      if (call.method !== 'POST') throw new RegistryError(405, 'UNSUPPORTED', 'the operation is unsupported');
      return this.#start(call, route.repository);
    }
    const session = this.#find(call, route);
    switch (call.method) {
      case 'GET':
        return reply(204, this.#place(session));
      case 'PATCH':
        append(call, session);
        return reply(202, this.#place(session));
      case 'PUT':
        append(call, session);
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
    if (mount !== null && blob !== undefined) {
      this.#store.open(repository).blobs.set(mount, blob);
      return created(repository, mount);
    }
    const session: Session = { id: randomUUID(), repository, chunks: [], size: 0 };
    const digest = call.query.get('digest');
    if (digest !== null) {
      append(call, session);
      return this.#finish(session, digest);
    }
    this.#sessions.set(session.id, session);
    return reply(202, this.#place(session));
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

  #place(session: Session): Record<string, string> {
    return {
      Location: `/v2/${session.repository}/blobs/uploads/${session.id}?_state=${session.size}`,
      Range: `0-${Math.max(0, session.size - 1)}`,
      'Docker-Upload-UUID': session.id,
    };
  }
}

function append(call: Call, session: Session): void {
  const range = call.headers['content-range'];
  if (range !== undefined) {
    const [, start = '', end = ''] = /^(\d+)-(\d+)$/.exec(range) ?? [];
    if (Number(start) !== session.size || start === '' || Number(end) - Number(start) + 1 !== call.body.length) {
      throw new RegistryError(416, 'BLOB_UPLOAD_INVALID', 'chunk out of order', {
        Location: `/v2/${session.repository}/blobs/uploads/${session.id}?_state=${session.size}`,
        Range: `0-${Math.max(0, session.size - 1)}`,
      });
    }
  }
  if (call.body.length > 0) session.chunks.push(call.body);
  session.size += call.body.length;
}

function created(repository: string, digest: string): Reply {
  return reply(201, { Location: `/v2/${repository}/blobs/${digest}`, 'Docker-Content-Digest': digest });
}
