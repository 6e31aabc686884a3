import type { CertificateAnchor, TextMatch, TrustAnchor } from '../image/trust-anchor.ts';
import { SignerError } from './error.ts';
import type { TrustedRoot } from './sigstore-config.ts';

/** Demands of a certificate whom it names, for `cosign verify*`. Patterns must match as a whole: cosign itself looks for them anywhere. */
export function listIdentityFlags(anchor: CertificateAnchor, repository = anchor.repository): string[] {
  return [
    ...matchFlag('--certificate-identity', anchor.identity, anchor),
    ...matchFlag('--certificate-oidc-issuer', anchor.issuer, anchor),
    ...(repository === undefined ? [] : ['--certificate-github-workflow-repository', repository]),
  ];
}

/** Leaves out what the trusted root gives no means to check, and nothing else. `root` is undefined for the public Sigstore's, which has all of it. Throws TRUST_UNUSABLE when what is left proves nothing. */
export function listRootFlags(anchor: TrustAnchor, root: TrustedRoot | undefined): string[] {
  if (anchor.transparencyLog && root?.hasLogs === false) {
    throw new SignerError(
      'TRUST_UNUSABLE',
      `${anchor.name} counts only with an entry in a transparency log, and the trusted root names no log`,
      { hint: 'Add the log to trusted-root, or say transparencyLog: false for this signer in the policy.' },
    );
  }
  const ignoreLog = anchor.transparencyLog ? [] : ['--insecure-ignore-tlog=true'];
  if (anchor.kind === 'key') return ignoreLog;
  if (root?.hasAuthorities === false) {
    throw new SignerError(
      'TRUST_UNUSABLE',
      `${anchor.name} signs with certificates, and the trusted root names no certificate authority`,
      { hint: 'Add Fulcio to trusted-root: cosign trusted-root create --fulcio=…' },
    );
  }
  return [
    ...ignoreLog,
    ...(!anchor.transparencyLog && root?.hasTimestampAuthorities !== false ? ['--use-signed-timestamps'] : []),
    ...(root?.hasCertificateLogs === false ? ['--insecure-ignore-sct=true'] : []),
  ];
}

function matchFlag(flag: string, { kind, text }: TextMatch, anchor: CertificateAnchor): string[] {
  if (text === '') throw new SignerError('TRUST_UNUSABLE', `${anchor.name} has an empty ${flag.slice(2)}`);
  if (kind === 'exact') return [`${flag}=${text}`];
  try {
    // Alone, so that a stray parenthesis cannot end the group below.
    new RegExp(text, 'u');
  } catch (cause) {
    throw new SignerError('TRUST_UNUSABLE', `${JSON.stringify(text)} is not a regular expression`, {
      cause,
      hint: `Mend the pattern of ${flag.slice(2)}.`,
    });
  }
  return [`${flag}-regexp=^(?:${text})$`];
}
