import { isRegistryHost, parseRepository, type Repository } from '../image/reference.ts';

/** True for `host/*`, `host/path/*` or `host/repository`: the only patterns there are. */
export function isPattern(text: string): boolean {
  return normalizePattern(text) !== undefined;
}

/** True when a repository is the one a pattern names, or lies below it, at any depth, when it ends in `/*`. A pattern that is not one matches nothing. */
export function matchesPattern(pattern: string, repository: Repository): boolean {
  const normal = normalizePattern(pattern);
  if (normal === undefined || repository.split('/').some((part) => /^\.*$/.test(part))) return false;
  return normal.endsWith('/*') ? repository.startsWith(normal.slice(0, -1)) : repository === normal;
}

/** The pattern as repositories are written: the host in lower case, Docker Hub's official images under `library/`. */
function normalizePattern(text: string): string | undefined {
  if (!text.endsWith('/*')) return normalizeRepository(text);
  const prefix = text.slice(0, -2);
  if (!prefix.includes('/')) return isRegistryHost(prefix) ? `${prefix.toLowerCase()}/*` : undefined;
  // A last part of its own, so that `docker.io/team/*` is not taken for an official image.
  const inside = normalizeRepository(`${prefix}/x`);
  return inside === undefined ? undefined : `${inside.slice(0, -1)}*`;
}

function normalizeRepository(text: string): string | undefined {
  try {
    return parseRepository(text);
  } catch {
    return undefined;
  }
}
