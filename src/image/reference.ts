import { type Digest, isDigest } from './digest.ts';
import { ImageError } from './error.ts';

declare const repositoryBrand: unique symbol;
declare const tagBrand: unique symbol;

/** `registry/path`, always with its registry; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export type Repository = string & { readonly [repositoryBrand]: true };
/** A tag: at most 128 characters of `[A-Za-z0-9_.-]`. */
export type Tag = string & { readonly [tagBrand]: true };

/** A name that can move. Nothing copies, scans or signs by it. */
export interface TagReference {
  readonly kind: 'tag';
  readonly repository: Repository;
  readonly tag: Tag;
}

/** A name that cannot move; `tag` is only what a human called it. */
export interface DigestReference {
  readonly kind: 'digest';
  readonly repository: Repository;
  readonly digest: Digest;
  readonly tag?: Tag;
}

export type Reference = TagReference | DigestReference;

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
/** https://github.com/distribution/reference/blob/main/reference.go, but no port with zeros before it: one registry would have several names. */
const REGISTRY =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[1-9][0-9]{0,4})?$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** Parses `registry/repo:tag`, `registry/repo@digest` or both at once; throws INVALID_REFERENCE saying which part is wrong. */
export function parseReference(text: string): Reference {
  const at = text.indexOf('@');
  const name = at < 0 ? text : text.slice(0, at);
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const hasTag = colon >= 0 && name.includes('/');
  const repository = parseRepository(hasTag ? name.slice(0, colon) : name, text);
  const tag = hasTag ? parseTag(name.slice(colon + 1), text) : undefined;
  if (at >= 0) {
    const digest = text.slice(at + 1);
    if (!isDigest(digest)) {
      fail(text, `${JSON.stringify(digest)} is not a digest`, 'Write @sha256: and 64 lower-case hex digits.');
    }
    return tag === undefined ? { kind: 'digest', repository, digest } : { kind: 'digest', repository, digest, tag };
  }
  if (tag === undefined) fail(text, 'it has neither a tag nor a digest', 'Write registry/repo:tag; no tag is assumed.');
  return { kind: 'tag', repository, tag };
}

/** Parses `registry/path`; the registry must be written out, nothing is assumed to be on Docker Hub. */
export function parseRepository(name: string, text = name): Repository {
  const slash = name.indexOf('/');
  const registry = slash < 0 ? '' : name.slice(0, slash);
  const port = /:(\d+)$/.exec(registry)?.[1];
  if (!isRegistryHost(registry) && port !== undefined) {
    fail(text, `it names no registry, as ${port} is no port`, 'Write a port from 1 to 65535, without leading zeros.');
  }
  if (!isRegistryHost(registry)) {
    fail(text, 'it names no registry', 'Write it in full, such as docker.io/library/alpine:3.20.');
  }
  const path = normalizePath(registry, name.slice(slash + 1));
  const bad = path.split('/').find((component) => !COMPONENT.test(component));
  if (bad !== undefined) {
    fail(
      text,
      `${JSON.stringify(bad)} cannot be part of a repository name`,
      'Use lower-case letters, digits, . _ - and /.',
    );
  }
  if (path.length > 255) fail(text, 'the repository name is longer than 255 characters', 'Shorten it.');
  return `${registry.toLowerCase()}/${path}` as Repository;
}

function parseTag(tag: string, text: string): Tag {
  if (TAG.test(tag)) return tag as Tag;
  return fail(
    text,
    `${JSON.stringify(tag)} is not a tag`,
    'Use 1 to 128 letters, digits, _ . or -, not starting with . or -.',
  );
}

/** True when a first component is a registry, by the rule Docker uses: it has a dot or a port, or is localhost; and when it can be asked at all: no port that is none, no address that is none. */
export function isRegistryHost(component: string): boolean {
  const isMeant = REGISTRY.test(component) && (/[.:[]/.test(component) || component.toLowerCase() === 'localhost');
  return isMeant && URL.canParse(`https://${component}`);
}

/** The registry of a repository, as written: `host[:port]`, lower case. */
export function registryOf(repository: Repository): string {
  return repository.slice(0, repository.indexOf('/'));
}

/** The path of a repository inside its registry. */
export function pathOf(repository: Repository): string {
  return repository.slice(repository.indexOf('/') + 1);
}

/** `registry/repo:tag`, `registry/repo@digest` or `registry/repo:tag@digest`. */
export function formatReference(reference: Reference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  return reference.kind === 'tag'
    ? `${reference.repository}${tag}`
    : `${reference.repository}${tag}@${reference.digest}`;
}

/** The same name, pinned to what it meant when it was resolved. */
export function pinReference(reference: Reference, digest: Digest): DigestReference {
  const { repository, tag } = reference;
  return tag === undefined ? { kind: 'digest', repository, digest } : { kind: 'digest', repository, digest, tag };
}

function normalizePath(registry: string, path: string): string {
  return registry.toLowerCase() === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
}

function fail(text: string, what: string, hint: string): never {
  throw new ImageError('INVALID_REFERENCE', `${JSON.stringify(text)} is not an image reference: ${what}.`, { hint });
}
