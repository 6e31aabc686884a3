import type { TextMatch, TrustAnchor } from '../image/trust-anchor.ts';
import type { TrustList } from './trust.ts';

/** True when a signature that was verified under this anchor counts for the list: the anchor is one of it, and was not weakened on the way. */
export function isListed({ anchors }: TrustList, anchor: TrustAnchor): boolean {
  return anchors.some((listed) => isSameAnchor(listed, anchor));
}

/** Who a list trusts, for a message. */
export function describeAnchors({ anchors }: TrustList): string {
  return anchors.map(({ name }) => name).join(' or ');
}

/** By what they trust, not by name: the same key may stand in two policies. */
function isSameAnchor(a: TrustAnchor, b: TrustAnchor): boolean {
  if (a.transparencyLog !== b.transparencyLog) return false;
  if (a.kind === 'key' || b.kind === 'key') return a.kind === 'key' && b.kind === 'key' && a.key === b.key;
  return isSameText(a.identity, b.identity) && isSameText(a.issuer, b.issuer) && a.repository === b.repository;
}

function isSameText(a: TextMatch, b: TextMatch): boolean {
  return a.kind === b.kind && a.text === b.text;
}
