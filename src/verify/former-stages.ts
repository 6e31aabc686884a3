import { readBundle } from '../chain/attached-bundle.ts';
import { type PromotionRecord, RECORD_PREDICATE } from '../chain/record.ts';
import { readRecord } from '../chain/target-statement.ts';
import { type Digest, digestOf, isDigest } from '../image/digest.ts';
import { parseReference, parseRepository, type Repository } from '../image/reference.ts';
import { describeIdentity } from '../image/trust-anchor.ts';
import type { TrustList } from '../policy/trust.ts';
import type { Verifier } from '../signer/verifier.ts';
import type { Stage } from './chain.ts';
import { toRecordFacts } from './record-facts.ts';

/** A chain is a handful of stages; what is longer was not made by promotions. */
const MAX_DEPTH = 8;
const MAX_STAGES = 32;

/** What judging an embedded record needs. */
export interface StageContext {
  readonly verifier: Verifier;
  /** Who may have promoted to a repository; each list must be satisfied. */
  readonly trust: (repository: Repository) => readonly TrustList[];
}

/** The former stages that a verified record carries, the last one first. Each is verified on its own, by who may promote to its repository: that the outer record is signed says only that its promotion saw them. */
export async function readFormerStages(
  record: PromotionRecord,
  context: StageContext,
  depth = 0,
): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  const { digest } = record.source;
  if (depth >= MAX_DEPTH || !isDigest(digest)) return stages;
  for (const content of listContents(record)) {
    const former = await readFormer(content, record, digest, context);
    if (former === undefined) continue;
    const below = former.stage.verified ? await readFormerStages(former.record, context, depth + 1) : [];
    stages.push(former.stage, ...below);
    if (stages.length >= MAX_STAGES) break;
  }
  return stages.slice(0, MAX_STAGES);
}

function listContents({ inputAttestations }: PromotionRecord): Uint8Array[] {
  return inputAttestations.flatMap(({ content }) => (content === undefined ? [] : [Buffer.from(content, 'base64')]));
}

/** Undefined for what is no record of this digest at all. */
async function readFormer(
  content: Uint8Array,
  outer: PromotionRecord,
  digest: Digest,
  { verifier, trust }: StageContext,
): Promise<{ readonly stage: Stage; readonly record: PromotionRecord } | undefined> {
  const bundle = await readBundle(digestOf(content), content);
  if (typeof bundle === 'string' || bundle.predicateType !== RECORD_PREDICATE) return undefined;
  const repository = readSubjectRepository(bundle.statement.subject);
  const record = repository === undefined ? undefined : readRecord(bundle.statement, { repository, digest });
  if (repository === undefined || record === undefined) return undefined;
  const told = { repository, ...toRecordFacts(record), targets: record.targets };
  const refuse = (reason: string): { stage: Stage; record: PromotionRecord } => ({
    stage: { ...told, verified: false, reason },
    record,
  });
  const source = readRepository(outer.source.reference);
  if (source !== repository) return refuse(`the promotion after it took the image from ${source ?? 'elsewhere'}`);
  const lists = trust(repository);
  if (lists.length === 0) return refuse('nobody is named here who may promote to it');
  for (const { policy, anchors, lapsed } of lists) {
    const reasons: string[] = [];
    let isValid = false;
    for (const anchor of anchors) {
      const verdict = await verifier.verifyBundle(bundle.bundle, digest, RECORD_PREDICATE, anchor);
      if (verdict.valid) isValid = true;
      else reasons.push(verdict.reason);
      if (isValid) break;
    }
    if (!isValid) return refuse([`by ${policy}, its signer does not count`, ...lapsed, ...reasons].join('; '));
  }
  const signer =
    bundle.identity.kind === 'key' ? (lists[0]?.anchors[0]?.name ?? 'a key') : describeIdentity(bundle.identity);
  return { stage: { ...told, verified: true, signer }, record };
}

function readSubjectRepository(
  subject: readonly { readonly name?: string | null | undefined }[],
): Repository | undefined {
  const name = subject[0]?.name;
  try {
    return typeof name === 'string' ? parseRepository(name) : undefined;
  } catch {
    return undefined;
  }
}

function readRepository(reference: string): Repository | undefined {
  try {
    return parseReference(reference).repository;
  } catch {
    return undefined;
  }
}
