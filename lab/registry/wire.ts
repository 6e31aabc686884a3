import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './exchange.ts';

/** Reads a request's body to its end; rejects when the client goes away first. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** How many bytes of the body `sendReply` puts on the wire. */
export function countSentBytes(method: string, reply: Reply, cutAfterBytes = Number.POSITIVE_INFINITY): number {
  return method === 'HEAD' ? 0 : Math.min(reply.body.length, cutAfterBytes);
}

/** Sends an answer under its full Content-Length; one that is cut short ends with the connection. */
export function sendReply(method: string, response: ServerResponse, reply: Reply, cutAfterBytes?: number): void {
  const bodiless = reply.status === 204 || reply.status === 304;
  const length = bodiless ? {} : { 'Content-Length': `${reply.body.length}` };
  response.writeHead(reply.status, { ...length, ...reply.headers });
  if (cutAfterBytes !== undefined && cutAfterBytes < reply.body.length && method !== 'HEAD') {
    const hangUp = (): void => void response.destroy();
    response.flushHeaders();
    if (cutAfterBytes === 0) setImmediate(hangUp);
    else response.write(reply.body.subarray(0, cutAfterBytes), hangUp);
    return;
  }
  if (method === 'HEAD' || bodiless) response.end();
  else response.end(reply.body);
}
