import { RegistryError } from './exchange.ts';

/** What a path of the distribution API means; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#endpoints */
export interface Route {
  readonly kind: 'ping' | 'tags' | 'upload' | 'blob' | 'manifest' | 'referrers';
  readonly repository: string;
  /** Tag, digest or upload id; empty for `ping`, `tags` and a new upload. */
  readonly reference: string;
}

const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const KINDS = { blobs: 'blob', manifests: 'manifest', referrers: 'referrers' } as const;

/** What may be asked of each endpoint; HEAD where GET is. */
const METHODS: Readonly<Record<Route['kind'], readonly string[]>> = {
  ping: ['GET', 'HEAD'],
  tags: ['GET', 'HEAD'],
  upload: ['GET', 'PATCH', 'PUT', 'DELETE'],
  blob: ['GET', 'HEAD', 'DELETE'],
  manifest: ['GET', 'HEAD', 'PUT', 'DELETE'],
  referrers: ['GET', 'HEAD'],
};

/** Throws 405, naming what is allowed, for a method the endpoint does not have; https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 */
export function checkMethod(method: string, route: Route): void {
  const isNewUpload = route.kind === 'upload' && route.reference === '';
  const allowed = isNewUpload ? ['POST'] : METHODS[route.kind];
  if (allowed.includes(method)) return;
  throw new RegistryError(405, 'UNSUPPORTED', 'the operation is unsupported', { Allow: allowed.join(', ') });
}

/** Reads a path as sent; undefined when no endpoint has it, NAME_INVALID when only the repository's name is wrong. */
export function parseRoute(pathname: string): Route | undefined {
  if (/^\/v2\/?$/.test(pathname)) return { kind: 'ping', repository: '', reference: '' };
  const tags = /^\/v2\/(.+)\/tags\/list$/.exec(pathname);
  if (tags !== null) return named('tags', tags[1], '');
  const upload = /^\/v2\/(.+)\/blobs\/uploads(?:\/([^/]*))?$/.exec(pathname);
  if (upload !== null) return named('upload', upload[1], upload[2]);
  const content = /^\/v2\/(.+)\/(blobs|manifests|referrers)\/([^/]+)$/.exec(pathname);
  if (content === null) return undefined;
  return named(KINDS[content[2] as keyof typeof KINDS], content[1], content[3]);
}

function named(kind: Route['kind'], repository = '', reference = ''): Route {
  const name = decode(repository);
  if (name === undefined || !NAME.test(name)) throw new RegistryError(400, 'NAME_INVALID', 'invalid repository name');
  return { kind, repository: name, reference: decode(reference) ?? reference };
}

/** Undefined for a percent sign that begins no character. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
