/** A repository, and the ref where the address names one. */
export interface GitSource {
  /** `owner/name` on github.com, `host/path` elsewhere. */
  readonly repository: string;
  readonly ref?: string;
}

/** More of an address than this is no address. */
const MAX_LENGTH = 2048;
const HOST = /^[a-z0-9.-]+(?::[0-9]{1,5})?$/;

/** Reads the address of a Git repository as provenance writes it (SPDX download location, `git+https://host/path@ref`, or BuildKit's `…#ref:folder`); undefined when it is not plainly one. */
export function parseGitSource(address: string): GitSource | undefined {
  if (address.length > MAX_LENGTH) return undefined;
  const [, host = '', rawPath = '', mark, rest = ''] =
    /^(?:git\+)?(?:https|ssh):\/\/(?:git@)?([a-z0-9.:-]+)\/([a-z0-9._/-]+)(?:([@#])(\S+))?$/i.exec(address) ?? [];
  const path = rawPath.replace(/\/$/, '').replace(/\.git$/, '');
  if (!isHost(host.toLowerCase()) || !isRepositoryPath(path)) return undefined;
  const repository = nameRepository(host.toLowerCase(), path);
  if (mark === undefined) return { repository };
  const [ref = '', folder] = rest.split(':');
  const isPlain = /^[^?#^~\\]+$/.test(ref) && (folder === undefined || mark === '#');
  return isPlain ? { repository, ref } : undefined;
}

/** `owner/name`, or with more parts where a forge has groups. */
export function isRepositoryPath(text: string): boolean {
  const parts = text.split('/');
  return parts.length >= 2 && parts.every((part) => /^[A-Za-z0-9._-]+$/.test(part) && !/^\.+$/.test(part));
}

/** True for `owner/name` (on github.com) and for `host/path` with a path of at least two parts, in the form that parseGitSource gives. */
export function isSourceRepository(text: string): boolean {
  const [first = '', ...rest] = text.split('/');
  if (text.endsWith('.git')) return false;
  if (rest.length === 1) return /^[A-Za-z0-9-]+$/.test(first) && isRepositoryPath(text);
  return isHost(first) && /[.:]/.test(first) && first !== 'github.com' && isRepositoryPath(rest.join('/'));
}

function isHost(text: string): boolean {
  return HOST.test(text) && !/^[.-]|\.\.|[.-](?::|$)/.test(text);
}

function nameRepository(host: string, path: string): string {
  return host === 'github.com' && path.split('/').length === 2 ? path : `${host}/${path}`;
}
