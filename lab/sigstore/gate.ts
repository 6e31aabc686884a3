import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { type FaultPoint, type FaultQueue, makeFaultQueue } from './fault-queue.ts';
import { type LoopbackServer, listenOnLoopback, readBody } from './loopback.ts';

/** What can happen to a request to a service. `lost-answer`: the service did its work, the client sees a reset connection. */
export type ServiceFault = 'busy' | 'unavailable' | 'conflict' | 'hang' | 'lost-answer';

/** What stands before a service: its address for clients, and its faults. */
export interface Gate extends LoopbackServer {
  readonly faults: FaultPoint<ServiceFault>;
}

const STATUS = { busy: 429, unavailable: 503, conflict: 409 } as const;

/** Starts a gate before the service at `upstream` (`http://127.0.0.1:port`). */
export async function openGate(upstream: string): Promise<Gate> {
  const faults = makeFaultQueue<ServiceFault>();
  const server = await listenOnLoopback((request, response) => {
    pass(upstream, request, response, faults).catch(() => {
      faults.note(request, 0);
      request.socket.destroy();
    });
  });
  return { ...server, faults };
}

async function pass(
  upstream: string,
  request: IncomingMessage,
  response: ServerResponse,
  faults: FaultQueue<ServiceFault>,
): Promise<void> {
  const fault = faults.take();
  const sent = await readBody(request);
  if (fault === 'hang') return faults.note(request, 0); // the answer never comes; close() ends the connection
  if (fault !== undefined && fault !== 'lost-answer') {
    faults.note(request, STATUS[fault]);
    response
      .writeHead(STATUS[fault], { 'content-type': 'application/json' })
      .end('{"code":0,"message":"a test says so"}');
    return;
  }
  const answer = await send(upstream, request, sent);
  const body = await readBody(answer);
  if (fault === 'lost-answer') throw new Error('lost');
  faults.note(request, answer.statusCode ?? 502);
  const { 'transfer-encoding': _framing, connection: _connection, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': body.length }).end(body);
}

function send(upstream: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { 'transfer-encoding': _framing, ...others } = headers;
    const options = { method, headers: { ...others, 'content-length': body.length }, agent: false };
    forward(`${upstream}${url}`, options, resolve).once('error', reject).end(body);
  });
}
