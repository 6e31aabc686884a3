import type { FileReader } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import { type Digest, parseDigest } from '../image/digest.ts';
import { formatReference, parseReference, type TagReference } from '../image/reference.ts';
import { listPromotions } from '../plan/batch-plan.ts';
import { readApprovedPlan } from '../plan/plan-file.ts';
import type { Plan } from '../plan/plan-schema.ts';
import type { PlanText } from '../plan/plan-text.ts';

/** One tag that an approved plan says is promoted. */
export interface PlannedTarget {
  /** The place of its image in the plan, from 1. */
  readonly item: number;
  /** `2/4`: whose it was; undefined for a plan of one image. */
  readonly shard: string | undefined;
  readonly target: TagReference;
  readonly digest: Digest;
  readonly source: string;
  readonly environment: string | undefined;
  /** A tag that is kept may have got its record by an earlier plan. */
  readonly action: Plan['targets'][number]['action'];
  /** What the record of this promotion names: of the plan of its image alone. */
  readonly planDigest: Digest;
}

/** An approved plan as something to be checked: nothing of it is believed but what had to be done. */
export interface PlannedTargets {
  readonly digest: Digest;
  /** Images. */
  readonly items: number;
  /** Zero for a plan of one image. */
  readonly shards: number;
  /** The environment of all of it. */
  readonly environment: string | undefined;
  readonly targets: readonly PlannedTarget[];
}

/** Reads the inputs `plan` and `plan-digest`; undefined without them, and where they are a problem of `fields`. */
export async function readPlannedTargets(fields: FieldReader, files: FileReader): Promise<PlannedTargets | undefined> {
  if (fields.isGiven('plan') && fields.isGiven('images')) {
    fields.addProblem('images', 'is given beside plan, which names its images.', 'Give one of the two.');
  }
  const approved = await readApprovedPlan(fields, files);
  if (approved === undefined) return undefined;
  const isBatch = 'batch' in approved;
  const items = isBatch ? listPromotions(approved.batch) : [approved];
  const shards = isBatch ? approved.batch.shards : [];
  const owners = new Map(shards.flatMap((shard, k) => shard.map((i) => [i, `${k + 1}/${shards.length}`])));
  const targets = items.flatMap((item, i) => listTargets(fields, item, i, owners.get(i)));
  refuseUncheckable(fields, items, targets);
  const environment = readEnvironment(fields, targets);
  return { digest: approved.digest, items: items.length, shards: shards.length, environment, targets };
}

function listTargets(
  fields: FieldReader,
  { plan, digest: planDigest }: PlanText,
  index: number,
  shard: string | undefined,
): PlannedTarget[] {
  const { source, environment } = plan;
  return plan.targets.flatMap(({ reference, action }): PlannedTarget[] => {
    const target = fields.attempt('plan', () => parseReference(reference));
    if (target === undefined) return [];
    if (target.kind === 'digest') {
      fields.addProblem('plan', `names the target ${reference}, which is no tag.`, 'Make a plan again.');
      return [];
    }
    const digest = parseDigest(source.digest);
    return [{ item: index + 1, shard, target, digest, source: source.reference, environment, action, planDigest }];
  });
}

/** What leaves no record cannot be told apart from what was never done; of two images for one tag, one cannot be there. */
function refuseUncheckable(fields: FieldReader, items: readonly PlanText[], targets: readonly PlannedTarget[]): void {
  if (items.some(({ plan }) => !plan.writes.record)) {
    const fix = 'Promote with attest: true, or check the signatures with cosign.';
    fields.addProblem('plan', 'leaves no record (attest: false), so that nothing tells whether it was done.', fix);
  }
  const named = Map.groupBy(targets, ({ target }) => formatReference(target));
  for (const [name, same] of named) {
    if (same.length > 1) fields.addProblem('plan', `names the target ${name} twice.`, 'Make a plan again.');
  }
}

/** That of the plan; the input may only say the same. */
function readEnvironment(fields: FieldReader, targets: readonly PlannedTarget[]): string | undefined {
  const planned = [...new Set(targets.map(({ environment }) => environment))];
  const [only] = planned;
  if (planned.length > 1) {
    const names = planned.map((name) => name ?? 'none').join(', ');
    fields.addProblem('plan', `is for several environments: ${names}.`, 'Make a plan for each.');
  }
  const given = fields.text('environment') || undefined;
  if (given !== undefined && given !== only && planned.length === 1) {
    const fix = 'Leave environment out, or give the plan of that environment.';
    fields.addProblem('environment', `is ${given}, and the plan is for ${only ?? 'none'}.`, fix);
  }
  return only;
}
