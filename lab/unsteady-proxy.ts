import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What can happen to a request on its way; `none` is the usual case. */
export const MISHAPS = ['none', 'drop', 'lost-answer', 'cut', 'error', 'busy', 'slow'] as const;
export type Mishap = (typeof MISHAPS)[number];

/** A reverse proxy on loopback that lets some requests come to harm. */
export interface UnsteadyProxy {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** How often each mishap happened. */
  readonly met: ReadonlyMap<Mishap, number>;
  close(): Promise<void>;
}

/** Starts a proxy before the registry at `upstream` that spoils this share of the requests, by chance: `random` gives numbers from 0 to 1. */
export async function startUnsteadyProxy(
  upstream: string,
  { share, random = Math.random }: { readonly share: number; readonly random?: () => number },
): Promise<UnsteadyProxy> {
  const met = new Map<Mishap, number>();
  const choose = (): Mishap => {
    if (random() >= share) return 'none';
    return MISHAPS[1 + Math.floor(random() * (MISHAPS.length - 1))] ?? 'none';
  };
  const server = createServer((request, response) => {
    const mishap = choose();
    met.set(mishap, (met.get(mishap) ?? 0) + 1);
    pass(upstream, request, response, mishap).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    met,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(
  upstream: string,
  request: IncomingMessage,
  response: ServerResponse,
  mishap: Mishap,
): Promise<void> {
  if (mishap === 'drop') return void request.socket.destroy();
  if (mishap === 'error') return refuse(request, response, 503, {});
  if (mishap === 'busy') return refuse(request, response, 429, { 'Retry-After': '1' });
  if (mishap === 'slow') await sleep(300);
  const { method, url: path, headers } = request;
  const [hostname, port] = upstream.split(':');
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const onward = forward({ hostname, port, method, path, headers, agent: false }, resolve).once('error', reject);
    request.once('error', reject).pipe(onward);
  });
  if (mishap === 'lost-answer') {
    answer.resume().once('end', () => request.socket.destroy());
    return;
  }
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  if (mishap === 'cut') {
    answer.once('data', (chunk: Buffer) =>
      response.write(chunk.subarray(0, chunk.length / 2), () => response.destroy()),
    );
    answer.once('end', () => response.destroy());
    return;
  }
  answer.once('error', () => response.destroy()).pipe(response);
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
): void {
  request.resume().once('end', () => response.writeHead(status, headers).end());
}
