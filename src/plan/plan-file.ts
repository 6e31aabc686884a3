import type { FileReader } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import { digestOf, isDigest, matchesDigest } from '../image/digest.ts';
import { parseStrictJson } from '../image/strict-json.ts';
import { readFor } from '../inputs/policy-files.ts';
import type { BatchPlanText, PlanText } from './plan-text.ts';

/** A plan that somebody approved, as it was read: of one promotion, or of a batch. Only what it limits is used: its gates' verdicts are for people, and never read. */
export type ApprovedPlan = PlanText | BatchPlanText;

/** No plan of one promotion is longer, in characters. */
const MAX_LENGTH = 4 * 1024 * 1024;
/** Of a batch: some hundred thousand promotions. */
const MAX_BATCH_LENGTH = 256 * 1024 * 1024;

const AGAIN = 'Make a plan again with dry-run: true, and give its plan and plan-digest outputs.';

/** Reads `plan`, and holds it against `plan-digest`: what was approved is a digest, and a file can be changed on its way here. Without the digest, source and target (or promotions) must be given beside it, so that the file can do nothing but limit. It is the work of a job, so it is read where it lies, on a pull request too. Undefined when there is none, or when it is a problem of `fields`. */
export async function readApprovedPlan(fields: FieldReader, files: FileReader): Promise<ApprovedPlan | undefined> {
  const [path, digest] = [fields.text('plan'), fields.text('plan-digest')];
  if (path === '') {
    if (digest !== '') fields.addProblem('plan-digest', 'is given without a plan.', 'Give plan as well, or neither.');
    return undefined;
  }
  const saysItself = fields.isGiven('promotions') || (fields.isGiven('source') && fields.isGiven('target'));
  if (digest === '' && !saysItself) {
    const fix = 'Give the plan-digest output of the step that made the plan, handed on as an output of its job.';
    fields.addProblem('plan-digest', 'is empty, and the plan alone would say what goes where.', fix);
  } else if (digest !== '' && !isDigest(digest)) {
    fields.addProblem('plan-digest', `is ${quote(digest)}, which is no digest.`, 'Write sha256: and 64 hex digits.');
  }
  const file = await readFor('input plan', () => files.readText(path));
  if ('problem' in file) {
    fields.addProblems([file.problem]);
    return undefined;
  }
  const { text } = file;
  if (text === undefined) {
    const fix = 'Check the path, and that the file was handed on, for example with actions/download-artifact.';
    fields.addProblem('plan', `names ${path}, which does not exist.`, fix);
    return undefined;
  }
  if (isDigest(digest) && !matchesDigest(Buffer.from(text), digest)) {
    const message = `names ${path}, which is ${digestOf(text)} and not the plan ${digest} of plan-digest.`;
    fields.addProblem('plan', message, `The file was changed, or belongs to another run. ${AGAIN}`);
    return undefined;
  }
  const parsed = await parsePlan(text);
  if ('plan' in parsed) return parsed.plan;
  fields.addProblem('plan', `names ${path}, which is no plan: ${parsed.flaw}.`, AGAIN);
  return undefined;
}

type ParsedPlan = { readonly plan: ApprovedPlan } | { readonly flaw: string };

/** Parses a plan file: a plan of this version, or the first thing that is wrong with it. What this release does not know may be a limit, and is refused. */
async function parsePlan(text: string): Promise<ParsedPlan> {
  const isBatch = /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"promotions"/.test(text.slice(0, 200));
  const limit = isBatch ? MAX_BATCH_LENGTH : MAX_LENGTH;
  if (text.length > limit) return { flaw: `it is longer than ${limit} characters` };
  let json: unknown;
  try {
    json = parseStrictJson(Buffer.from(text));
  } catch {
    return { flaw: 'it is not JSON, or nests too deep, or has a key twice in one object' };
  }
  return isBatchShape(json) ? parseBatch(json, text) : parseSingle(json, text);
}

function isBatchShape(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'promotions' in json;
}

/** The schemas are loaded here: most runs have no plan. */
async function parseSingle(json: unknown, text: string): Promise<ParsedPlan> {
  const { planSchema } = await import('./plan-schema.ts');
  const { data: plan, error } = planSchema.safeParse(json);
  return plan === undefined ? { flaw: describeIssue(error) } : { plan: { plan, text, digest: digestOf(text) } };
}

async function parseBatch(json: unknown, text: string): Promise<ParsedPlan> {
  const [{ batchPlanSchema }, { findShardFlaw }] = await Promise.all([
    import('./batch-schema.ts'),
    import('./batch-plan.ts'),
  ]);
  const { data: batch, error } = batchPlanSchema.safeParse(json);
  if (batch === undefined) return { flaw: describeIssue(error) };
  const flaw = findShardFlaw(batch.shards, batch.promotions.length);
  return flaw === undefined ? { plan: { batch, text, digest: digestOf(text) } } : { flaw };
}

function describeIssue({ issues: [issue] }: { readonly issues: readonly SchemaIssue[] }): string {
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return `${where}${issue?.message ?? 'it has another shape'}`.slice(0, 300);
}

interface SchemaIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
