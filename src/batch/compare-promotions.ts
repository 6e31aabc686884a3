import type { FieldReader } from '../base/fields.ts';
import { formatReference, parseReference } from '../image/reference.ts';
import type { BatchPlan } from '../plan/batch-schema.ts';
import type { NamedPromotion } from '../promote/promotions-file.ts';

const SHOWN = 5;
const SAME_PLAN = 'Leave promotions out, since the plan names them, or make a plan again with this file.';

/** A file beside an approved plan must name the same promotions, in any order: what of the dry run was refused is in the file and not in the plan. */
export function comparePromotions(
  fields: FieldReader,
  file: readonly NamedPromotion[],
  { promotions }: BatchPlan,
): void {
  const wanted = new Set(file.map(({ source, targets }) => describePromotion(source, targets)));
  const planned = new Set(
    promotions.map(({ plan: { source, targets } }) =>
      describePromotion(
        source.reference,
        targets.map(({ reference }) => reference),
      ),
    ),
  );
  const extra = [...wanted].filter((name) => !planned.has(name));
  const missing = [...planned].filter((name) => !wanted.has(name));
  if (extra.length > 0) fields.addProblem('promotions', `names what the plan does not: ${list(extra)}.`, SAME_PLAN);
  if (missing.length > 0)
    fields.addProblem('promotions', `leaves out what the plan names: ${list(missing)}.`, SAME_PLAN);
}

/** One promotion in words, the same for the same however it was written. */
export function describePromotion(source: string, targets: readonly string[]): string {
  return `${normalize(source)} to ${targets.map(normalize).toSorted().join(', ')}`;
}

/** What is no reference is told elsewhere. */
function normalize(text: string): string {
  try {
    return formatReference(parseReference(text));
  } catch {
    return text;
  }
}

function list(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}
