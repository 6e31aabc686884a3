import { setImmediate } from 'node:timers/promises';
import type { Response } from './message.ts';

const DISCARD_LIMIT = 64 * 1024;

/** Gives the connection back: drains what is short, cuts off what is long. Never throws. */
export async function discardBody(response: Response): Promise<void> {
  try {
    await response.body.dump({ limit: DISCARD_LIMIT });
  } catch {
    response.body.destroy();
  }
  await settleConnection();
}

/** The whole body, or undefined (and the connection closed) when it is longer than `limit` bytes. */
export async function readBody(response: Response, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  await settleConnection();
  return Buffer.concat(chunks);
}

/** Bytes of an error body that are looked at. */
export const MAX_ERROR_BODY = 64 * 1024;

const TOO_LONG = new TextEncoder().encode('a body that is too long to be an error of a registry');

/** Reads the body of a 200, up to `limit` bytes, and of a 404, whose words decide what it means; any other stays unread. */
export async function readWhole(response: Response, limit: number): Promise<Response> {
  if (response.status === 200) return { ...response, whole: await readBody(response, limit) };
  if (response.status !== 404) return response;
  return { ...response, whole: (await readBody(response, MAX_ERROR_BODY)) ?? TOO_LONG };
}

/** undici frees a connection just after its body ended: who sends before that opens another, with another TLS handshake. */
async function settleConnection(): Promise<void> {
  await setImmediate();
}

/** At most the first `limit` bytes, whatever happens to the rest: for what is only shown. */
export async function readBodyStart(response: Response, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= limit) break;
    }
  } catch {
    // A body that breaks off still says what it said so far.
  }
  await settleConnection();
  return Buffer.concat(chunks).subarray(0, limit);
}
