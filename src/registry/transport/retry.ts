import { setTimeout as wait } from 'node:timers/promises';
import { DomainError } from '../../base/error.ts';
import { discardBody } from './body.ts';
import { codesOf } from './fault.ts';
import type { Response } from './message.ts';
import { findProxyError } from './proxy-error.ts';
import { parseRetryAfter, readRetryAfter } from './retry-after.ts';

/** When and how long to wait before asking again. Time is a port, so that tests need none. */
export interface RetryPolicy {
  /** How often a request is sent at most, the first time included. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled each time, then jittered. */
  readonly baseDelay: number;
  /** Milliseconds no wait exceeds, whatever Retry-After says. */
  readonly maxDelay: number;
  /** Milliseconds from the first attempt after which no other begins. A wait that would end later is not begun. An attempt under way has its own timeouts, and the request for a token its own deadline. */
  readonly deadline: number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly random: () => number;
}

/** Four waits of a minute, which Docker Hub and ACR ask for, fit in; an hour, which nobody would sit through, does not. */
export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 5,
  baseDelay: 500,
  maxDelay: 90_000,
  deadline: 300_000,
  sleep: async (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
  now: () => Date.now(),
  random: () => Math.random(),
};

const RETRYABLE_STATUSES: readonly number[] = [408, 429, 499];

/** Not implemented, not this version of HTTP, log in to the network first: asking again changes none of them. */
const FINAL_STATUSES: readonly number[] = [501, 505, 511];

/** A network that broke or is not there yet, and undici's words for it. ENOTFOUND is not among them: EAI_AGAIN is the name service's "later". */
const RETRYABLE_FAULTS: readonly string[] = [
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENETDOWN',
  'ENETRESET',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'UND_ERR_SOCKET',
  'UND_ERR_INFO',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_PRX_CONN',
];

/** True for an answer that may be another one soon: the union of what go-containerregistry, regclient, containerd, skopeo and sigstore-js ask again after. An error code in the body of another status (TOOMANYREQUESTS) is told, not asked again after. */
export function isRetryableStatus(status: number): boolean {
  return RETRYABLE_STATUSES.includes(status) || (status >= 500 && !FINAL_STATUSES.includes(status));
}

/** True for a fault of the network, as opposed to one that asking again would only repeat; what is already our own error was final. */
export function isRetryableFault(error: unknown): boolean {
  if (error instanceof DomainError) return false;
  return codesOf(error, true).some(isBrokenConnection) || isRetryableStatus(proxyStatusOf(error));
}

/** Of the parser: what came is not HTTP, garbled on the way, or left of a body that should not have followed the answer to a HEAD. Its errors of undici 8.12.4 are meant to have a code, but have a name only. */
function isBrokenConnection(code: string): boolean {
  return RETRYABLE_FAULTS.includes(code) || code === 'HTTPParserError' || code.startsWith('HPE_');
}

/** What a proxy answered that opened no tunnel; 0 when none did. */
function proxyStatusOf(error: unknown): number {
  return findProxyError(error)?.status ?? 0;
}

/** Milliseconds to wait before attempt `next` (2 is the first repetition); what the server asks for goes first, within reason. */
export function chooseDelay(policy: RetryPolicy, next: number, retryAfter: string | undefined): number {
  return boundDelay(policy, next, retryAfter === undefined ? undefined : parseRetryAfter(retryAfter, policy.now()));
}

/** True when a server asks for more time than any request is given: no other attempt is worth its wait. */
export function isAskedTooMuch(policy: RetryPolicy, retryAfter: string | undefined): boolean {
  return retryAfter !== undefined && (parseRetryAfter(retryAfter, policy.now()) ?? 0) > policy.deadline;
}

function boundDelay(policy: RetryPolicy, next: number, asked: number | undefined): number {
  if (asked !== undefined && asked > 0) return Math.min(asked, policy.maxDelay);
  const ceiling = Math.min(policy.baseDelay * 2 ** (next - 2), policy.maxDelay);
  return ceiling / 2 + (ceiling / 2) * policy.random();
}

/** Sends until an answer is final, or attempts or time are used up; then the last answer or fault stands, and says so where time was the reason. */
export async function sendWithRetry(
  policy: RetryPolicy & { readonly onlyWhenBusy?: boolean },
  signal: AbortSignal,
  send: () => Promise<Response>,
  onRetry: (reason: string, delay: number) => void,
): Promise<Response> {
  const started = policy.now();
  const { onlyWhenBusy = false } = policy;
  for (let attempt = 1; ; attempt++) {
    const outcome = await settle(send);
    const isLast = attempt >= policy.attempts || signal.aborted;
    const isRetryable = onlyWhenBusy ? isBusy(outcome) : isPassing(outcome);
    if (isLast || !isRetryable) return unwrap(outcome);
    const asked = 'error' in outcome ? undefined : readRetryAfter(outcome.response, policy.now());
    const delay = boundDelay(policy, attempt + 1, asked);
    const elapsed = policy.now() - started;
    if (elapsed + Math.max(delay, asked ?? 0) > policy.deadline) {
      return unwrap(outcome, explainEnd(policy, attempt, elapsed, asked));
    }
    if ('error' in outcome) onRetry(outcome.error instanceof Error ? outcome.error.message : 'a network fault', delay);
    else {
      onRetry(`status ${outcome.response.status}`, delay);
      await discardBody(outcome.response);
    }
    await policy.sleep(delay, signal);
  }
}

type Outcome = { readonly response: Response } | { readonly error: unknown };

function isPassing(outcome: Outcome): boolean {
  return 'error' in outcome ? isRetryableFault(outcome.error) : isRetryableStatus(outcome.response.status);
}

/** Turned away before it was begun: the one answer after which even a step of an upload can be sent as it was. */
function isBusy(outcome: Outcome): boolean {
  return 'response' in outcome && outcome.response.status === 429;
}

async function settle(send: () => Promise<Response>): Promise<Outcome> {
  try {
    return { response: await send() };
  } catch (error) {
    return { error };
  }
}

function unwrap(outcome: Outcome, gaveUp?: string): Response {
  if ('response' in outcome) return gaveUp === undefined ? outcome.response : { ...outcome.response, gaveUp };
  throw gaveUp === undefined ? outcome.error : new Error(gaveUp, { cause: outcome.error });
}

function explainEnd({ deadline }: RetryPolicy, attempts: number, elapsed: number, asked = 0): string {
  const reason = asked > 0 ? `asked to wait ${toSeconds(asked)} s` : 'the next attempt would be too late';
  return `gave up after ${toSeconds(elapsed)} s and attempt ${attempts}: ${reason}, and ${toSeconds(deadline)} s are given to a request`;
}

function toSeconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}
