import { ToolError } from './error.ts';
import { knownVersions, pinnedVersion, type ToolName } from './known-tools.ts';

/** A release of a tool; `sha256` is the user's own word on its release file, in lower-case hex. */
export interface ReleaseRequest {
  readonly kind: 'release';
  readonly name: ToolName;
  readonly version: string;
  readonly sha256?: string;
}

/** An executable that is trusted because the user named it. */
export interface PathRequest {
  readonly kind: 'path';
  readonly name: ToolName;
  readonly path: string;
}

export type ToolRequest = ReleaseRequest | PathRequest;

const VERSION = /^[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?$/;

/**
 * Parses the input `trivy` or `cosign`: empty for the pinned version, a version this release knows,
 * `version@sha256:HEX` for any other, or a path. Throws UNKNOWN_VERSION: no checksum, no run.
 */
export function parseToolInput(name: ToolName, text: string): ToolRequest {
  const input = text.trim();
  if (input === '') return { kind: 'release', name, version: pinnedVersion(name) };
  if (isPath(input)) return { kind: 'path', name, path: input };
  const [written = '', digest, rest] = input.split('@');
  const version = written.replace(/^v/, '');
  if (!VERSION.test(version) || rest !== undefined) refuse(name, input, 'is neither a version nor a path');
  if (digest !== undefined) {
    const hex = /^sha256:([0-9a-f]{64})$/i.exec(digest)?.[1];
    if (hex === undefined) refuse(name, input, 'has no sha256: and 64 hex digits after the @');
    return { kind: 'release', name, version, sha256: hex.toLowerCase() };
  }
  if (!knownVersions(name).includes(version)) refuse(name, input, 'is not a version this release has a checksum for');
  return { kind: 'release', name, version };
}

function isPath(input: string): boolean {
  return /[/\\]/.test(input) || /^[.~]/.test(input) || /^[A-Za-z]:/.test(input);
}

function refuse(name: ToolName, input: string, why: string): never {
  const known = knownVersions(name).join(', ');
  throw new ToolError('UNKNOWN_VERSION', `${name}: ${JSON.stringify(input)} ${why}. Known versions: ${known}.`, {
    hint:
      `Leave the input ${name} empty, write one of ${known}, a version with the checksum of its release file ` +
      `for your platform (version@sha256:…), or the path of an executable you trust.`,
  });
}
