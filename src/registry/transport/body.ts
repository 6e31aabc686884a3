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
