import type { FieldReader } from '../base/fields.ts';
import { formatReference, parseReference, type Reference, type TagReference } from '../image/reference.ts';
import type { Plan } from '../plan/plan-schema.ts';

const SAME_PLAN = 'Leave the input out, or make a plan again with these inputs.';

/** What is promoted: the input, or what the approved plan names; given both, they must agree. */
export function readSource(fields: FieldReader, plan: Plan | undefined): Reference | undefined {
  if (!fields.isGiven('source')) {
    if (plan !== undefined) return fields.attempt('plan', () => parseReference(plan.source.reference));
    return undefined;
  }
  const source = fields.attempt('source', () => parseReference(fields.text('source')));
  if (plan !== undefined && source !== undefined && formatReference(source) !== plan.source.reference) {
    fields.addProblem(
      'source',
      `is ${formatReference(source)}, and the plan is for ${plan.source.reference}.`,
      SAME_PLAN,
    );
  }
  return source;
}

/** Where to: the input, or what the approved plan names; given both, they must agree, in any order. */
export function readTargets(
  fields: FieldReader,
  source: Reference | undefined,
  plan: Plan | undefined,
): readonly TagReference[] {
  if (!fields.isGiven('target')) {
    if (plan === undefined) return [];
    if (plan.targets.length === 0) fields.addProblem('plan', 'names no target.', 'Make a plan again.');
    const names = plan.targets.map(({ reference }) => reference);
    return parseTargets(names, source, (message, fix) => fields.addProblem('plan', message, fix));
  }
  const lines = fields.lines('target');
  if (lines.length === 0) {
    fields.addProblem('target', 'holds only comments.', 'Write one or more registry/repo:tag, a line each.');
  }
  const targets = parseTargets(lines, source, (message, fix) => fields.addProblem('target', message, fix));
  if (plan !== undefined) compareTargets(fields, targets, plan);
  return targets;
}

function compareTargets(fields: FieldReader, targets: readonly TagReference[], plan: Plan): void {
  const wanted = new Set(targets.map(formatReference));
  const planned = new Set(plan.targets.map(({ reference }) => reference));
  const extra = [...wanted].filter((name) => !planned.has(name));
  const missing = [...planned].filter((name) => !wanted.has(name));
  if (extra.length > 0) fields.addProblem('target', `names ${extra.join(', ')}, and the plan does not.`, SAME_PLAN);
  if (missing.length > 0) fields.addProblem('target', `leaves out ${missing.join(', ')} of the plan.`, SAME_PLAN);
}

/** Says what is wrong with an input, or with one promotion of a batch. */
export type Tell = (message: string, fix: string) => void;

/** Parses a reference; what is wrong with it is told. */
export function parseTold(text: string, tell: Tell): Reference | undefined {
  try {
    return parseReference(text);
  } catch (error) {
    const { message, hint } = error as { readonly message?: string; readonly hint?: string };
    tell(message ?? String(error), hint ?? '');
    return undefined;
  }
}

/** The tags that a source goes to: each once, and none of them the source itself. */
export function parseTargets(
  names: readonly string[],
  source: Reference | undefined,
  tell: Tell,
): readonly TagReference[] {
  const seen = new Set<string>();
  return names.flatMap((line) => {
    const target = parseTold(line, tell);
    if (target === undefined) return [];
    if (target.kind === 'digest') {
      tell(`${line} names a digest.`, 'Name a tag, registry/repo:tag: the digest is the one of the source.');
      return [];
    }
    const name = formatReference(target);
    if (seen.has(name)) tell(`${name} is named twice.`, 'Remove one.');
    seen.add(name);
    if (source !== undefined && source.tag === target.tag && source.repository === target.repository) {
      tell(`${name} is the source itself.`, 'Promote to another repository or tag.');
    }
    return [target];
  });
}
