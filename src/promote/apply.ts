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
import { type TagWrite, writeTag } from './tag.ts';
import { TagError, tellUnproven } from './tag-error.ts';
import { type LookContext, lookAtTag } from './tag-look.ts';
import type { TagContext } from './tag-put.ts';
import { finishingTag, judgeTagNow, readIntent, type TagIntent } from './tag-verdict.ts';

/** Some tags of a promotion were written and another was not. */
export class PromotionError extends DomainError<'PARTIAL'> {}

/** What the commit point may use: the end of its grace, and a way to bring back what the registry collected. */
interface Commit {
  readonly cut: AbortSignal;
  readonly refillFor: (target: TagReference) => Promise<boolean>;
}

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
    for (const [repository, filled] of written) await refill(repository, filled, approved, request, ports);
    const refillFor = async ({ repository }: TagReference): Promise<boolean> => {
      const filled = written.get(repository);
      return filled !== undefined && refill(repository, filled, approved, request, ports);
    };
    return ports.hold((cut) => writeTags(approved, request, ports, journal, { cut, refillFor }));
  });
}

/** The commit point, tag after tag; from the first one written on, nothing but success is whole, and a cancel waits for it while it can. */
async function writeTags(
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
  { cut, refillFor }: Commit,
): Promise<Outcome> {
  const { root } = approved.graph;
  const context: LookContext = {
    client: ports.target,
    now: () => performance.now(),
    sleep: (milliseconds) => ports.target.transport.retry.sleep(milliseconds, cut),
  };
  // One that was taken since the plan must not be found out after another was written.
  for (const target of request.targets.length === 1 ? [] : request.targets) {
    const { found } = await lookAtTag(target, root, context);
    const verdict = judgeTagNow(target, found, root.digest, readIntent(target, approved.plan, request));
    if (verdict.kind === 'refused') journal.refusals.push(verdict.refusal);
  }
  if (journal.refusals.length > 0) return journal.end('refused');

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
  context: TagContext,
  refillFor: Commit['refillFor'],
): Promise<TagWrite> {
  try {
    return await proveTag(target, root, await writeTag(target, root, context), context, refillFor);
  } catch (error) {
    const isRefused = error instanceof RegistryError && error.code === 'CONFLICT';
    if (!isRefused || context.signal.aborted || !(await refillFor(target))) throw error;
    return proveTag(target, root, await writeTag(target, root, context), context, refillFor);
  }
}

/** A tag keeps from being collected what hangs on it, but not what went just before: what is gone is pushed again, now under its protection. */
async function proveTag(
  target: TagReference,
  root: ManifestContent,
  write: TagWrite,
  intent: TagIntent,
  refillFor: Commit['refillFor'],
): Promise<TagWrite> {
  if (write.kind !== 'written') return write;
  try {
    await refillFor(target);
    return write;
  } catch (cause) {
    throw tellUnproven(target, root.digest, cause, finishingTag(intent));
  }
}

function partial(what: string, why: string, { existingTag }: PromoteRequest, cause?: unknown): PromotionError {
  const again = existingTag === 'move' ? 'move' : 'accept-same-digest';
  return new PromotionError('PARTIAL', `not all targets were tagged, ${what}: ${why}`, {
    cause,
    hint: `All targets hold the image and its evidence. Mend what is wrong with this target and run again with existing-tag: ${again}.`,
  });
}
