import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AuthOptions, Authority } from './auth.ts';
import { handleBlob } from './blobs.ts';
import { type Call, RegistryError, type Reply, reply } from './exchange.ts';
import { type Fault, FaultCounter, spoilReply } from './faults.ts';
import { listReferrers, listTags } from './listing.ts';
import { handleManifest, type ManifestRules } from './manifests.ts';
import { RequestLog } from './request-log.ts';
import { parseRoute } from './route.ts';
import { collectUntagged, Store } from './store.ts';
import { Uploads } from './uploads.ts';
import { countSentBytes, readBody, sendReply } from './wire.ts';

/** What kind of registry to be. Without options: the current specification, no accounts, tags that move. */
export interface RegistryOptions {
  /** 0, the default: any free port. */
  readonly port?: number;
  /** false: 404 on `/referrers` and no OCI-Subject header, as GHCR and Docker Hub. */
  readonly referrersApi?: boolean;
  /** Referrers in one page; default all. */
  readonly referrersPageSize?: number;
  /** A PUT of a tag that exists, also with the same digest, is refused with this status; true: 409. */
  readonly immutableTags?: boolean | { readonly status: number };
  readonly auth?: AuthOptions;
  /** What to do with a manifest whose config, layers or children are not there; default reject. */
  readonly missingContent?: 'reject' | 'accept';
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly faults?: readonly Fault[];
  /** Default 4 MiB. */
  readonly maxManifestBytes?: number;
}

/** A running registry and a view behind its counter. */
export interface LabRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Scheme and host. */
  readonly url: string;
  readonly log: RequestLog;
  /** Change it at any time. */
  readonly faults: Fault[];
  digestOf(repository: string, tag: string): string | undefined;
  hasBlob(repository: string, digest: string): boolean;
  hasManifest(repository: string, digest: string): boolean;
  /** The bytes of a manifest or blob, as they are stored. */
  read(repository: string, digest: string): Buffer | undefined;
  /** In lexical order; none for a repository that does not exist. */
  tags(repository: string): string[];
  /** Points a tag somewhere, as another client would. */
  setTag(repository: string, tag: string, digest: string): void;
  deleteTag(repository: string, tag: string): boolean;
  /** Removes what no tag reaches; returns the removed digests. */
  collectUntagged(repository: string): string[];
  /** Upload sessions that were neither finished nor cancelled. */
  openUploads(): number;
  close(): Promise<void>;
}

/** Starts an in-memory registry on the loopback interface. */
export async function startRegistry(options: RegistryOptions = {}): Promise<LabRegistry> {
  const store = new Store();
  const uploads = new Uploads(store);
  const log = new RequestLog();
  const faults = [...(options.faults ?? [])];
  const counter = new FaultCounter();
  const rules = readRules(options);
  let authority: Authority | undefined;

  const answer = (call: Call, pathname: string): Reply => {
    if (pathname === '/token' && authority !== undefined) return authority.issueToken(call);
    const route = parseRoute(pathname);
    if (route === undefined || (route.kind === 'referrers' && !rules.referrersApi)) return reply(404);
    authority?.check(call, route);
    const content = store.find(route.repository);
    switch (route.kind) {
      case 'ping':
        return reply(200, { 'Docker-Distribution-API-Version': 'registry/2.0' });
      case 'tags':
        return listTags(call, content, route.repository);
      case 'referrers':
        return listReferrers(
          call,
          content,
          route.repository,
          route.reference,
          options.referrersPageSize ?? Number.POSITIVE_INFINITY,
        );
      case 'upload':
        return uploads.handle(call, route);
      case 'blob':
        return handleBlob(call, content, route.reference);
      case 'manifest':
        return handleManifest(call, store, route, rules);
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = Date.now();
    const { method = '', url: path = '', headers } = request;
    const fault = counter.take(faults, method, path);
    const record = (status: number, requestBytes: number, responseBytes: number): void =>
      log.record({
        ...{ method, path, status, requestBytes, responseBytes, at },
        ...(headers.range === undefined ? {} : { range: headers.range }),
        ...(headers.authorization === undefined
          ? {}
          : { authorizationScheme: headers.authorization.split(' ')[0] ?? '' }),
      });
    const drop = (requestBytes: number): void => {
      record(0, requestBytes, 0);
      request.socket.destroy();
    };
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
    if (fault?.dropConnection === true) return drop(0);
    const body = await readBody(request).catch(() => undefined);
    if (body === undefined) return drop(0);
    await fault?.before?.();
    const { pathname, searchParams: query } = new URL(path, 'http://lab');
    const work = () => answer({ method, query, headers, body }, decodeURIComponent(pathname));
    const truth = fault?.status === undefined ? attempt(work) : reply(fault.status);
    if (fault?.dropConnection === 'after') return drop(body.length);
    const said = fault === undefined ? truth : spoilReply(fault, truth);
    record(said.status, body.length, countSentBytes(method, said, fault?.cutAfterBytes));
    sendReply(method, response, said, fault?.cutAfterBytes);
  };

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch(() => request.socket.destroy());
  };
  const server = options.tls === undefined ? createServer(listener) : createTlsServer({ ...options.tls }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${options.tls === undefined ? 'http' : 'https'}://${host}`;
  if (options.auth !== undefined) authority = new Authority(options.auth, url);

  return {
    ...{ host, url, log, faults },
    digestOf: (repository, tag) => store.find(repository)?.tags.get(tag),
    hasBlob: (repository, digest) => store.find(repository)?.blobs.has(digest) ?? false,
    hasManifest: (repository, digest) => store.find(repository)?.manifests.has(digest) ?? false,
    read: (repository, digest) =>
      store.find(repository)?.manifests.get(digest)?.bytes ?? store.find(repository)?.blobs.get(digest),
    tags: (repository) => [...(store.find(repository)?.tags.keys() ?? [])].sort(),
    setTag: (repository, tag, digest) => void store.open(repository).tags.set(tag, digest),
    deleteTag: (repository, tag) => store.find(repository)?.tags.delete(tag) ?? false,
    collectUntagged: (repository) => collectUntagged(store.open(repository)),
    openUploads: () => uploads.open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function attempt(work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    if (error instanceof RegistryError) return error.toReply();
    throw error;
  }
}

function readRules(options: RegistryOptions): ManifestRules {
  const { immutableTags = false } = options;
  return {
    referrersApi: options.referrersApi ?? true,
    missingContent: options.missingContent ?? 'reject',
    maxManifestBytes: options.maxManifestBytes ?? 4 * 1024 * 1024,
    immutableStatus: immutableTags === false ? undefined : immutableTags === true ? 409 : immutableTags.status,
  };
}
