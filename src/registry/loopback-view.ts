import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeError } from '../base/error.ts';
import { type Digest, isDigest } from '../image/digest.ts';
import { ImageError } from '../image/error.ts';
import type { Manifest } from '../image/manifest.ts';
import { OCI_INDEX } from '../image/media-type.ts';
import { parseReference, type Repository } from '../image/reference.ts';
import type { RegistryClient } from './client.ts';
import { RegistryError } from './error.ts';
import { ViewReads } from './view-reads.ts';

/** One repository, readable on loopback without credentials for as long as it is open. */
export interface LoopbackView {
  /** `127.0.0.1:port/…`, to put before `@digest`. */
  readonly repository: string;
  /** What the registry first failed with for another reason than that something is not there: the tool can only have concluded wrongly. */
  fault(): unknown;
  close(): Promise<void>;
}

/**
 * Opens a read-only view of one repository for a tool that must not hold its credentials: every request is answered
 * through our own client, so proxies, certificates and logins hold for the tool too. Its path is a secret of the run.
 */
export async function openLoopbackView(client: RegistryClient, repository: Repository): Promise<LoopbackView> {
  const name = `${randomBytes(16).toString('hex')}/view`;
  const reads = new ViewReads(client, repository);
  const view: View = { client, repository, name, reads, sizes: new Map() };
  let fault: unknown;
  // An import of it would load all that Node has of HTTP, its own undici too.
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer((request, response) => {
    answer(view, request, response).catch((error: unknown) => {
      if (!isAbsence(error)) fault ??= error;
      fail(response, error);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { repository: `127.0.0.1:${port}/${name}`, fault: () => fault, close: () => closeServer(server) };
}

/** Not one that tools try again: our client has done so already. */
const FAILED_STATUS = 424;

interface View {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly name: string;
  readonly reads: ViewReads;
  /** Sizes of the blobs that the manifests served so far list; no other blob is served. */
  readonly sizes: Map<Digest, number>;
}

async function answer(view: View, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { client, repository, name, reads } = view;
  const { pathname } = new URL(request.url ?? '/', 'http://loopback');
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendError(response, 405, 'UNSUPPORTED');
  if (pathname === '/v2/' || pathname === '/v2') return send(response, 200, 'application/json', '{}');
  const base = `/v2/${name}/`;
  const [kind, reference, rest] = pathname.startsWith(base) ? pathname.slice(base.length).split('/') : [];
  if (reference === undefined || rest !== undefined) return sendError(response, 404, 'NAME_UNKNOWN');
  if (kind === 'manifests') {
    const content = isDigest(reference)
      ? await reads.manifest(reference)
      : await client.resolve(parseReference(`${repository}:${reference}`));
    rememberSizes(view, content.manifest);
    return send(response, 200, content.mediaType, content.bytes, { 'Docker-Content-Digest': content.digest });
  }
  if (!isDigest(reference)) return sendError(response, 404, 'UNSUPPORTED');
  if (kind === 'referrers') {
    const list = await reads.referrers(reference);
    if (list.via !== 'api') return sendError(response, 404, 'NOT_FOUND');
    const index = { schemaVersion: 2, mediaType: OCI_INDEX, manifests: list.descriptors };
    return send(response, 200, OCI_INDEX, JSON.stringify(index));
  }
  const size = view.sizes.get(reference);
  if (kind !== 'blobs' || size === undefined) return sendError(response, 404, 'UNSUPPORTED');
  const headers = { 'Content-Type': 'application/octet-stream', 'Docker-Content-Digest': reference };
  if (request.method === 'HEAD') return void response.writeHead(200, { ...headers, 'Content-Length': size }).end();
  const bytes = await reads.blob({ digest: reference, size });
  send(response, 200, 'application/octet-stream', bytes, headers);
}

function rememberSizes(view: View, manifest: Manifest): void {
  if (manifest.kind === 'index') return;
  for (const { digest, size } of [manifest.config, ...manifest.layers]) view.sizes.set(digest, size);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const missing = isAbsence(error);
  sendError(response, missing ? 404 : FAILED_STATUS, missing ? 'MANIFEST_UNKNOWN' : 'UNKNOWN', describeError(error));
}

/** A name that cannot exist does not. */
function isAbsence(error: unknown): boolean {
  const isMissing = error instanceof RegistryError && error.code === 'NOT_FOUND';
  return isMissing || (error instanceof ImageError && error.code === 'INVALID_REFERENCE');
}

function sendError(response: ServerResponse, status: number, code: string, message = code): void {
  send(response, status, 'application/json', JSON.stringify({ errors: [{ code, message }] }));
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
