import { mapConcurrently, runTogether } from '../base/concurrency.ts';
import { DomainError, describeError } from '../base/error.ts';
import { RECORD_PREDICATE } from '../chain/record.ts';
import { type Digest, matchesDigest } from '../image/digest.ts';
import { formatReference } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { acceptRecords } from '../steps/accepted-record.ts';
import { listTrust } from '../steps/promotion-trust.ts';
import { findTrustedAttestations } from '../steps/trusted-attestations.ts';
import { countRecords, type FoundRecords } from './count-records.ts';
import type { LookContext } from './look.ts';
import type { PlannedTarget } from './planned-target.ts';
import type { RecordEntry } from './record-entry.ts';

/** Targets asked about side by side: what limits is the round trips of each, until cosign's processes do. */
const CONCURRENT_TARGETS = 16;

/** Answers for every target of a plan, in its order. What cannot be decided about one is its own result, and never that of the others. */
export function lookAtPlan(
  targets: readonly PlannedTarget[],
  context: LookContext,
  signal: AbortSignal,
): Promise<RecordEntry[]> {
  return mapConcurrently(targets, CONCURRENT_TARGETS, async (target) => {
    const { item, shard, digest, source } = target;
    const base = { item, ...(shard === undefined ? {} : { shard }), target: formatReference(target.target) };
    try {
      return { ...base, source, digest, ...(await look(target, context)) };
    } catch (error) {
      signal.throwIfAborted();
      const { code, hint } = error instanceof DomainError ? error : { code: 'FAILED', hint: undefined };
      const told = { ...base, source, digest, result: 'failed' as const, code, message: describeError(error) };
      return hint === undefined ? told : { ...told, hint };
    }
  });
}

async function look(
  planned: PlannedTarget,
  context: LookContext,
): Promise<Pick<RecordEntry, 'result' | 'code' | 'message' | 'hint' | 'state' | 'found' | 'record'>> {
  const { registry } = context;
  const [tag, found] = await runTogether(registry.transport.signal, () => [
    readTag(planned, registry),
    findRecords(planned, context),
  ]);
  const counted = countRecords(planned, found);
  if (!('record' in counted)) return { result: 'refused', ...tag, ...counted };
  const flaw = findTagFlaw(tag);
  return flaw === undefined
    ? { result: 'verified', ...tag, ...counted }
    : { result: 'refused', ...tag, ...flaw, ...counted };
}

/** What a tag points at, told beside the record, which only says what was approved. */
type TagState = { readonly state: 'current' | 'absent' } | { readonly state: 'moved'; readonly found: Digest };

function findTagFlaw(tag: TagState): Required<Pick<RecordEntry, 'code' | 'message' | 'hint'>> | undefined {
  if (tag.state === 'current') return undefined;
  if (tag.state === 'moved') {
    return { code: 'TAG_MOVED', message: `The tag points at ${tag.found} now.`, hint: 'Find out who moved it.' };
  }
  const hint = 'Run the shard again that it belongs to; if it says that all is done, somebody deletes tags.';
  return { code: 'NOT_PROMOTED', message: 'Recorded as approved, but the tag is not there.', hint };
}

async function findRecords(planned: PlannedTarget, context: LookContext): Promise<FoundRecords> {
  const { digest, environment } = planned;
  const { repository, tag } = planned.target;
  const lists = listTrust(context.request, repository, context.now);
  const found = await findTrustedAttestations(context.evidenceOf(repository), digest, RECORD_PREDICATE, lists);
  const judged = acceptRecords(found.verified, { repository, digest, tag, environment });
  return { ...judged, others: found.others, strangers: found.strangers };
}

/** That a tag is somebody else's rests on its content: a registry may tell the digest by another algorithm. */
async function readTag({ target, digest }: PlannedTarget, registry: RegistryClient): Promise<TagState> {
  const head = await registry.headManifest(target.repository, target.tag);
  if (head === undefined) return { state: 'absent' };
  if (head.digest === digest) return { state: 'current' };
  const content = await registry.resolve(target);
  return matchesDigest(content.bytes, digest) ? { state: 'current' } : { state: 'moved', found: content.digest };
}
