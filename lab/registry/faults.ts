import { digestOf } from './digest.ts';
import type { Reply } from './exchange.ts';

/** A registry's misbehaviour as data. All conditions must match; the first fault of the list that matches and is not used up wins. */
export interface Fault {
  readonly method?: string;
  /** Matched against path and query, as sent. */
  readonly path?: RegExp;
  /** Matching requests to leave alone first; default 0. */
  readonly skip?: number;
  /** Matching requests to spoil; default all. */
  readonly times?: number;
  /** Only once a PUT whose path matches has come. */
  readonly afterPut?: RegExp;
  /** Only requests that carry this header, in lower case. */
  readonly withHeader?: string;
  /** Spoils until nobody came for this many milliseconds, as what is busy does; default for ever. */
  readonly quietMs?: number;
  /** Answers this instead of the truth: the request has no effect, unless `takesEffect`. */
  readonly status?: number;
  /** true: the request does what it should, although the answer is another one. */
  readonly takesEffect?: boolean;
  /** Added to the answer, true or not; undefined removes a header. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Replaces the answer's body. */
  readonly body?: string;
  readonly delayMs?: number;
  /** Sends this much of the body under the full Content-Length, then drops the connection. */
  readonly cutAfterBytes?: number;
  /** Sends this much of the body under the full Content-Length, then nothing, and holds the connection. */
  readonly stallAfterBytes?: number;
  /** Takes the request and never answers. */
  readonly silent?: boolean;
  /** true: before the request's body is read, without effect. `during`: once its first bytes are here. `after`: the request takes effect, its answer is lost. */
  readonly dropConnection?: true | 'during' | 'after';
  /** Sends this on the wire instead of an HTTP answer, and hangs up; the request has no effect. */
  readonly raw?: string;
  /** Flips this many bytes at the start of the body. */
  readonly corruptBytes?: number;
  /** Leaves this many bytes off the end of the body, and says so in Content-Length. */
  readonly shortenBytes?: number;
  /** Adds this many bytes to the body, and says so in Content-Length. */
  readonly extraBytes?: number;
  /** Sends the body in chunks, without a Content-Length. */
  readonly withoutLength?: boolean;
  /** Sends a Docker-Content-Digest of something else. */
  readonly wrongDigestHeader?: boolean;
  /** Runs before the request takes effect: a race, told as a script. */
  readonly before?: () => void | Promise<void>;
}

/** Counts how often each fault of a mutable list was met. */
export class FaultCounter {
  readonly #met = new Map<Fault, number>();
  readonly #last = new Map<Fault, number>();
  /** Those that wait for a PUT which has come. */
  readonly #due = new Set<Fault>();

  /** How many requests this fault has spoilt. */
  spoilt(fault: Fault): number {
    return Math.max(0, (this.#met.get(fault) ?? 0) - (fault.skip ?? 0));
  }

  /** The fault to apply to this request, or undefined. */
  take(
    faults: readonly Fault[],
    method: string,
    path: string,
    headers: Readonly<Record<string, unknown>> = {},
  ): Fault | undefined {
    if (method === 'PUT') for (const fault of faults) if (fault.afterPut?.test(path) === true) this.#due.add(fault);
    for (const fault of faults) {
      if (fault.afterPut !== undefined && !this.#due.has(fault)) continue;
      if (fault.method !== undefined && fault.method !== method) continue;
      if (fault.withHeader !== undefined && headers[fault.withHeader] === undefined) continue;
      if (fault.path !== undefined && !new RegExp(fault.path.source, fault.path.flags.replace('g', '')).test(path))
        continue;
      if (fault.quietMs !== undefined && Date.now() - (this.#last.get(fault) ?? Date.now()) > fault.quietMs) continue;
      const met = this.#met.get(fault) ?? 0;
      const skip = fault.skip ?? 0;
      if (met >= skip + (fault.times ?? Number.POSITIVE_INFINITY)) continue;
      this.#met.set(fault, met + 1);
      if (met < skip) continue;
      this.#last.set(fault, Date.now());
      return fault;
    }
    return undefined;
  }
}

/** What the registry says under this fault, given what it would have said. */
export function spoilReply(fault: Fault, truth: Reply): Reply {
  const headers = new Map(Object.entries(truth.headers));
  if (fault.wrongDigestHeader === true) setHeader(headers, 'Docker-Content-Digest', digestOf('something else'));
  for (const [name, value] of Object.entries(fault.headers ?? {})) setHeader(headers, name, value);
  const body = fault.body === undefined ? Buffer.from(truth.body) : Buffer.from(fault.body);
  for (let i = 0; i < Math.min(fault.corruptBytes ?? 0, body.length); i++) body[i] = (body[i] ?? 0) ^ 0xff;
  const kept = body.subarray(0, Math.max(0, body.length - (fault.shortenBytes ?? 0)));
  const sent = Buffer.concat([kept, Buffer.alloc(fault.extraBytes ?? 0, '\n')]);
  return { status: fault.status ?? truth.status, headers: Object.fromEntries(headers), body: sent };
}

function setHeader(headers: Map<string, string>, name: string, value: string | undefined): void {
  for (const existing of headers.keys()) {
    if (existing.toLowerCase() === name.toLowerCase()) headers.delete(existing);
  }
  if (value !== undefined) headers.set(name, value);
}
