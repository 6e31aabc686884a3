import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as requestOnce,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** How a proxy says no: with a status, by hanging up, or with silence. */
export type ProxyRefusal = number | 'hang-up' | 'silence';

/** What kind of proxy to be. */
export interface ProxyOptions {
  /** Where a name leads: `registry.test:443` to `127.0.0.1:PORT`. What is not listed is answered with 502. */
  readonly routes: Readonly<Record<string, string>>;
  /** Without this login every request is answered with 407. */
  readonly login?: { readonly username: string; readonly password: string };
  /** To be reached by https. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** For the first requests, one each; the rest are served. */
  readonly refusals?: readonly ProxyRefusal[];
}

/** One request the proxy got, recorded just before it was answered. */
export interface ProxyEntry {
  readonly method: string;
  /** `host:port` of a CONNECT, else the address as it was sent. */
  readonly target: string;
  /** 0 when it was not answered. */
  readonly status: number;
  /** Names of the headers, in lower case. */
  readonly headers: readonly string[];
}

/** A running proxy. */
export interface LabProxy {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly url: string;
  readonly log: readonly ProxyEntry[];
  /** Change it at any time. */
  readonly routes: Record<string, string>;
  readonly refusals: ProxyRefusal[];
  /** What was asked for, each `METHOD target` once, in lexical order. */
  asked(): string[];
  close(): Promise<void>;
}

/** Starts a proxy on the loopback interface that opens tunnels and carries plain http; https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 */
export async function startProxy(options: ProxyOptions): Promise<LabProxy> {
  const routes = { ...options.routes };
  const refusals = [...(options.refusals ?? [])];
  const log: ProxyEntry[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };

  /** 200, or how this request is refused. */
  const judge = ({ method = '', url: target = '', headers }: IncomingMessage, name: string): ProxyRefusal => {
    const refusal = refusals.shift() ?? (isKnown(headers, options.login) ? (routes[name] ? 200 : 502) : 407);
    log.push({ method, target, status: typeof refusal === 'number' ? refusal : 0, headers: Object.keys(headers) });
    return refusal;
  };

  const server: Server = options.tls === undefined ? createServer() : createTlsServer({ ...options.tls });
  server.on(options.tls === undefined ? 'connection' : 'secureConnection', keep);
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    const name = request.url ?? '';
    const verdict = judge(request, name);
    if (verdict === 'silence') return;
    if (verdict === 'hang-up') return void socket.destroy();
    if (verdict !== 200) return void socket.end(`HTTP/1.1 ${verdict} No\r\n${headersOf(verdict)}\r\n`);
    const [host = '', port = ''] = (routes[name] ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    keep(upstream).on('close', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { host: authority = '', port = '', pathname = '', search = '' } = URL.parse(request.url ?? '') ?? {};
    const name = port === '' ? `${authority}:80` : authority;
    const verdict = judge(request, name);
    if (verdict === 'silence') return;
    if (verdict === 'hang-up') return void request.socket.destroy();
    if (verdict !== 200) {
      request.resume();
      return void response
        .writeHead(verdict, verdict === 407 ? { 'Proxy-Authenticate': 'Basic realm="lab"' } : {})
        .end('no');
    }
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const [host = '', targetPort = ''] = (routes[name] ?? '').split(':');
    const target = { host, port: targetPort, path: pathname + search, method: request.method, headers };
    const forward = requestOnce(target, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).on('error', () => response.destroy());
    request.pipe(forward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ host, log, routes, refusals },
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}`,
    asked: () => [...new Set(log.map(({ method, target }) => `${method} ${target}`))].sort(),
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function isKnown(headers: IncomingMessage['headers'], login: ProxyOptions['login']): boolean {
  if (login === undefined) return true;
  const wanted = Buffer.from(`${login.username}:${login.password}`).toString('base64');
  return headers['proxy-authorization'] === `Basic ${wanted}`;
}

function headersOf(status: number): string {
  return `Content-Length: 0\r\n${status === 407 ? 'Proxy-Authenticate: Basic realm="lab"\r\n' : ''}`;
}
