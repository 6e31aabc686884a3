import type { CertificateAnchor, SignerIdentity } from '../image/trust-anchor.ts';
import { isGitHubWorkflow, readNamedRepository } from './bundle-identity.ts';

/**
 * Why a verified certificate is not for the repository that is trusted; undefined when it is. A reusable workflow has
 * the same identity for whoever calls it (https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows),
 * so that without a demanded repository only the one that the identity itself names counts.
 */
export function judgeCaller(
  anchor: CertificateAnchor,
  signer: Extract<SignerIdentity, { kind: 'certificate' }>,
): string | undefined {
  const { identity, repository } = signer;
  const wanted = anchor.repository ?? readNamedRepository(identity);
  if (wanted === undefined || wanted === repository) return undefined;
  const told = `signed by ${identity} for ${repository ?? 'no repository that its certificate names'}`;
  return anchor.repository === undefined ? `${told}: name the caller's repository` : `${told}, not for ${wanted}`;
}

/** What cosign must demand of a certificate that we cannot look at ourselves; `unknown` when a pattern leaves open for whom a workflow signs. */
export function demandCaller(anchor: CertificateAnchor): { readonly repository?: string } | 'unknown' {
  if (anchor.repository !== undefined) return { repository: anchor.repository };
  if (anchor.identity.kind === 'regexp') return 'unknown';
  const named = readNamedRepository(anchor.identity.text);
  if (named === undefined) return {};
  return isGitHubWorkflow(anchor.identity.text) ? { repository: named } : 'unknown';
}
