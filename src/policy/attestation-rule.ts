import type { Digest } from '../image/digest.ts';
import { formatReference, pinReference, type Reference } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { findConditionFlaws } from './attestation-conditions.ts';
import { formatDuration } from './duration.ts';
import type { AttestationRequirement } from './effective.ts';
import { readField } from './json-field.ts';
import { describeAnchors, isListed } from './listed-anchor.ts';
import { readPredicateTime } from './predicate-time.ts';
import { PROMOTION_TYPE, SCAN_TYPE, SUMMARY_TYPE } from './predicate-types.ts';
import { listForeign, quoteForeign } from './quote.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import { demandOf, policiesOf } from './source-signature-rule.ts';
import type { TrustList } from './trust.ts';

/** The attestations of the required type that were found at a digest. */
export interface FoundEvidence {
  /** Statements whose signature was verified, each under its anchor; only those of the list's anchors count. */
  readonly verified: readonly { readonly anchor: TrustAnchor; readonly statement: unknown; readonly signer: string }[];
  /** Who else signed such a thing, or why it did not verify. */
  readonly others: readonly string[];
}

/** What an attestation must be about, and who must have signed it. */
export interface AttestationContext {
  /** As the promotion was asked for. */
  readonly source: Reference;
  /** What the statement must name: the digest of the source, or of one of its platforms. */
  readonly digest: Digest;
  readonly trust: TrustList;
  readonly now: Date;
}

