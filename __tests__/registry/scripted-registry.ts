import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer. `cutAfter` sends that many bytes of the body, then drops the connection. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  readonly cutAfter?: number;
  /** Leaves Content-Length out. */
  readonly chunked?: boolean;
}

/** One request as it arrived. */
export interface Call {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A reply, several in a row (the last one stays), or what makes one. */
export type Script = Reply | readonly Reply[] | ((call: Call) => Reply | 'drop');

/** A server that does what a table says, and remembers what it was asked. */
export interface ScriptedRegistry {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly calls: readonly Call[];
  /** `METHOD path?query` of all requests but the first look at `/v2/`. */
  readonly lines: readonly string[];
  /** Connections opened so far. */
  connections(): number;
  close(): Promise<void>;
}

/** What to do when only a request's headers are here; undefined: read on. */
export type Early = (line: string) => Reply | 'drop' | undefined;

/** Starts a server; keys of the table are `METHOD /path` or `METHOD /path?query`. What is not listed is 404, `GET /v2/` 200. */
export async function startScripted(
  table: Readonly<Record<string, Script>>,
  early: Early = () => undefined,
): Promise<ScriptedRegistry> {
  const calls: Call[] = [];
  const served = new Map<string, number>();
  let connections = 0;
  const server = createServer((request, response) => {
    const first = early(`${request.method} ${request.url}`);
    if (first !== undefined) {
      calls.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.alloc(0),
      });
      if (first === 'drop') request.once('data', () => request.socket.destroy());
      else answer(response.setHeader('Connection', 'close'), { method: request.method ?? '' }, first);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const call = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      calls.push(call);
      const reply = choose(table, served, call);
      if (reply === 'drop') request.socket.destroy();
      else answer(response, call, reply);
    });
  });
  server.on('connection', () => {
    connections++;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    get lines() {
      return calls.map(({ method, url }) => `${method} ${url}`).filter((line) => line !== 'GET /v2/');
    },
    connections: () => connections,
    close: () => closeServer(server),
  };
}

function choose(table: Readonly<Record<string, Script>>, served: Map<string, number>, call: Call): Reply | 'drop' {
  const path = call.url.split('?')[0];
  const key = [`${call.method} ${call.url}`, `${call.method} ${path}`].find((candidate) => candidate in table);
  if (key === undefined) return call.url === '/v2/' ? { status: 200, body: '{}' } : unknown('NAME_UNKNOWN');
  const script = table[key];
  if (typeof script === 'function') return script(call);
  const replies = Array.isArray(script) ? (script as readonly Reply[]) : [script as Reply];
  const count = served.get(key) ?? 0;
  served.set(key, count + 1);
  return replies[Math.min(count, replies.length - 1)] ?? 'drop';
}

function answer(
  response: ServerResponse,
  call: Pick<Call, 'method'>,
  { status, headers = {}, body = '', cutAfter, chunked }: Reply,
): void {
  const bytes = Buffer.from(body as Uint8Array);
  const length = chunked === true || status === 204 ? {} : { 'Content-Length': bytes.length };
  const merged = Object.entries({ ...length, ...headers }).map(([name, value]) => [name, value]);
  response.writeHead(status, Object.fromEntries(merged));
  if (call.method === 'HEAD') return void response.end();
  if (cutAfter === undefined) return void response.end(bytes);
  response.write(bytes.subarray(0, cutAfter), () => response.socket?.destroy());
}

/** A 404, or another status, as registries word it. */
export function unknown(code: string, status = 404, message = 'said the registry'): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ errors: [{ code, message }] }),
  };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
