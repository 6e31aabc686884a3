import { isRegistryHost, parseRepository } from '../image/reference.ts';

/** A reference in its parts as somebody wrote it: nothing is checked, added or changed. */
export interface WrittenReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Cuts `repository[:tag][@digest]`, whatever stands in the parts. */
export function splitWritten(text: string): WrittenReference {
  const at = text.indexOf('@');
  const name = at < 0 ? text : text.slice(0, at);
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const repository = colon < 0 ? name : name.slice(0, colon);
  return {
    repository,
    ...(colon < 0 ? {} : { tag: name.slice(colon + 1) }),
    ...(at < 0 ? {} : { digest: text.slice(at + 1) }),
  };
}

export function joinWritten({ repository, tag, digest }: WrittenReference): string {
  const name = tag === undefined ? repository : `${repository}:${tag}`;
  return digest === undefined ? name : `${name}@${digest}`;
}

/** The registry of a written repository, and its path; undefined where none is written. */
export function splitRegistry(repository: string): { readonly registry: string | undefined; readonly path: string } {
  const slash = repository.indexOf('/');
  const first = slash < 0 ? '' : repository.slice(0, slash);
  return isRegistryHost(first)
    ? { registry: first, path: repository.slice(slash + 1) }
    : { registry: undefined, path: repository };
}

/** Whether two written repositories mean one: `nginx` and `docker.io/library/nginx`, a registry in either case. */
export function isSameRepository(a: string, b: string): boolean {
  return a === b || normalize(a) === normalize(b);
}

function normalize(repository: string): string {
  const { registry, path } = splitRegistry(repository);
  const host = registry === 'index.docker.io' ? 'docker.io' : (registry ?? 'docker.io');
  try {
    return parseRepository(`${host}/${path}`);
  } catch {
    return repository;
  }
}
