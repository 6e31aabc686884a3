import type { Response, Send } from './message.ts';
import type { RetryPolicy } from './retry.ts';
import { readRetryAfter } from './retry-after.ts';

/** What the limits depend on. */
export interface HostLimits {
  /** Requests without an answer that a host may have at once, when it does not complain. */
  readonly connections: number;
  readonly policy: Pick<RetryPolicy, 'maxDelay' | 'deadline' | 'now' | 'sleep'>;
  readonly signal: AbortSignal;
}

/** Lets each host set its own pace: a 429, or a 5xx with Retry-After, halves what it gets at once and makes everyone wait as long as it asks; every few rounds of answers give one back. A slot is held from sending until the answer's headers, and so never across authorisation, retries or bodies being read. */
export function withHostLimits(send: Send, limits: HostLimits): Send {
  const gates = new Map<string, HostGate>();
  limits.signal.addEventListener('abort', () => {
    for (const gate of gates.values()) gate.refuse(limits.signal.reason);
  });
  return async (request) => {
    limits.signal.throwIfAborted();
    const gate = gates.get(request.url.origin) ?? new HostGate(limits);
    gates.set(request.url.origin, gate);
    const turn = await gate.enter();
    try {
      const response = await send(request);
      gate.learn(turn, response);
      return response;
    } finally {
      gate.leave();
    }
  };
}

/** Answers per request at once that are taken for a sign that one more would do. */
const ROUNDS = 4;

/** Requests at once that a host which ever complained gets at most. */
const MODEST = 8;

interface Waiter {
  readonly enter: (turn: number) => void;
  readonly refuse: (reason: unknown) => void;
}

/** The way to one host: first come, first served. */
class HostGate {
  readonly #limits: HostLimits;
  readonly #waiters: Waiter[] = [];
  #limit: number;
  /** What the limit may grow to: less for a host that complained once. */
  #ceiling: number;
  #active = 0;
  #successes = 0;
  /** Number of the last request let in, and of the last one before the limit was cut. */
  #turn = 0;
  #cut = 0;
  /** Milliseconds on the policy's clock before which nobody is let in. */
  #opens = 0;
  #isPaused = false;

  constructor(limits: HostLimits) {
    this.#limits = limits;
    this.#limit = limits.connections;
    this.#ceiling = limits.connections;
  }

  enter(): Promise<number> {
    const entered = new Promise<number>((enter, refuse) => this.#waiters.push({ enter, refuse }));
    this.#admit();
    return entered;
  }

  leave(): void {
    this.#active--;
    this.#admit();
  }

  refuse(reason: unknown): void {
    for (const waiter of this.#waiters.splice(0)) waiter.refuse(reason);
  }

  learn(turn: number, response: Response): void {
    const { policy } = this.#limits;
    const asked = readRetryAfter(response, policy.now());
    if (response.status !== 429 && (response.status < 500 || asked === undefined)) {
      if (response.status >= 500 || ++this.#successes < this.#limit * ROUNDS) return;
      this.#limit = Math.min(this.#ceiling, this.#limit + 1);
      this.#successes = 0;
      return;
    }
    // What was under way together is one complaint.
    if (turn > this.#cut) {
      this.#ceiling = Math.min(this.#ceiling, MODEST);
      this.#limit = Math.max(1, Math.floor(Math.min(this.#limit, this.#ceiling) / 2));
      this.#cut = this.#turn;
    }
    this.#successes = 0;
    // Nobody waits for what is beyond the deadline: each request is to fail by itself, at once.
    if (asked === undefined || asked > policy.deadline) return;
    this.#opens = Math.max(this.#opens, policy.now() + Math.min(asked, policy.maxDelay));
  }

  #admit(): void {
    if (this.#isPaused || this.#waiters.length === 0) return;
    const delay = this.#opens - this.#limits.policy.now();
    if (delay > 0) return void this.#pause(delay);
    while (this.#active < this.#limit) {
      const waiter = this.#waiters.shift();
      if (waiter === undefined) return;
      this.#active++;
      waiter.enter(++this.#turn);
    }
  }

  async #pause(delay: number): Promise<void> {
    this.#isPaused = true;
    const { policy, signal } = this.#limits;
    const opens = this.#opens;
    try {
      await policy.sleep(delay, signal);
      // What was slept for is over, whatever the clock says; it may have been put off meanwhile.
      if (this.#opens === opens) this.#opens = 0;
    } catch (reason) {
      this.refuse(reason);
    }
    this.#isPaused = false;
    this.#admit();
  }
}
