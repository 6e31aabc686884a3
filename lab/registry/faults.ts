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
  /** Answers this instead of the truth: the request has no effect. */
  readonly status?: number;
  /** Added to the answer, true or not; undefined removes a header. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Replaces the answer's body. */
  readonly body?: string;
  readonly delayMs?: number;
  /** Sends this much of the body under the full Content-Length, then drops the connection. */
  readonly cutAfterBytes?: number;
  /** true: before the request's body is read, without effect. `after`: the request takes effect, its answer is lost. */
  readonly dropConnection?: true | 'after';
  /** Flips this many bytes at the start of the body. */
  readonly corruptBytes?: number;
  /** Sends a Docker-Content-Digest of something else. */
  readonly wrongDigestHeader?: boolean;
  /** Runs before the request takes effect: a race, told as a script. */
  readonly before?: () => void | Promise<void>;
}

/** Counts how often each fault of a mutable list was met. */
export class FaultCounter {
  readonly #met = new Map<Fault, number>();

  /** The fault to apply to this request, or undefined. */
  take(faults: readonly Fault[], method: string, path: string): Fault | undefined {
    for (const fault of faults) {
      if (fault.method !== undefined && fault.method !== method) continue;
      if (fault.path !== undefined && !new RegExp(fault.path.source, fault.path.flags.replace('g', '')).test(path))
        continue;
      const met = this.#met.get(fault) ?? 0;
      const skip = fault.skip ?? 0;
      if (met >= skip + (fault.times ?? Number.POSITIVE_INFINITY)) continue;
      this.#met.set(fault, met + 1);
      if (met >= skip) return fault;
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
  return { status: fault.status ?? truth.status, headers: Object.fromEntries(headers), body };
}

function setHeader(headers: Map<string, string>, name: string, value: string | undefined): void {
  for (const existing of headers.keys()) {
    if (existing.toLowerCase() === name.toLowerCase()) headers.delete(existing);
  }
  if (value !== undefined) headers.set(name, value);
}
