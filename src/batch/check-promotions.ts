import { formatReference, type Reference, type TagReference } from '../image/reference.ts';
import type { ScanMode } from '../policy/effective.ts';
import type { NamedPromotion, NamedPromotions } from '../promote/promotions-file.ts';
import { parseTargets, parseTold, type Tell } from '../promote/reference-inputs.ts';

/** One promotion of a batch, its references parsed. */
export interface CheckedPromotion {
  /** Its place in the file or the plan, from 1. */
  readonly number: number;
  readonly source: Reference;
  readonly targets: readonly TagReference[];
  readonly scan: ScanMode | undefined;
}

/** More problems of one file than these are not told: nobody reads them. */
const MAX_PROBLEMS = 100;

/** Checks every promotion of a batch, whichever of them this run carries out: each reference, and that no tag is written by two of them, or is read by one and written by another, since they go side by side. Those with a problem are left out, as is one that could not be read. */
export function checkPromotions(named: NamedPromotions, tell: Tell): readonly CheckedPromotion[] {
  let problems = 0;
  const tellOf = (number: number): Tell => {
    return (message, fix) => {
      problems += 1;
      if (problems <= MAX_PROBLEMS) tell(`item ${number}: ${message}`, fix);
    };
  };
  const checked = named.flatMap((promotion, i) =>
    promotion === undefined ? [] : checkOne(promotion, i + 1, tellOf(i + 1)),
  );
  const writers = findWriters(checked, tellOf);
  for (const { number, source } of checked) {
    const writer = writers.get(formatReference(source));
    if (writer === undefined || writer.number === number) continue;
    const message = `its source ${formatReference(source)} is a target of item ${writer.number}, and all of a batch goes side by side.`;
    tellOf(number)(message, 'Promote one after the other, in two batches.');
  }
  if (problems > MAX_PROBLEMS) tell(`${problems - MAX_PROBLEMS} more problems are not shown.`, '');
  return checked;
}

function checkOne({ source: text, targets: names, scan }: NamedPromotion, number: number, tell: Tell) {
  const source = parseTold(text, tell);
  if (names.length === 0) tell('it names no target.', 'Name one or more registry/repo:tag.');
  const targets = parseTargets(names, source, tell);
  return source === undefined ? [] : [{ number, source, targets, scan }];
}

/** Which promotion writes each tag: one that two of them would write is a problem, whether they agree or not. */
function findWriters(
  checked: readonly CheckedPromotion[],
  tellOf: (number: number) => Tell,
): ReadonlyMap<string, CheckedPromotion> {
  const writers = new Map<string, CheckedPromotion>();
  for (const promotion of checked) {
    for (const name of new Set(promotion.targets.map(formatReference))) {
      const first = writers.get(name);
      if (first === undefined) {
        writers.set(name, promotion);
        continue;
      }
      const isSame = formatReference(first.source) === formatReference(promotion.source);
      const from = isSame ? '' : ` from another source, ${formatReference(first.source)}`;
      tellOf(promotion.number)(`${name} is a target of item ${first.number} as well${from}.`, 'Name each tag once.');
    }
  }
  return writers;
}
