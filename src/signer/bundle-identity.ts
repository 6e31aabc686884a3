import { describeIdentity, type SignerIdentity, type TrustAnchor } from '../image/trust-anchor.ts';
import { openBundle } from './bundle.ts';
import { SignerError } from './error.ts';

/** Extensions of a Fulcio certificate; https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
const ISSUER = '1.3.6.1.4.1.57264.1.8';
const OLD_ISSUER = '1.3.6.1.4.1.57264.1.1';
const SOURCE_REPOSITORY_URI = '1.3.6.1.4.1.57264.1.12';
const OLD_SOURCE_REPOSITORY = '1.3.6.1.4.1.57264.1.5';

/** Who a bundle says it is by, which nobody has verified; asynchronous because the parser of certificates is loaded only when one is met. Throws BUNDLE_UNREADABLE. */
export async function readBundleIdentity(bundle: Uint8Array): Promise<SignerIdentity> {
  const opened = openBundle(bundle);
  if (typeof opened === 'string')
    throw new SignerError('BUNDLE_UNREADABLE', `This is not a bundle over a statement: ${opened}`);
  if (opened.certificate === undefined)
    return { kind: 'key', ...(opened.hint === undefined ? {} : { hint: opened.hint }) };
  return readCertificateIdentity(opened.certificate);
}

/** Whom a leaf certificate of Fulcio (DER) names. Throws BUNDLE_UNREADABLE. */
export async function readCertificateIdentity(
  certificate: Buffer,
): Promise<Extract<SignerIdentity, { kind: 'certificate' }>> {
  const { ASN1Obj, X509Certificate } = await import('@sigstore/core');
  try {
    const parsed = X509Certificate.parse(Buffer.from(certificate));
    /** The newer extensions hold a DER string, the older ones its bare bytes. */
    const readText = (oid: string): string | undefined =>
      parsed.extension(oid) && ASN1Obj.parseBuffer(Buffer.from(parsed.extension(oid)?.value ?? [])).value.toString();
    const readBare = (oid: string): string | undefined => parsed.extension(oid)?.value.toString('utf8');
    const identity = parsed.subjectAltName;
    const issuer = readText(ISSUER) ?? readBare(OLD_ISSUER);
    if (!identity || !issuer) throw new TypeError('it names no identity, or no issuer of it');
    const uri = readText(SOURCE_REPOSITORY_URI);
    const repository = uri === undefined ? readBare(OLD_SOURCE_REPOSITORY) : new URL(uri).pathname.slice(1);
    return { kind: 'certificate', identity, issuer, ...(repository ? { repository } : {}) };
  } catch (cause) {
    throw new SignerError('BUNDLE_UNREADABLE', 'The certificate of the bundle cannot be read', { cause });
  }
}

/** Trust in exactly this signer and nobody else; of a key the PEM must be known. Throws BUNDLE_UNREADABLE without one. */
export function toExactAnchor(
  identity: SignerIdentity,
  publicKey: string | undefined,
  transparencyLog: boolean,
): TrustAnchor {
  if (identity.kind === 'certificate') {
    const { identity: text, issuer, repository } = identity;
    return {
      kind: 'certificate',
      name: text,
      transparencyLog,
      identity: { kind: 'exact', text },
      issuer: { kind: 'exact', text: issuer },
      ...(repository !== undefined && isGitHubWorkflow(text) ? { repository } : {}),
    };
  }
  if (publicKey !== undefined)
    return { kind: 'key', name: describeIdentity(identity), transparencyLog, key: publicKey };
  throw new SignerError('BUNDLE_UNREADABLE', `The bundle is by ${describeIdentity(identity)}, which is not known`);
}

/** The `owner/name` whose workflow an identity is; undefined for one that is no workflow. GitHub: https://docs.github.com/en/actions/concepts/security/openid-connect; GitLab writes `//` before the file. */
export function readNamedRepository(identity: string): string | undefined {
  return /^https:\/\/[^/]+\/(.+?)(?:\/\.github\/workflows\/|\/\/)[^@]+@/.exec(identity)?.[1];
}

/** True for the identity of a GitHub workflow, whose certificate names the caller's repository as cosign's flag wants it. */
export function isGitHubWorkflow(identity: string): boolean {
  return /^https:\/\/[^/]+\/[^/]+\/[^/]+\/\.github\/workflows\/[^@]+@/.test(identity);
}
