import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, request } from 'undici';
import { ToolError } from './error.ts';

/** Limits of a download; `dispatcher` carries proxy and certificate authorities. */
export interface DownloadOptions {
  readonly dispatcher?: Dispatcher;
  readonly signal: AbortSignal;
  /** For the whole download, retries included. */
  readonly timeoutMs: number;
  /** Default 1 GiB. */
  readonly maxBytes?: number;
  /** How often it is tried on network errors, 408, 429 and 5xx; default 3. */
  readonly attempts?: number;
  /** Before the second attempt, doubled for each further one; default 1000. */
  readonly retryDelayMs?: number;
}

const MAX_REDIRECTS = 8;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Downloads `url` into `file`, unauthenticated: https only, also after redirects (http among loopback addresses, for
 * mirrors in tests). Throws DOWNLOAD_FAILED and leaves no file behind. What comes is unchecked: compare its checksum.
 */
export async function downloadTo(url: string, file: string, options: DownloadOptions): Promise<void> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  for (let attempt = 1; ; attempt++) {
    try {
      return await downloadOnce(url, file, { ...options, signal });
    } catch (error) {
      await rm(file, { force: true });
      options.signal.throwIfAborted();
      if (timeout.aborted) throw failed(`${url} was not downloaded within ${options.timeoutMs / 1000} s`, error);
      if (error instanceof ToolError) throw error;
      if (attempt >= (options.attempts ?? 3)) throw failed(`${url} could not be downloaded`, error);
      await sleep((options.retryDelayMs ?? 1000) * 2 ** (attempt - 1), undefined, { signal }).catch(() => undefined);
    }
  }
}

async function downloadOnce(url: string, file: string, options: DownloadOptions): Promise<void> {
  const maxBytes = options.maxBytes ?? 1024 ** 3;
  const body = await open(url, options);
  let received = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (received > maxBytes) done(failed(`${url} is larger than ${maxBytes} bytes`));
      else done(null, chunk);
    },
  });
  await pipeline(body, limit, createWriteStream(file, { mode: 0o600 }), { signal: options.signal });
}

async function open(url: string, { dispatcher, signal }: DownloadOptions): Promise<Dispatcher.ResponseData['body']> {
  let current = parseAllowed(url, undefined);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await request(current, { signal, ...(dispatcher === undefined ? {} : { dispatcher }) });
    if (response.statusCode === 200) return response.body;
    await response.body.dump();
    const { location } = response.headers;
    if (!REDIRECTS.includes(response.statusCode) || typeof location !== 'string') {
      throw statusError(current, response.statusCode);
    }
    current = parseAllowed(location, current);
  }
  throw failed(`${url} redirects more than ${MAX_REDIRECTS} times`);
}

/** What another try may mend is a plain Error, the rest is final. */
function statusError(url: URL, status: number): Error {
  const message = `${url.href} answered ${status}`;
  return status >= 500 || status === 408 || status === 429 ? new Error(message) : failed(message);
}

function parseAllowed(location: string, from: URL | undefined): URL {
  if (!URL.canParse(location, from?.href)) throw failed(`${JSON.stringify(location)} is not a URL`);
  const url = new URL(location, from?.href);
  const isLocal = isLoopback(url) && (from === undefined || isLoopback(from));
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)) return url;
  throw failed(`${from === undefined ? '' : `${from.href} redirects to `}${url.href}, which is not https`);
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.[0-9]{1,3}){3}$/.test(hostname);
}

function failed(message: string, cause?: unknown): ToolError {
  return new ToolError('DOWNLOAD_FAILED', message, cause === undefined ? {} : { cause });
}
