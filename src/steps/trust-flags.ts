import type { TrustAnchor } from '../image/trust-anchor.ts';
import { listIdentityFlags, listRootFlags } from '../signer/anchor-flags.ts';
import { parseTrustedRoot } from '../signer/sigstore-config.ts';

export const NO_LOG_FLAG = '--insecure-ignore-tlog=true';

/** What the commands call the trusted root of a private Sigstore. */
export const TRUSTED_ROOT_FILE = 'trusted_root.json';

/** Whom a stranger has to trust, and how. */
export interface StatedTrust {
  /** Undefined while it is not known. */
  readonly anchor: TrustAnchor | undefined;
  /** In PEM, of a key or a KMS. */
  readonly publicKey: string | undefined;
  readonly transparencyLog: boolean;
  /** The text of a trusted root of one's own. */
  readonly trustedRoot: string | undefined;
}

/** The flags by which a stranger tells stock cosign whom to trust, ready for a shell: those that the run itself verified with. Undefined when nothing was signed, or nobody knows by whom. */
export function listTrustFlags({ anchor, publicKey, transparencyLog, trustedRoot }: StatedTrust): string[] | undefined {
  const root = trustedRoot === undefined ? [] : ['--trusted-root', TRUSTED_ROOT_FILE];
  if (anchor?.kind === 'certificate') {
    const parsed = trustedRoot === undefined ? undefined : parseTrustedRoot(trustedRoot);
    return [...listIdentityFlags(anchor), ...listRootFlags(anchor, parsed), ...root].map(quote);
  }
  return publicKey === undefined
    ? undefined
    : ['--key', 'cosign.pub', ...(transparencyLog ? [] : [NO_LOG_FLAG]), ...root];
}

/** A word for a POSIX shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