/** `index` is that of the newest in `verified` that satisfies the requirement. */
export type AttestationVerdict =
  | { readonly kind: 'satisfied'; readonly index: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** How far an attestation may be ahead of our clock before it is not believed, in milliseconds. */
const MAX_SKEW = 300_000;

interface Judged {
  readonly index: number;
  readonly signer: string;
  /** Milliseconds since 1970; -Infinity where it says none. */
  readonly time: number;
  readonly flaws: readonly string[];
  readonly stale: string | undefined;
}

/** Holds what was found at a digest against one requirement and one list of signers. One that satisfies it is enough, whatever else is attached. */
export function judgeAttestation(
  requirement: AttestationRequirement,
  evidence: FoundEvidence,
  context: AttestationContext,
): AttestationVerdict {
  const judged = evidence.verified
    .flatMap((found, index) =>
      isListed(context.trust, found.anchor) ? [judge(requirement, found, index, context)] : [],
    )
    .toSorted((a, b) => (a.time === b.time ? a.index - b.index : b.time - a.time));
  const good = judged.find(({ flaws, stale }) => flaws.length === 0 && stale === undefined);
  if (good !== undefined) return { kind: 'satisfied', index: good.index };
  const strangers = evidence.verified.filter(({ anchor }) => !isListed(context.trust, anchor));
  const others = [...strangers.map(({ signer }) => signer), ...evidence.others];
  return { kind: 'refused', refusal: refuse(requirement, judged, others, context) };
}

function judge(
  requirement: AttestationRequirement,
  { statement, signer }: FoundEvidence['verified'][number],
  index: number,
  context: AttestationContext,
): Judged {
  const made = readPredicateTime(requirement.type, readField(statement, ['predicate']));
  const time = made.kind === 'known' ? made.time.getTime() : Number.NEGATIVE_INFINITY;
  const flaws = [...findConditionFlaws(requirement, statement, context)];
  const { maxAge } = requirement;
  const age = context.now.getTime() - time;
  if (maxAge !== undefined && made.kind === 'absent') flaws.push('it does not say when it was made');
  if (made.kind === 'unreadable' && maxAge !== undefined)
    flaws.push(`it says no time of RFC 3339 but ${quoteForeign(made.text)}`);
  if (made.kind === 'known' && maxAge !== undefined && !(age >= -MAX_SKEW))
    flaws.push(`it is dated ${made.time.toISOString()}, which is still to come`);
  const isStale = maxAge !== undefined && made.kind === 'known' && !(age <= maxAge);
  const stale = isStale
    ? `it is of ${made.time.toISOString()}, ${formatDuration(age)} ago, and may be ${formatDuration(maxAge)} old`
    : undefined;
  return { index, signer, time, flaws, stale };
}

function refuse(
  requirement: AttestationRequirement,
  judged: readonly Judged[],
  others: readonly string[],
  { source, digest, trust }: AttestationContext,
): Refusal {
  const onlyStale = judged.some(({ flaws, stale }) => flaws.length === 0 && stale !== undefined);
  const code: RefusalCode =
    judged.length === 0 ? 'ATTESTATION_MISSING' : onlyStale ? 'ATTESTATION_STALE' : 'ATTESTATION_INVALID';
  const name = formatReference(pinReference(source, digest));
  const demander = requirement.policy === trust.policy ? '' : ` (${requirement.policy} requires the attestation)`;
  const who = `${demandOf(trust)} one by ${describeAnchors(trust)}${demander}`;
  const wanted =
    trust.anchors.length === 0
      ? `${requirement.policy} requires one, and nobody may sign it now as ${requirement.role}${requirement.policy === trust.policy ? '' : ` by ${trust.policy}`}.`
      : `${who}, and none was found that verifies.`;
  const flawed = judged.map(({ signer, flaws, stale }) => {
    const reasons = [...flaws, ...(stale === undefined ? [] : [stale])];
    return `${quoteForeign(signer)}: ${reasons.join(', and ')}`;
  });
  const conditions = describeConditions(requirement);
  const verdict = onlyStale ? 'is too old' : 'does not say what is required';
  const message = [
    flawed.length === 0
      ? `${name} lacks an attestation of type ${requirement.type}${conditions}: ${wanted}`
      : `The attestation of type ${requirement.type} at ${name} ${verdict}: ${joinFew(flawed)}. ${who}${conditions}.`,
    ...trust.lapsed,
    ...(others.length === 0 ? [] : [`By others or unverified: ${listForeign(others)}.`]),
    ...(flawed.length + others.length === 0 ? ['No attestation of this type was found there.'] : []),
  ].join(' ');
  const policies = new Set([requirement.policy, ...(policiesOf(trust).policies ?? [])]);
  return { code, message, hint: advise(code, requirement, trust), policies: [...policies] };
}

/** The reasons were quoted one by one already. */
function joinFew(texts: readonly string[]): string {
  const distinct = [...new Set(texts)];
  const more = distinct.length - 3;
  return `${distinct.slice(0, 3).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function describeConditions({
  maxAge,
  scanner,
  builder,
  repository,
  branch,
  environment,
}: AttestationRequirement): string {
  const conditions = [
    maxAge === undefined ? '' : `at most ${formatDuration(maxAge)} old`,
    scanner === undefined ? '' : `by ${scanner}`,
    builder === undefined ? '' : `built by ${builder}`,
    repository === undefined ? '' : `from ${repository}`,
    branch === undefined ? '' : `on ${branch}`,
    environment === undefined ? '' : `for the environment ${environment}`,
  ].filter((text) => text !== '');
  return conditions.length === 0 ? '' : ` (${conditions.join(', ')})`;
}

/** What this tool attaches itself it renews by what it is told of the age, so that it must read the same policy. */
function adviseRenewal(type: string, policy: string): string {
  if (type === PROMOTION_TYPE || type === SUMMARY_TYPE) {
    return `Run the promotion of the stage before again, with existing-tag: accept-same-digest and with ${policy}: it attaches a new one once the old one has half of this age`;
  }
  const scanned = type === SCAN_TYPE ? ` (a promotion or scan that attests does, when it is run with ${policy})` : '';
  return `Run again what makes ${type}, and attach its new result to this digest${scanned}`;
}

function advise(code: RefusalCode, { type, role, policy }: AttestationRequirement, trust: TrustList): string {
  const change = `or change attestations.require in ${policy}.`;
  if (trust.anchors.length === 0) {
    return `Give a signer of the role ${role} dates and images that cover this, or add the one who signs now; ${change}`;
  }
  if (code === 'ATTESTATION_STALE') return `${adviseRenewal(type, policy)}, ${change}`;
  if (code === 'ATTESTATION_MISSING') {
    return `Let the stage before attach it to this very digest, signed as one of them (an attestation of another digest or signer does not count), ${change}`;
  }
  return `Promote an image whose attestation says what is required, ${change}`;
}
