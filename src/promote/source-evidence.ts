import { runTogether } from '../base/concurrency.ts';
import { RECORD_PREDICATE } from '../chain/record.ts';
import type { Digest } from '../image/digest.ts';
import { type Gate, toGate } from '../policy/gate.ts';
import { readText } from '../policy/json-field.ts';
import { readProvenance } from '../policy/provenance.ts';
import type { Refusal } from '../policy/refusal.ts';
import type { Verifier } from '../signer/verifier.ts';
import { type AttestedSbom, scansSboms } from './attested-sbom.ts';
import type { Facts } from './facts.ts';
import { findSboms, type SbomResult } from './find-sboms.ts';
import type { PromotePorts } from './ports.ts';
import { relyOnAttestation } from './relied-evidence.ts';
import type { PromoteRequest } from './request.ts';
import { type AcceptedAttestation, type AttestationResult, checkAttestations } from './required-attestations.ts';
import { openPlatforms } from './source-platforms.ts';
import { checkSignature, listSignatureTrust, type SignatureResult } from './source-signature.ts';

/** One signed thing at the source that a verdict rests on. */
export interface ReliedEvidence {
  readonly kind: 'signature' | 'attestation';
  /** The predicate type. */
  readonly type: string;
  readonly signer: string;
  /** The manifest that it is attached with; absent for one in a legacy tag. */
  readonly digest?: Digest;
}

/** What an accepted attestation says, and where it was found. */
export interface AcceptedStatement extends Pick<ReliedEvidence, 'signer'> {
  readonly statement: unknown;
  /** The manifest that it is attached with; absent for one in a legacy tag. */
  readonly manifest?: Digest;
}

/** What is signed about the source, by whom, and whether that is what was demanded. */
export interface SourceEvidence {
  readonly gates: readonly Gate[];
  readonly refusals: readonly Refusal[];
  readonly relied: readonly ReliedEvidence[];
  /** What the accepted attestations say. */
  readonly accepted?: readonly AcceptedStatement[];
  /** The commit the image was built from, when verified evidence says it. */
  readonly revision?: { readonly commit: string; readonly from: 'provenance' | 'record' };
  /** The SLSA build level of the provenance that was demanded and verified. */
  readonly level?: string;
  /** The attested SBOM of each platform, by the digest of its manifest; empty unless SBOMs are scanned. */
  readonly sboms: ReadonlyMap<Digest, AttestedSbom>;
}

const NOTHING_DEMANDED: SourceEvidence = { gates: [], refusals: [], relied: [], sboms: new Map() };

/** Reads and verifies what the source must carry. Nothing is asked of the registry or of cosign when nothing is demanded; what is missing is refused, all of it together. */
export async function gatherSourceEvidence(
  request: PromoteRequest,
  facts: Pick<Facts, 'source'>,
  verifier: Verifier | undefined,
  ports: PromotePorts,
): Promise<SourceEvidence> {
  if (!needsSourceEvidence(request)) return NOTHING_DEMANDED;
  if (verifier === undefined) throw new TypeError('signatures are demanded, and there is nothing to verify them with');
  const now = ports.clock();
  const { digest } = facts.source;
  const { openEvidence } = await import('../chain/evidence-reader.ts');
  const reader = openEvidence(ports.source, request.source.repository, verifier);
  try {
    const lists = listSignatureTrust(request, now);
    const context = { request, digest, platforms: openPlatforms(request, facts, ports), reader, now };
    const [signature, attestations, sboms] = await runTogether(ports.signal, () => [
      checkSignature(request, digest, lists, reader),
      checkAttestations(context),
      scansSboms(request.policy) ? findSboms(context) : Promise.resolve(NO_SBOMS),
    ]);
    const evidence = sumUp(lists.length > 0, signature, attestations, sboms);
    for (const { name, verdict, evidence: why } of evidence.gates) ports.log.info(`${name}: ${verdict}: ${why}`);
    return evidence;
  } finally {
    await reader.close();
  }
}

const NO_SBOMS: SbomResult = { sboms: new Map(), refusals: [], relied: [], evidence: [] };

/** True when gatherSourceEvidence has something to verify, and so needs a verifier. */
export function needsSourceEvidence({
  policy,
  sourceAnchor,
}: Pick<PromoteRequest, 'policy' | 'sourceAnchor'>): boolean {
  const namesSigners = policy.signers.some(({ signers }) => signers.some(({ role }) => role === 'source'));
  return namesSigners || sourceAnchor !== undefined || policy.attestations.length > 0 || scansSboms(policy);
}

function sumUp(
  isSignatureDemanded: boolean,
  signature: SignatureResult,
  attestations: AttestationResult,
  sboms: SbomResult,
): SourceEvidence {
  const lacking = [...attestations.refusals, ...sboms.refusals];
  const relied = [...signature.relied, ...attestations.accepted.map(toRelied), ...sboms.relied];
  const attested = [...new Set([...attestations.evidence, ...sboms.evidence])].join('; ');
  return {
    gates: [
      ...(isSignatureDemanded ? [toGate('Source signature', signature.refusals, signature.evidence.join('; '))] : []),
      ...(lacking.length > 0 || attested !== '' ? [toGate('Required attestations', lacking, attested)] : []),
    ],
    refusals: [...signature.refusals, ...lacking],
    relied: [...new Map(relied.map((entry) => [JSON.stringify(entry), entry])).values()],
    accepted: attestations.accepted.map(({ found }) => found),
    ...readRevision(attestations.accepted),
    ...readLevel(attestations.accepted),
    sboms: sboms.sboms,
  };
}

function toRelied({ requirement, found }: AcceptedAttestation): ReliedEvidence {
  return relyOnAttestation(requirement.type, found);
}

/** The commit on which all accepted provenance agrees, else the one of former records. A record that took it from a label has proven nothing by being signed. */
function readRevision(accepted: readonly AcceptedAttestation[]): Pick<SourceEvidence, 'revision'> {
  const statements = accepted.map(({ found }) => found.statement);
  const provenance = statements.map(readProvenance).filter((read) => read !== undefined);
  if (provenance.length > 0) {
    const [commit, ...others] = new Set(provenance.map((read) => read.commit));
    return commit === undefined || others.length > 0 ? {} : { revision: { commit, from: 'provenance' } };
  }
  const records = statements
    .filter((statement) => readText(statement, ['predicateType']) === RECORD_PREDICATE)
    .filter((record) => ['provenance', 'record'].includes(readText(record, ['predicate', 'revisionEvidence']) ?? ''));
  const [commit, ...others] = new Set(records.map((record) => readText(record, ['predicate', 'revision'])));
  return commit === undefined || others.length > 0 ? {} : { revision: { commit, from: 'record' } };
}

/** The least of what the policies say that the accepted provenance is worth. */
function readLevel(accepted: readonly AcceptedAttestation[]): Pick<SourceEvidence, 'level'> {
  const [least] = accepted.flatMap(({ requirement }) => requirement.level ?? []).toSorted();
  return least === undefined ? {} : { level: least };
}
