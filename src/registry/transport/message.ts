import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Repository } from '../../image/reference.ts';
import type { Scope } from './scope.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Bytes, or what opens them again: every body can be sent more than once. */
export type Body = Uint8Array | (() => Readable);

/** One exchange with one address; what the layers below authorisation see. */
export interface WireRequest {
  readonly method: Method;
  readonly url: URL;
  /** The registry this is asked for, when `url` may be one that it sent us to. */
  readonly registry?: URL | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Body | undefined;
  /** `same-origin` hands a redirect that leaves the origin back as the answer. */
  readonly redirects?: 'follow' | 'same-origin' | undefined;
  /** True for a request whose answer waits until content is stored. */
  readonly stores?: boolean | undefined;
}

/** What the verbs ask of a registry. */
export interface RegistryRequest {
  /** The end of the sentence "could not …". */
  readonly purpose: string;
  readonly method: Method;
  /** Whose credentials and which registry. */
  readonly repository: Repository;
  /** A path at that registry, or an address the registry gave. */
  readonly target: string | URL;
  /** The least rights the request needs. */
  readonly scopes: readonly Scope[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
  readonly redirects?: 'follow' | 'same-origin';
  /** False for what must not be sent twice: a tag, which may be taken by then. `when-busy` for a step of an upload session: again only when it was turned away with 429, and so not begun. */
  readonly replay?: boolean | 'when-busy';
  readonly stores?: boolean;
}

/** An answer. Its body must be read to the end, or thrown away with `discardBody`, for the connection to be used again. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The address that answered, after redirects. */
  readonly url: URL;
  readonly body: Dispatcher.ResponseData['body'];
  /** The body, where it was read already. */
  readonly whole?: Uint8Array | undefined;
  /** Why no other answer was waited for, when time was the reason: the end of a sentence. */
  readonly gaveUp?: string;
}

/** Sends one request; the shape of every layer below authorisation. */
export type Send = (request: WireRequest) => Promise<Response>;

/** The first value of a header, or undefined. */
export function headerOf(response: Response, name: string): string | undefined {
  const value = response.headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}

/** Every value of a header that may be repeated. */
export function headersOf(response: Response, name: string): readonly string[] {
  const value = response.headers[name.toLowerCase()];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
