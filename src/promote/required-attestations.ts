import type { EvidenceReader, FoundAttestation } from '../chain/evidence-reader.ts';
import type { Digest } from '../image/digest.ts';
import { type AttestationContext, judgeAttestation } from '../policy/attestation-rule.ts';
import { formatDuration } from '../policy/duration.ts';
import type { AttestationRequirement } from '../policy/effective.ts';
import { readField } from '../policy/json-field.ts';
import { readPredicateTime } from '../policy/predicate-time.ts';
import { quoteForeign } from '../policy/quote.ts';
import type { Refusal } from '../policy/refusal.ts';
import { selectAttestationTrust, type TrustList } from '../policy/trust.ts';
import { relyOnAttestation, wasApproved } from './relied-evidence.ts';
import type { PromoteRequest } from './request.ts';
import { namePlatform, type SourcePlatform, type SourcePlatforms } from './source-platforms.ts';

/** A required attestation that was found, verified and accepted. */
export interface AcceptedAttestation {
  readonly requirement: AttestationRequirement;
  readonly found: FoundAttestation;
}

/** What became of the required attestations; `evidence` are phrases such as "TYPE by keys/qa.pub, 3h old". */
export interface AttestationResult {
  readonly refusals: readonly Refusal[];
  readonly accepted: readonly AcceptedAttestation[];
  readonly evidence: readonly string[];
}

/** What evidence is looked for in. */
export interface EvidenceContext {
  readonly request: PromoteRequest;
  /** The digest that is promoted. */
  readonly digest: Digest;
  readonly platforms: SourcePlatforms;
  readonly reader: EvidenceReader;
  readonly now: Date;
}

/** Holds each requirement against what is attached to the source, for every list of signers on its own: an attestation that one policy accepts is none for the other. */
export async function checkAttestations(context: EvidenceContext): Promise<AttestationResult> {
  const { policy, source, keys, sourceAnchor } = context.request;
  const results: AttestationResult[] = [];
  for (const requirement of policy.attestations) {
    const lists = selectAttestationTrust(requirement, policy, source.repository, context.now, keys, sourceAnchor);
    for (const trust of lists) results.push(await check(requirement, trust, context));
  }
  return {
    refusals: results.flatMap(({ refusals }) => refusals),
    accepted: results.flatMap(({ accepted }) => accepted),
    evidence: results.flatMap(({ evidence }) => evidence),
  };
}

/** One on the root is enough; else every platform of an index must have its own. */
async function check(
  requirement: AttestationRequirement,
  trust: TrustList,
  context: EvidenceContext,
): Promise<AttestationResult> {
  const root = await judge(requirement, trust, context.digest, context);
  if ('found' in root) return accept([{ requirement, found: root.found }], '', context.now);
  const platforms = await context.platforms.list();
  const children = platforms.filter(({ digest }) => digest !== context.digest);
  if (children.length === 0 || root.refusal.code !== 'ATTESTATION_MISSING') return refuse([root.refusal]);
  const judged: { platform: SourcePlatform; verdict: Judged }[] = [];
  for (const platform of children) {
    judged.push({ platform, verdict: await judge(requirement, trust, platform.digest, context) });
  }
  const found = judged.flatMap(({ verdict }) => ('found' in verdict ? [{ requirement, found: verdict.found }] : []));
  if (found.length === children.length) {
    return accept(
      found,
      children.length === 1 ? ' on its platform' : ` on each of its ${children.length} platforms`,
      context.now,
    );
  }
  const isNowhere = judged.every(
    ({ verdict }) => 'refusal' in verdict && verdict.refusal.code === 'ATTESTATION_MISSING',
  );
  if (isNowhere) {
    const message = `${root.refusal.message} Nor has ${children.length === 1 ? 'its platform' : `any of its ${children.length} platforms`}.`;
    return refuse([{ ...root.refusal, message }]);
  }
  return refuse(
    judged.flatMap(({ platform, verdict }) =>
      'refusal' in verdict ? [{ ...verdict.refusal, platform: namePlatform(platform) }] : [],
    ),
  );
}

type Judged = { readonly found: FoundAttestation } | { readonly refusal: Refusal };

async function judge(
  requirement: AttestationRequirement,
  trust: TrustList,
  digest: Digest,
  { request, reader, now }: EvidenceContext,
): Promise<Judged> {
  const { type } = requirement;
  const { verified, others } = await reader.findAttestations(digest, type, trust.anchors);
  const context: AttestationContext = { source: request.source, digest, trust, now };
  const approved = verified.filter((each) => wasApproved(request, relyOnAttestation(type, each)));
  const still = judgeAttestation(requirement, { verified: approved, others }, context);
  const [evidence, verdict] =
    still.kind === 'satisfied'
      ? [approved, still]
      : [verified, judgeAttestation(requirement, { verified, others }, context)];
  if (verdict.kind === 'refused') return { refusal: verdict.refusal };
  const found = evidence[verdict.index];
  if (found === undefined) throw new TypeError('an attestation was accepted that was not found');
  return { found };
}

function accept(accepted: readonly AcceptedAttestation[], where: string, now: Date): AttestationResult {
  const [first] = accepted;
  if (first === undefined) return refuse([]);
  const signers = new Set(accepted.map(({ found }) => found.signer));
  const by = [...signers].map((signer) => quoteForeign(signer)).join(' and ');
  const ages = accepted.flatMap(({ requirement, found }) => findAge(requirement.type, found.statement, now) ?? []);
  const age = ages.length === 0 ? '' : `, ${formatDuration(Math.max(0, ...ages))} old`;
  return { refusals: [], accepted, evidence: [`${first.requirement.type} by ${by}${where}${age}`] };
}

/** Milliseconds since it was made, where its predicate says when. */
function findAge(type: string, statement: unknown, now: Date): number | undefined {
  const made = readPredicateTime(type, readField(statement, ['predicate']));
  return made.kind === 'known' ? now.getTime() - made.time.getTime() : undefined;
}

function refuse(refusals: readonly Refusal[]): AttestationResult {
  return { refusals, accepted: [], evidence: [] };
}
