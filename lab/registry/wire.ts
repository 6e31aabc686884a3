import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './exchange.ts';

/** Reads a request's body to its end; rejects when the client goes away first. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Where an answer's body ends too early, and whether it tells its length. */
export interface Cut {
  readonly cutAfterBytes?: number;
  readonly stallAfterBytes?: number;
  readonly withoutLength?: boolean;
}

/** How many bytes of the body `sendReply` puts on the wire. */
export function countSentBytes(method: string, reply: Reply, cut: Cut = {}): number {
  return method === 'HEAD' ? 0 : Math.min(reply.body.length, endOf(cut));
}

/** Sends an answer under its full Content-Length; one that is cut short ends with the connection, one that stalls never ends. */
export function sendReply(method: string, response: ServerResponse, reply: Reply, cut: Cut = {}): void {
  const bodiless = reply.status === 204 || reply.status === 304;
  const length = bodiless || cut.withoutLength === true ? {} : { 'Content-Length': `${reply.body.length}` };
  response.writeHead(reply.status, { ...length, ...reply.headers });
  const end = endOf(cut);
  if (end < reply.body.length && method !== 'HEAD') {
    const stop = (): void => void (cut.stallAfterBytes === undefined && response.destroy());
    response.flushHeaders();
    if (end === 0) setImmediate(stop);
    else response.write(reply.body.subarray(0, end), stop);
    return;
  }
  if (method === 'HEAD' || bodiless) response.end();
  else response.end(reply.body);
}

function endOf({ cutAfterBytes, stallAfterBytes }: Cut): number {
  return stallAfterBytes ?? cutAfterBytes ?? Number.POSITIVE_INFINITY;
}
