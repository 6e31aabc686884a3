import { createHash } from 'node:crypto';

const HEX_LENGTH: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };

/** The sha256 digest of these bytes, as `sha256:hex`. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** True for `sha256:` or `sha512:` and lower-case hex; https://github.com/opencontainers/image-spec/blob/main/descriptor.md#registered-algorithms */
export function isDigest(text: string): boolean {
  const [algorithm = '', hex = '', rest] = text.split(':');
  return rest === undefined && /^[a-f0-9]+$/.test(hex) && HEX_LENGTH[algorithm] === hex.length;
}

/** True when the bytes have this digest in its own algorithm; false for a malformed digest too. */
export function hasDigest(bytes: Uint8Array, digest: string): boolean {
  if (!isDigest(digest)) return false;
  const algorithm = digest.slice(0, digest.indexOf(':'));
  return createHash(algorithm).update(bytes).digest('hex') === digest.slice(algorithm.length + 1);
}
