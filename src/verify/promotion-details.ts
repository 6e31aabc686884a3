import { mapConcurrently } from '../base/concurrency.ts';
import type { EvidenceReader } from '../chain/evidence-reader.ts';
import { readVsa, readVuln } from '../chain/target-statement.ts';
import { VSA_PREDICATE } from '../chain/vsa.ts';
import { VULN_PREDICATE } from '../chain/vuln.ts';
import type { Digest } from '../image/digest.ts';
import { parseReference, type Repository } from '../image/reference.ts';
import type { TrustList } from '../policy/trust.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { AcceptedRecord } from '../steps/accepted-record.ts';
import { findTrustedAttestations } from '../steps/trusted-attestations.ts';
import type { ImageChain, Promotion, TargetState } from './chain.ts';
import { toRecordFacts } from './record-facts.ts';

/** The digest that was promoted, and where. */
export interface Subject {
  readonly repository: Repository;
  readonly digest: Digest;
}

/** What the record says, and whether its tags point there today. */
export async function describePromotion(
  { record, signer }: AcceptedRecord,
  others: number,
  subject: Subject,
  registry: RegistryClient,
): Promise<Promotion> {
  const targets = await mapConcurrently(record.targets, 4, (target) => readTargetState(target, subject, registry));
  return { signer, ...toRecordFacts(record), targets, previous: record.previous ?? [], others };
}

/** Whether the tag points there today is told by the registry, not by the record. */
async function readTargetState(
  target: string,
  { repository, digest }: Subject,
  registry: RegistryClient,
): Promise<TargetState> {
  const reference = parseReference(target);
  const isHere = reference.repository === repository && reference.tag !== undefined;
  const head = isHere ? await registry.headManifest(repository, reference.tag) : undefined;
  if (head === undefined) return { reference: target, state: 'absent' };
  return head.digest === digest
    ? { reference: target, state: 'current' }
    : { reference: target, state: 'moved', digest: head.digest };
}

/** What is signed beside the record: by whom, and whether it is about this image. */
export async function describeEvidence(
  evidence: EvidenceReader,
  subject: Subject,
  lists: readonly TrustList[],
): Promise<Pick<ImageChain, 'signature' | 'summary' | 'scan'>> {
  const { repository, digest } = subject;
  const anchors = lists.flatMap((list) => list.anchors);
  const signatures = await evidence.findSignatures(digest, anchors);
  const isOurs = (name: unknown): boolean =>
    typeof name !== 'string' || name === repository || name.startsWith(`${repository}:`);
  const valid = signatures.verified.filter(
    ({ annotations, reference }) => isOurs(reference) && isOurs(annotations.target),
  );
  const summaries = await findTrustedAttestations(evidence, digest, VSA_PREDICATE, lists);
  const vsa = summaries.verified
    .map(({ statement }) => readVsa(statement, subject))
    .findLast((each) => each !== undefined);
  const scans = await findTrustedAttestations(evidence, digest, VULN_PREDICATE, lists);
  const scan = scans.verified
    .map(({ statement }) => readVuln(statement, subject))
    .findLast((each) => each !== undefined);
  const finishedAt = (scan as { metadata?: { scanFinishedOn?: unknown } } | undefined)?.metadata?.scanFinishedOn;
  return {
    signature: {
      state: stateOf(valid.length > 0, signatures.verified.length + signatures.strangers > 0),
      signers: [...new Set(valid.map(({ signer }) => signer))],
    },
    summary: {
      state: stateOf(vsa !== undefined, summaries.verified.length + summaries.strangers > 0),
      levels: [...(vsa?.verifiedLevels ?? [])],
      ...(vsa === undefined ? {} : { timeVerified: vsa.timeVerified }),
    },
    scan: {
      state: stateOf(scan !== undefined, scans.verified.length + scans.strangers > 0),
      ...(typeof finishedAt === 'string' ? { finishedAt } : {}),
    },
  };
}

function stateOf(isVerified: boolean, isThere: boolean): 'verified' | 'untrusted' | 'absent' {
  if (isVerified) return 'verified';
  return isThere ? 'untrusted' : 'absent';
}
