import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
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
import { checkMethod, parseRoute } from './route.ts';
import { type Seed, seedRepository } from './seed.ts';
import { collectUntagged, Store } from './store.ts';
import { type UploadRules, Uploads } from './uploads.ts';
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
  readonly uploads?: UploadRules;
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
  /** How many requests a fault of the list has spoilt. */
  spoilt(fault: Fault): number;
  /** Makes every token that was issued so far invalid. */
  revokeTokens(): void;
  digestOf(repository: string, tag: string): string | undefined;
  hasBlob(repository: string, digest: string): boolean;
  hasManifest(repository: string, digest: string): boolean;
  /** The bytes of a manifest or blob, as they are stored. */
  read(repository: string, digest: string): Buffer | undefined;
  /** In lexical order; none for a repository that does not exist. */
  tags(repository: string): string[];
  /** Stores content as if it had always been there, without a request. */
  seed(repository: string, seed: Seed, tag?: string): void;
  /** Points a tag somewhere, as another client would. */
  setTag(repository: string, tag: string, digest: string): void;
  deleteTag(repository: string, tag: string): boolean;
  /** Removes what no tag reaches; returns the removed digests. */
  collectUntagged(repository: string): string[];
  /** The same content on another port, to read without a login, a fault or a line in the log. */
  openForReading(): Promise<{ readonly host: string; close(): Promise<void> }>;
  /** Removes every blob of a repository, as a broken store would; its manifests stay. */
  deleteBlobs(repository: string): void;
  /** Removes every manifest but those wanted, as a clean-up in two steps does; blobs and tags stay. */
  keepManifests(repository: string, isWanted: (digest: string) => boolean): void;
  /** Upload sessions that were neither finished nor cancelled. */
  openUploads(): number;
  close(): Promise<void>;
}

/** Starts an in-memory registry on the loopback interface. */
export async function startRegistry(options: RegistryOptions = {}): Promise<LabRegistry> {
  const store = new Store();
  const uploads = new Uploads(store, options.uploads);
  const log = new RequestLog();
  const faults = [...(options.faults ?? [])];
  const counter = new FaultCounter();
  const rules = readRules(options);
  let authority: Authority | undefined;

  const answer = (call: Call, pathname: string, authority: Authority | undefined): Reply => {
    if (pathname === '/token' && authority !== undefined) return authority.issueToken(call);
    const route = parseRoute(pathname);
    if (route === undefined || (route.kind === 'referrers' && !rules.referrersApi)) return reply(404);
    authority?.check(call, route);
    checkMethod(call.method, route);
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
    const fault = counter.take(faults, method, path, headers);
    const account = authority?.accountOf(headers.authorization);
    const record = (status: number, requestBytes: number, responseBytes: number): void =>
      log.record({
        ...{ method, path, status, requestBytes, responseBytes, at },
        ...(headers.range === undefined ? {} : { range: headers.range }),
        ...(headers.authorization === undefined
          ? {}
          : { authorizationScheme: headers.authorization.split(' ')[0] ?? '' }),
        ...(account === undefined ? {} : { account }),
      });
    const drop = (requestBytes: number): void => {
      record(0, requestBytes, 0);
      request.socket.destroy();
    };
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
    if (fault?.dropConnection === true) return drop(0);
    if (fault?.dropConnection === 'during') {
      await once(request, 'data').catch(() => undefined);
      return drop(0);
    }
    const body = await readBody(request).catch(() => undefined);
    if (body === undefined) return drop(0);
    await fault?.before?.();
    if (fault?.silent === true) return record(0, body.length, 0);
    if (fault?.raw !== undefined) {
      record(0, body.length, 0);
      request.socket.end(fault.raw);
      return;
    }
    const { pathname, searchParams: query } = new URL(path, 'http://lab');
    const work = () => answer({ method, query, headers, body }, pathname, authority);
    const hasEffect = fault?.status === undefined || fault.takesEffect === true;
    const truth = hasEffect ? attempt(work) : reply(fault.status ?? 500);
    if (fault?.dropConnection === 'after') return drop(body.length);
    const said = fault === undefined ? truth : spoilReply(fault, truth);
    record(said.status, body.length, countSentBytes(method, said, fault));
    sendReply(method, response, said, fault);
  };

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch(() => request.socket.destroy());
  };
  const server = options.tls === undefined ? createServer(listener) : createTlsServer({ ...options.tls }, listener);
  const host = await listen(server, options.port);
  const show = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url = '', headers } = request;
    const { pathname, searchParams: query } = new URL(url, 'http://lab');
    const call = { method, query, headers, body: Buffer.alloc(0) };
    const isReading = method === 'GET' || method === 'HEAD';
    sendReply(method, response, isReading ? attempt(() => answer(call, pathname, undefined)) : reply(405));
  };
  const url = `${options.tls === undefined ? 'http' : 'https'}://${host}`;
  if (options.auth !== undefined) authority = new Authority(options.auth, url);

  return {
    ...{ host, url, log, faults },
    spoilt: (fault) => counter.spoilt(fault),
    revokeTokens: () => authority?.revokeTokens(),
    digestOf: (repository, tag) => store.find(repository)?.tags.get(tag),
    hasBlob: (repository, digest) => store.find(repository)?.blobs.has(digest) ?? false,
    hasManifest: (repository, digest) => store.find(repository)?.manifests.has(digest) ?? false,
    read: (repository, digest) =>
      store.find(repository)?.manifests.get(digest)?.bytes ?? store.find(repository)?.blobs.get(digest),
    tags: (repository) => [...(store.find(repository)?.tags.keys() ?? [])].sort(),
    seed: (repository, seed, tag) =>
      seedRepository(store.open(repository), seed, { tag, referrersApi: rules.referrersApi }),
    setTag: (repository, tag, digest) => void store.open(repository).tags.set(tag, digest),
    deleteTag: (repository, tag) => store.find(repository)?.tags.delete(tag) ?? false,
    collectUntagged: (repository) => collectUntagged(store.open(repository)),
    keepManifests: (repository, isWanted) => {
      const manifests = store.find(repository)?.manifests;
      for (const digest of [...(manifests?.keys() ?? [])]) if (!isWanted(digest)) manifests?.delete(digest);
    },
    deleteBlobs: (repository) => store.find(repository)?.blobs.clear(),
    openForReading: async () => {
      const view = createServer(show);
      return { host: await listen(view), close: () => stop(view) };
    },
    openUploads: () => uploads.open,
    close: () => stop(server),
  };
}

async function listen(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
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
