import { createHash, type Hash } from 'node:crypto';
import { ImageError } from './error.ts';

declare const digestBrand: unique symbol;

/** A content digest `algorithm:hex`; https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests */
export type Digest = string & { readonly [digestBrand]: true };

const HEX_LENGTH: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };

/** True for a digest of a registered algorithm (sha256, sha512) in lower-case hex. */
export function isDigest(text: string): text is Digest {
  const [algorithm = '', hex = '', rest] = text.split(':');
  return rest === undefined && /^[a-f0-9]+$/.test(hex) && HEX_LENGTH[algorithm] === hex.length;
}

/** Parses a digest; throws INVALID_DIGEST. */
export function parseDigest(text: string): Digest {
  if (isDigest(text)) return text;
  throw new ImageError('INVALID_DIGEST', `${JSON.stringify(text)} is not a digest`, {
    hint: 'Write it as sha256: and 64 lower-case hex digits.',
  });
}

/** The part before the colon. */
export function digestAlgorithm(digest: Digest): 'sha256' | 'sha512' {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}

/** The part after the colon. */
export function digestHex(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}

/** The sha256 digest of these bytes. */
export function digestOf(bytes: Uint8Array | string): Digest {
  return parseDigest(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
}

/** True when these bytes have this digest, in the digest's own algorithm. */
export function matchesDigest(bytes: Uint8Array, digest: Digest): boolean {
  return startHash(digest).update(bytes).digest('hex') === digestHex(digest);
}

/** A running hash to compare with `digestHex(digest)` at the end of a stream. */
export function startHash(digest: Digest): Hash {
  return createHash(digestAlgorithm(digest));
}
