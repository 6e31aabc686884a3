import { createHash, createPublicKey } from 'node:crypto';
import type { SignerIdentity, TrustAnchor } from '../image/trust-anchor.ts';

/** Whether something says that it is by this anchor, before anything is verified: good to look at it sooner, and never to believe or refuse it. cosign calls a key by the SHA-256 of its DER. */
export function isLikelyBy(identity: SignerIdentity, anchor: TrustAnchor): boolean {
  if (anchor.kind === 'key') return identity.kind === 'key' && [undefined, identity.hint].includes(hintOf(anchor.key));
  if (identity.kind === 'key') return false;
  return anchor.identity.kind === 'regexp' || anchor.identity.text === identity.identity;
}

/** Undefined where only a KMS knows the key. */
function hintOf(key: string): string | undefined {
  try {
    const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
    return createHash('sha256').update(der).digest('base64');
  } catch {
    return undefined;
  }
}
