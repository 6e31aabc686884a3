import { type Repository, registryOf } from '../image/reference.ts';

const DOCKER_HUB_HOSTS: readonly string[] = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

/** The names under which credentials for a repository may be kept, the most telling first: `host/a/b`, `host/a`, `host`. */
export function credentialKeys(repository: Repository): readonly string[] {
  const segments = normalizeKey(repository).split('/');
  return segments.map((_, index) => segments.slice(0, segments.length - index).join('/'));
}

/** A key of a Docker config as `host[:port][/path]`: without scheme and API version, Docker Hub under one name. */
export function normalizeKey(key: string): string {
  const bare = key
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/(?<!\/)\/+$/, '')
    .replace(/^([^/]+)\/v[12]$/i, '$1');
  const [host = '', ...path] = bare.split('/');
  const name = host.toLowerCase();
  return [DOCKER_HUB_HOSTS.includes(name) ? 'docker.io' : name, ...path].join('/');
}

/** What a helper program knows a registry by; Docker Hub has an address of its own. */
export function serverAddress(repository: Repository): string {
  const host = normalizeKey(registryOf(repository));
  return host === 'docker.io' ? 'https://index.docker.io/v1/' : host;
}
