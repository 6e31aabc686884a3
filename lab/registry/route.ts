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

/** Reads a path; undefined when no endpoint has it, NAME_INVALID when only the repository's name is wrong. */
export function parseRoute(pathname: string): Route | undefined {
  if (/^\/v2\/?$/.test(pathname)) return { kind: 'ping', repository: '', reference: '' };
  const tags = /^\/v2\/(.+)\/tags\/list$/.exec(pathname);
  if (tags !== null) return named('tags', tags[1], '');
  const upload = /^\/v2\/(.+)\/blobs\/uploads\/?([^/]*)$/.exec(pathname);
  if (upload !== null) return named('upload', upload[1], upload[2]);
  const content = /^\/v2\/(.+)\/(blobs|manifests|referrers)\/([^/]+)$/.exec(pathname);
  if (content === null) return undefined;
  return named(KINDS[content[2] as keyof typeof KINDS], content[1], content[3]);
}

function named(kind: Route['kind'], repository = '', reference = ''): Route {
  if (!NAME.test(repository)) throw new RegistryError(400, 'NAME_INVALID', 'invalid repository name');
  return { kind, repository, reference };
}
