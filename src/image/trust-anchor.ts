/** A text that is compared as it is, or with a regular expression (RE2 syntax) that must match all of it. */
export interface TextMatch {
  readonly kind: 'exact' | 'regexp';
  readonly text: string;
}

/** What every anchor says besides who it is. */
interface AnchorBasics {
  /** How messages call it, such as `keys/dev.pub` or the identity. */
  readonly name: string;
  /** True when a signature counts only with an entry in the transparency log. */
  readonly transparencyLog: boolean;
}

/** Trust in whoever holds the private half of a key. */
export interface KeyAnchor extends AnchorBasics {
  readonly kind: 'key';
  /** The public key in PEM, or the URI of one in a KMS. */
  readonly key: string;
}

/** Trust in an identity that an issuer vouched for in a short-lived certificate; https://docs.sigstore.dev/certificate_authority/certificate-issuing-overview/ */
export interface CertificateAnchor extends AnchorBasics {
  readonly kind: 'certificate';
  readonly identity: TextMatch;
  readonly issuer: TextMatch;
  /** `owner/name` of the repository on whose behalf a workflow signed. Without it, only the repository that the identity itself names. */
  readonly repository?: string;
}

/** Who is trusted to sign. */
export type TrustAnchor = KeyAnchor | CertificateAnchor;

/** Who a signature says it is by, before that is verified. */
export type SignerIdentity =
  | {
      readonly kind: 'key';
      /** Names the key, where the signer said so. */
      readonly hint?: string;
    }
  | {
      readonly kind: 'certificate';
      readonly identity: string;
      readonly issuer: string;
      /** `owner/name` of the repository that ran the workflow. */
      readonly repository?: string;
    };

/** A signer as a message names it. */
export function describeIdentity(signer: SignerIdentity): string {
  if (signer.kind === 'key') return signer.hint === undefined ? 'a key' : `the key ${signer.hint}`;
  const { identity, issuer, repository } = signer;
  return `${identity} (issuer ${issuer}${repository === undefined ? '' : `, for ${repository}`})`;
}
