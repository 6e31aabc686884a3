import type { IncomingHttpHeaders } from 'node:http';

/** One request as the handlers see it, its body read to the end. */
export interface Call {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One answer. The body is not sent for HEAD, but its length is. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer in the error format of the specification; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
export class RegistryError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  toReply(): Reply {
    return replyJson(this.status, { errors: [{ code: this.code, message: this.message, detail: {} }] }, this.headers);
  }
}

/** An answer without a body. */
export function reply(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: Buffer.alloc(0) };
}

/** An answer in JSON; `headers` may name another Content-Type. */
export function replyJson(status: number, json: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  const body = Buffer.from(JSON.stringify(json));
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body };
}
