import type { Repository } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { findEnd, parseInstant } from './date.ts';
import type { AttestationRequirement, EffectivePolicy, EffectiveSigner } from './effective.ts';
import { matchesPattern } from './pattern.ts';
import { isKmsUri } from './signer-key.ts';

/** What a signer vouches for: the image as it is, that it was promoted, or that it was scanned. */
export type SignerRole = 'source' | 'promotion' | 'scan';

/** Who may vouch in one role, as one policy says it: one of `anchors` must have signed. Empty `anchors` mean that nobody may. */
export interface TrustList {
  /** Who demands it: a policy, or `the source-* inputs`. */
  readonly policy: string;
  readonly anchors: readonly TrustAnchor[];
  /** A sentence for each signer of the role that does not count now, and why; for those of other images only where nobody is left. */
  readonly lapsed: readonly string[];
}

/** For each policy that names signers of this role at all: who of them may vouch for this repository now. `keys` holds the PEM of what listKeyFiles names. */
export function selectTrust(
  policy: EffectivePolicy,
  role: SignerRole,
  repository: Repository,
  now: Date,
  keys: ReadonlyMap<string, string>,
): readonly TrustList[] {
  return policy.signers.flatMap((list) => {
    const signers = list.signers.filter((signer) => signer.role === role);
    if (signers.length === 0) return [];
    const judged = signers.map((signer) => ({ signer, verdict: judgeSigner(signer, repository, now, keys) }));
    const anchors = judged.flatMap(({ verdict }) => (typeof verdict === 'string' ? [] : [verdict]));
    // Where somebody is left, those of other images are nobody's business.
    const told = anchors.length === 0 ? judged : judged.filter(({ signer }) => coversImage(signer, repository));
    const lapsed = told.flatMap(({ verdict }) => (typeof verdict === 'string' ? [verdict] : []));
    return [{ policy: list.policy, anchors, lapsed }];
  });
}

/** Who must have signed a required attestation: a list per policy, each of which must be satisfied. The inputs' own signer counts for the role source where no policy names one, and adds nothing to theirs. Never empty: where nobody names such a signer, the one list has no anchors. */
export function selectAttestationTrust(
  requirement: AttestationRequirement,
  policy: EffectivePolicy,
  repository: Repository,
  now: Date,
  keys: ReadonlyMap<string, string>,
  sourceAnchor?: TrustAnchor,
): readonly TrustList[] {
  const { role } = requirement;
  const lists = selectTrust(policy, role, repository, now, keys);
  if (lists.length > 0) return lists;
  if (role === 'source' && sourceAnchor !== undefined) return [trustInput(sourceAnchor)];
  return [{ policy: requirement.policy, anchors: [], lapsed: [`No policy names a signer of the role ${role}.`] }];
}

/** The trust that the `source-*` inputs state, beside that of the policies. */
export function trustInput(anchor: TrustAnchor): TrustList {
  return { policy: INPUTS, anchors: [anchor], lapsed: [] };
}

/** What a TrustList of the inputs is called. */
export const INPUTS = 'the source-* inputs';

/** The key files that must be read to decide: those of signers whose role is asked for, of a promotion unless others are given. KMS URIs are not among them. */
export function listKeyFiles(policy: EffectivePolicy, asked?: readonly SignerRole[]): readonly string[] {
  const { from, mode } = policy.scan;
  const ofSboms: readonly SignerRole[] = from === 'sbom' && mode !== 'off' ? ['scan'] : [];
  const roles = new Set<SignerRole>(asked ?? ['source', ...ofSboms, ...policy.attestations.map(({ role }) => role)]);
  const keys = policy.signers.flatMap(({ signers }) =>
    signers.flatMap(({ role, key }) => (key !== undefined && roles.has(role) && !isKmsUri(key) ? [key] : [])),
  );
  return [...new Set(keys)];
}

/** The anchor, or why the signer does not count. */
function judgeSigner(
  signer: EffectiveSigner,
  repository: Repository,
  now: Date,
  keys: ReadonlyMap<string, string>,
): TrustAnchor | string {
  const name = nameSigner(signer);
  const { images, notBefore, notAfter } = signer;
  if (notBefore !== undefined && !(now.getTime() >= (parseInstant(notBefore) ?? Number.NaN))) {
    return `${name} counts from ${notBefore} on.`;
  }
  if (notAfter !== undefined && !(now.getTime() < (findEnd(notAfter) ?? Number.NaN)))
    return `${name} counted until ${notAfter}.`;
  if (!coversImage(signer, repository)) return `${name} may only vouch for ${images?.join(', ') || 'nothing'}.`;
  return toAnchor(signer, name, keys);
}

function coversImage({ images }: EffectiveSigner, repository: Repository): boolean {
  return images === undefined || images.some((pattern) => matchesPattern(pattern, repository));
}

function toAnchor(signer: EffectiveSigner, name: string, keys: ReadonlyMap<string, string>): TrustAnchor | string {
  const { transparencyLog, key, repository } = signer;
  if (key !== undefined) {
    const text = isKmsUri(key) ? key : keys.get(key);
    return text === undefined ? `${name} could not be read.` : { kind: 'key', name, transparencyLog, key: text };
  }
  const identity = toMatch(signer.identity, signer.identityRegexp);
  const issuer = toMatch(signer.issuer, signer.issuerRegexp);
  if (identity === undefined || issuer === undefined)
    return `${name} has neither a key nor an identity and its issuer.`;
  return {
    kind: 'certificate',
    name,
    transparencyLog,
    identity,
    issuer,
    ...(repository === undefined ? {} : { repository }),
  };
}

function toMatch(exact: string | undefined, pattern: string | undefined) {
  if (exact !== undefined) return { kind: 'exact' as const, text: exact };
  return pattern === undefined ? undefined : { kind: 'regexp' as const, text: pattern };
}

function nameSigner({ name, key, identity, identityRegexp, repository }: EffectiveSigner): string {
  const who = name ?? key ?? identity ?? identityRegexp ?? 'A signer';
  return name !== undefined || repository === undefined ? who : `${who} for ${repository}`;
}
