import { setTimeout as wait } from 'node:timers/promises';
import { DomainError } from '../../base/error.ts';
import { discardBody } from './body.ts';
import { codesOf } from './fault.ts';
import { headerOf, type Response } from './message.ts';

/** When and how long to wait before asking again. Time is a port, so that tests need none. */
export interface RetryPolicy {
  /** How often a request is sent at most, the first time included. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled each time, then jittered. */
  readonly baseDelay: number;
  /** Milliseconds no wait exceeds, whatever Retry-After says. */
  readonly maxDelay: number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly random: () => number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 5,
  baseDelay: 500,
  maxDelay: 30_000,
  sleep: async (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
  now: () => Date.now(),
  random: () => Math.random(),
};

/** The union of what containerd, go-containerregistry, regclient, skopeo and sigstore-js ask again after. */
const RETRYABLE_STATUSES: readonly number[] = [408, 429, 499, 500, 502, 503, 504, 522];

const RETRYABLE_FAULTS: readonly string[] = [
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_PRX_CONN',
  // What is left of a body that a server should not have sent with its answer to a HEAD.
  'HPE_INVALID_CONSTANT',
];

/** True for an answer that may be another one soon. */
export function isRetryableStatus(status: number): boolean {
  return RETRYABLE_STATUSES.includes(status);
}

/** True for a fault of the network, as opposed to one that asking again would only repeat; what is already our own error was final. */
export function isRetryableFault(error: unknown): boolean {
  if (error instanceof DomainError) return false;
  return codesOf(error).some((code) => RETRYABLE_FAULTS.includes(code));
}

/** Milliseconds to wait before attempt `next` (2 is the first repetition); what the server asks for goes first, within reason. */
export function chooseDelay(policy: RetryPolicy, next: number, retryAfter: string | undefined): number {
  const asked = retryAfter === undefined ? undefined : parseRetryAfter(retryAfter, policy.now());
  if (asked !== undefined && asked > 0) return Math.min(asked, policy.maxDelay);
  const ceiling = Math.min(policy.baseDelay * 2 ** (next - 2), policy.maxDelay);
  return ceiling / 2 + (ceiling / 2) * policy.random();
}

/** Retry-After in milliseconds from `now`; undefined for what is neither seconds nor a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function parseRetryAfter(value: string, now: number): number | undefined {
  const text = value.trim();
  if (/^\d{1,12}(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Sends until an answer is final or the attempts are used up; then the last answer or fault stands. */
export async function sendWithRetry(
  policy: RetryPolicy,
  signal: AbortSignal,
  send: () => Promise<Response>,
  onRetry: (reason: string, delay: number) => void,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await settle(send);
    const isLast = attempt >= policy.attempts || signal.aborted;
    let reason = 'a network fault';
    let retryAfter: string | undefined;
    if ('error' in outcome) {
      if (isLast || !isRetryableFault(outcome.error)) throw outcome.error;
      if (outcome.error instanceof Error) reason = outcome.error.message;
    } else {
      if (isLast || !isRetryableStatus(outcome.response.status)) return outcome.response;
      reason = `status ${outcome.response.status}`;
      retryAfter = headerOf(outcome.response, 'retry-after');
      await discardBody(outcome.response);
    }
    const delay = chooseDelay(policy, attempt + 1, retryAfter);
    onRetry(reason, delay);
    await policy.sleep(delay, signal);
  }
}

async function settle(send: () => Promise<Response>): Promise<{ response: Response } | { error: unknown }> {
  try {
    return { response: await send() };
  } catch (error) {
    return { error };
  }
}
