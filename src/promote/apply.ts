import { mapConcurrently, runTogether } from '../base/concurrency.ts';
import { DomainError } from '../base/error.ts';
import { formatReference, type Repository, type TagReference } from '../image/reference.ts';
import { RegistryError } from '../registry/error.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import type { Approved, Filled } from './approved.ts';
import { fillRepository } from './fill.ts';
import type { Journal } from './journal.ts';
import type { Outcome } from './outcome.ts';
import type { PromotePorts } from './ports.ts';
import { refill } from './refill.ts';
import type { PromoteRequest } from './request.ts';
import { type TagProof, type TagWrite, writeTag } from './tag.ts';
import { TagError } from './tag-error.ts';
import { expectFormer, type LookContext, lookAtTag, type TagLook } from './tag-look.ts';
import { judgeTagNow, readIntent } from './tag-verdict.ts';

/** Some tags of a promotion were written and another was not. */
export class PromotionError extends DomainError<'PARTIAL'> {}

/** What the commit point may use: the end of its grace, a way to bring back what the registry collected, and the last look at the tag where there is only one. */
interface Commit {
  readonly cut: AbortSignal;
  readonly refillFor: (target: TagReference) => Promise<boolean>;
  readonly look: TagLook | undefined;
}

const CONCURRENT_LOOKS = 8;

/** Writes what was approved: every repository holds all bytes and evidence, verified from outside, before the first tag. */
export async function apply(
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<Outcome> {
  const repositories = Map.groupBy(request.targets, (target) => target.repository);
  const written = new Map<Repository, Filled>();
  for (const [repository, targets] of repositories) {
    const filled = await fillRepository(repository, targets, approved, request, ports, journal);
    written.set(repository, filled);
  }
  return ports.log.group('Tag', async () => {
    const refillFor = async ({ repository }: TagReference): Promise<boolean> => {
      const filled = written.get(repository);
      return filled !== undefined && refill(repository, filled, approved, request, ports);
    };
    const [looks] = await runTogether(ports.signal, () => [
      lookAtAll(approved, request, ports, journal),
      mapConcurrently([...written], 1, ([repository, filled]) => refill(repository, filled, approved, request, ports)),
    ]);
    if (journal.refusals.length > 0) return journal.end('refused');
    const look = looks.length === 1 ? looks[0] : undefined;
    return ports.hold((cut) => writeTags(approved, request, ports, journal, { cut, refillFor, look }));
  });
}

function createLookContext({ target: client }: PromotePorts, signal: AbortSignal): LookContext {
  const sleep = (milliseconds: number): Promise<void> => client.transport.retry.sleep(milliseconds, signal);
  return { client, now: () => performance.now(), sleep };
}

/** A look at every tag. Of several, one that was taken since the plan must not be found out after another was written. */
async function lookAtAll(
  { graph: { root }, plan }: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<readonly TagLook[]> {
  const context = createLookContext(ports, ports.signal);
  const looks = await mapConcurrently(request.targets, CONCURRENT_LOOKS, (target) =>
    lookAtTag(target, root, context, expectFormer(readIntent(target, plan, request).channel?.from)),
  );
  for (const [i, target] of request.targets.length === 1 ? [] : request.targets.entries()) {
    const verdict = judgeTagNow(target, looks[i]?.found, root.digest, readIntent(target, plan, request));
    if (verdict.kind === 'refused') journal.refusals.push(verdict.refusal);
  }
  return looks;
}

/** The commit point, tag after tag; from the first one written on, nothing but success is whole, and a cancel waits for it while it can. */
async function writeTags(
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
  { cut, refillFor, look }: Commit,
): Promise<Outcome> {
  const { root } = approved.graph;
  const context = { ...createLookContext(ports, cut), look, readsAtOnce: !request.sign && !request.attest };
  for (const target of request.targets) {
    const name = formatReference(target);
    const signal = journal.hasWrittenTag() ? cut : ports.signal;
    try {
      const intent = readIntent(target, approved.plan, request);
      const write = await writeWhole(target, root, { ...context, ...intent, signal }, refillFor);
      if (write.kind === 'refused') {
        journal.refusals.push(write.refusal);
        journal.ended.set(name, { result: 'refused', code: write.refusal.code });
        if (journal.hasWrittenTag()) throw partial(`${name} was not`, write.refusal.message, request);
        return journal.end('refused');
      }
      journal.ended.set(name, { result: write.kind === 'written' ? 'promoted' : 'unchanged' });
      ports.log.info(write.kind === 'written' ? `Tagged ${name}@${root.digest}` : `${name} has this digest already`);
    } catch (cause) {
      if (cause instanceof TagError) journal.ended.set(name, { result: 'failed', code: cause.code });
      const isUncertain = cause instanceof TagError && cause.code !== 'TAG_NOT_STORED';
      const isPartial = journal.hasWrittenTag() || (isUncertain && request.targets.length > 1);
      if (cause instanceof PromotionError || !isPartial) throw cause;
      throw partial(isUncertain ? `${name} may or may not be` : `${name} was not`, 'see the cause', request, cause);
    }
  }
  return journal.end(journal.hasWrittenTag() ? 'promoted' : 'unchanged');
}

/** A tag is refused, too, when what it needs was collected since it was last looked for: then that is pushed again, and the tag tried once more. */
async function writeWhole(
  target: TagReference,
  root: ManifestContent,
  context: TagProof,
  refillFor: Commit['refillFor'],
): Promise<TagWrite> {
  const proven = { ...context, prove: () => refillFor(target) };
  try {
    return await writeTag(target, root, proven);
  } catch (error) {
    const isRefused = error instanceof RegistryError && error.code === 'CONFLICT';
    if (!isRefused || context.signal.aborted || !(await refillFor(target))) throw error;
    return writeTag(target, root, { ...proven, look: undefined });
  }
}

function partial(what: string, why: string, { existingTag }: PromoteRequest, cause?: unknown): PromotionError {
  const again = existingTag === 'move' ? 'move' : 'accept-same-digest';
  return new PromotionError('PARTIAL', `not all targets were tagged, ${what}: ${why}`, {
    cause,
    hint: `All targets hold the image and its evidence. Mend what is wrong with this target and run again with existing-tag: ${again}.`,
  });
}
