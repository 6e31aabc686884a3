import type { ReadContext } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import { formatReference, type Reference } from '../image/reference.ts';
import { listPromotions } from '../plan/batch-plan.ts';
import type { ApprovedPlan } from '../plan/plan-file.ts';
import type { BatchPlanText } from '../plan/plan-text.ts';
import type { EffectivePolicy, ScanMode } from '../policy/effective.ts';
import { readCredentials } from '../promote/logins.ts';
import { type NamedPromotion, readPromotionsFile } from '../promote/promotions-file.ts';
import { readSettings, type Settings } from '../promote/request.ts';
import { type CheckedPromotion, checkPromotions } from './check-promotions.ts';
import { comparePromotions, describePromotion } from './compare-promotions.ts';
import type { BatchRequest } from './request.ts';
import { MAX_SHARDS, readShard, takeShard } from './shard.ts';

const MAX_PARALLEL = 64;

/** Reads the request of a batch; what is wrong becomes a problem of `fields`, of whichever promotion, and then the request is not to be used. */
export async function readBatch(
  fields: FieldReader,
  approved: ApprovedPlan | undefined,
  raw: Readonly<Record<string, string>>,
  context: ReadContext,
): Promise<BatchRequest> {
  const plan = approved !== undefined && 'batch' in approved ? approved : undefined;
  refuseOneImage(fields, approved);
  const file = await readPromotionsFile(fields, context.files);
  const whole = file?.every((item) => item !== undefined) ? file : undefined;
  if (plan !== undefined && whole !== undefined) comparePromotions(fields, whole, plan.batch);
  const input = file === undefined ? 'plan' : 'promotions';
  const named = plan === undefined || file !== whole ? (file ?? []) : listNamed(fields, plan, whole);
  const promotions = checkPromotions(named, (message, fix) => fields.addProblem(input, message, fix));
  const shard = readShard(fields, plan?.batch.shards.length);
  const shards = fields.isGiven('shards') ? readCount(fields, 'shards', MAX_SHARDS) : undefined;
  const maxParallel = readCount(fields, 'max-parallel', MAX_PARALLEL) ?? 1;
  const failFast = fields.flag('fail-fast');
  const credentials = await readCredentials(
    fields,
    promotions.map(({ source }) => source),
    promotions.flatMap(({ targets }) => targets),
  );
  const { tightenFor, ...settings } = await readSettings(fields, raw, context);
  if (shards !== undefined && !settings.dryRun) {
    const fix =
      'Set dry-run: true to make a plan for that many jobs, or leave it out: a job takes its share by shard: k/n.';
    fields.addProblem('shards', 'is for the plan of a dry run, and this is none.', fix);
  }
  const policies = readScanModes(fields, promotions, tightenFor, input);
  const shared = { ...settings, credentials, policy: tightenFor().policy };
  const plans = new Map(
    plan === undefined ? [] : listPromotions(plan.batch, shard?.k).map((item) => [item.index + 1, item]),
  );
  const taken =
    plan === undefined ? takeShard(promotions, shard) : promotions.filter(({ number }) => plans.has(number));
  const crowded = findCrowded(promotions);
  const items = taken.map(({ number, source, targets, scan }) => ({
    number,
    request: {
      ...{ ...shared, source, targets, plan: plans.get(number) },
      policy: policies.get(scan) ?? shared.policy,
      category: crowded.has(source.repository) ? formatReference(source) : source.repository,
    },
  }));
  return { items, total: named.length, shard, shards, maxParallel, failFast, plan, shared };
}

/** A batch says what goes where in its file, and a plan of one image says it of that one. */
function refuseOneImage(fields: FieldReader, approved: ApprovedPlan | undefined): void {
  const isPlanned = !fields.isGiven('promotions');
  for (const name of ['source', 'target']) {
    if (!fields.isGiven(name)) continue;
    const message = isPlanned ? 'is given, and the plan is for a batch.' : 'is given beside promotions.';
    fields.addProblem(name, message, 'Put it into the file, or leave the input out.');
  }
  if (approved !== undefined && 'plan' in approved) {
    const fix = 'Give the plan of a dry-run with this file, or leave promotions out.';
    fields.addProblem('promotions', 'is given, and the plan is for one image.', fix);
  }
}

/** What the plan names. How an image is scanned, the file says; without it the plan, unless an input does: what was approved is what is done. */
function listNamed(
  fields: FieldReader,
  { batch }: BatchPlanText,
  file: readonly NamedPromotion[] | undefined,
): NamedPromotion[] {
  const modes = new Map(file?.map(({ source, targets, scan }) => [describePromotion(source, targets), scan]));
  const isSaid = fields.isGiven('scan');
  return batch.promotions.map(({ plan }) => {
    const [source, targets] = [plan.source.reference, plan.targets.map(({ reference }) => reference)];
    const fromFile = modes.get(describePromotion(source, targets));
    return { source, targets, scan: file === undefined && !isSaid ? plan.scan.mode : fromFile };
  });
}

function readCount(fields: FieldReader, name: string, most: number): number | undefined {
  const text = fields.text(name);
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  fields.addProblem(name, `is ${JSON.stringify(text.slice(0, 40))}.`, `Write a number from 1 to ${most}.`);
  return undefined;
}

const STRICTER = {
  promotions: 'Leave the key scan of these items out, or set scan.mode in the policy.',
  plan: 'Make a plan again under this policy, or set scan.mode in the policy.',
} as const;

/** The policy for each way to scan that a promotion asks for; one that is weaker than a policy states is a problem of each that asks for it. */
function readScanModes(
  fields: FieldReader,
  promotions: readonly CheckedPromotion[],
  tightenFor: Settings['tightenFor'],
  input: 'plan' | 'promotions',
): ReadonlyMap<ScanMode | undefined, EffectivePolicy> {
  const known = new Set(tightenFor().problems.map((problem) => JSON.stringify(problem)));
  const byMode = Map.groupBy(promotions, ({ scan }) => scan);
  return new Map(
    [...byMode].map(([mode, asking]) => {
      const { policy, problems } = tightenFor(mode);
      for (const problem of mode === undefined ? [] : problems) {
        if (known.has(JSON.stringify(problem))) continue;
        const numbers = asking.slice(0, 10).map(({ number }) => number);
        const items = `item ${numbers.join(', ')}${asking.length > 10 ? ' and more' : ''}`;
        fields.addProblem(input, `${items}: scan ${problem.message}`, STRICTER[input]);
      }
      return [mode, policy] as const;
    }),
  );
}

/** Repositories that several promotions come from: the alerts of each need a name of their own, in whichever shard they are. */
function findCrowded(promotions: readonly { readonly source: Reference }[]): ReadonlySet<string> {
  const byRepository = Map.groupBy(promotions, ({ source }) => source.repository);
  return new Set([...byRepository].flatMap(([repository, those]) => (those.length > 1 ? [repository] : [])));
}
