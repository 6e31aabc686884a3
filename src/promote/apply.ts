import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../base/error.ts';
import { formatReference, type Repository } from '../image/reference.ts';
import type { SignedEvidence } from './evidence.ts';
import { type Approved, fillRepository, refill } from './fill.ts';
import type { Journal } from './journal.ts';
import type { Outcome } from './outcome.ts';
import { actionOf } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import { writeTag } from './tag.ts';

/** Some tags of a promotion were written and another was not. */
export class PromotionError extends DomainError<'PARTIAL'> {}

/** Writes what was approved: every repository holds all bytes and evidence, verified from outside, before the first tag. */
export async function apply(
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<Outcome> {
  const repositories = Map.groupBy(request.targets, (target) => target.repository);
  const written: { readonly repository: Repository; readonly evidence: readonly SignedEvidence[] }[] = [];
  for (const [repository, targets] of repositories) {
    const evidence = await fillRepository(repository, targets, approved, request, ports, journal);
    written.push({ repository, evidence });
  }
  return ports.log.group('Tag', async () => {
    for (const { repository, evidence } of written) await refill(repository, evidence, approved, request, ports);
    return writeTags(approved, request, ports, journal);
  });
}

/** The commit point, tag after tag; from the first one written on, nothing but success is whole. */
async function writeTags(
  approved: Approved,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
): Promise<Outcome> {
  const { root } = approved.graph;
  const pause = (milliseconds: number): Promise<void> => sleep(milliseconds, undefined, { signal: ports.signal });
  for (const target of request.targets) {
    const name = formatReference(target);
    const existingTag = actionOf(approved.plan, target) === 'keep' ? 'accept-same-digest' : request.existingTag;
    try {
      const write = await writeTag(target, root, { client: ports.target, existingTag, sleep: pause });
      if (write.kind === 'refused') {
        journal.refusals.push(write.refusal);
        journal.ended.set(name, { result: 'refused', code: write.refusal.code });
        if (journal.hasWrittenTag()) throw partial(name, write.refusal.message);
        return journal.end('refused');
      }
      journal.ended.set(name, { result: write.kind === 'written' ? 'promoted' : 'unchanged' });
      ports.log.info(write.kind === 'written' ? `Tagged ${name}@${root.digest}` : `${name} has this digest already`);
    } catch (cause) {
      if (cause instanceof PromotionError || !journal.hasWrittenTag()) throw cause;
      throw partial(name, 'see the cause', cause);
    }
  }
  return journal.end(journal.hasWrittenTag() ? 'promoted' : 'unchanged');
}

function partial(name: string, why: string, cause?: unknown): PromotionError {
  return new PromotionError('PARTIAL', `some targets were tagged, but ${name} was not: ${why}`, {
    cause,
    hint: 'All targets hold the image and its evidence. Mend what is wrong with this target and run again with existing-tag: accept-same-digest.',
  });
}
