import type { FileReader } from '../base/action.ts';
import type { FieldReader } from '../base/fields.ts';
import { digestOf, isDigest, matchesDigest } from '../image/digest.ts';
import { parseStrictJson } from '../image/strict-json.ts';
import { readFor } from '../inputs/policy-files.ts';
import { type Plan, type PlanText, planSchema } from './plan-schema.ts';

/** A plan that somebody approved, as it was read. Only what it limits is used: its gates' verdicts are for people, and never read. */
export type ApprovedPlan = PlanText;

/** No plan that a promotion writes is longer, in characters. */
const MAX_LENGTH = 4 * 1024 * 1024;

const AGAIN = 'Make a plan again with dry-run: true, and give its plan and plan-digest outputs.';

/** Reads `plan`, and holds it against `plan-digest`: what was approved is a digest, and a file can be changed on its way here. Without the digest, source and target must be given beside it, so that the file can do nothing but limit. It is the work of a job, so it is read where it lies, on a pull request too. Undefined when there is none, or when it is a problem of `fields`. */
export async function readApprovedPlan(fields: FieldReader, files: FileReader): Promise<ApprovedPlan | undefined> {
  const [path, digest] = [fields.text('plan'), fields.text('plan-digest')];
  if (path === '') {
    if (digest !== '') fields.addProblem('plan-digest', 'is given without a plan.', 'Give plan as well, or neither.');
    return undefined;
  }
  const saysItself = fields.isGiven('source') && fields.isGiven('target');
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
  const parsed = parsePlan(text);
  if (parsed.plan !== undefined) return { plan: parsed.plan, text, digest: digestOf(text) };
  fields.addProblem('plan', `names ${path}, which is no plan: ${parsed.flaw}.`, AGAIN);
  return undefined;
}

type ParsedPlan = { readonly plan: Plan } | { readonly plan?: never; readonly flaw: string };

/** Parses a plan file: a plan of this version, or the first thing that is wrong with it. What this release does not know may be a limit, and is refused. */
function parsePlan(text: string): ParsedPlan {
  if (text.length > MAX_LENGTH) return { flaw: `it is longer than ${MAX_LENGTH} characters` };
  let json: unknown;
  try {
    json = parseStrictJson(Buffer.from(text));
  } catch {
    return { flaw: 'it is not JSON, or nests too deep, or has a key twice in one object' };
  }
  const { data, error } = planSchema.safeParse(json);
  if (data !== undefined) return { plan: data };
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return { flaw: `${where}${issue?.message ?? 'it has another shape'}`.slice(0, 300) };
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
