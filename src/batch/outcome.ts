import type { Digest } from '../image/digest.ts';
import type { Outcome, PromoteResult } from '../promote/outcome.ts';
import type { Shard } from './shard.ts';

/** What became of one promotion of a batch. */
export interface ItemOutcome {
  /** Its place in the promotions file or the plan, from 1. */
  readonly number: number;
  readonly outcome: Outcome;
  /** False when the batch ended before it was begun: `outcome` is then that of an error with the code NOT_BEGUN. */
  readonly begun: boolean;
}

/** What is known when a batch ends, whichever way. */
export interface BatchOutcome {
  /** The worst of all: failed, refused, promoted or planned, unchanged. */
  readonly result: PromoteResult;
  /** Those of this run, in the order of the file or the plan. */
  readonly items: readonly ItemOutcome[];
  /** How many the whole batch has, whatever the shard. */
  readonly total: number;
  readonly shard: Shard | undefined;
  readonly dryRun: boolean;
  readonly environment: string | undefined;
  /** What a dry run leaves to be approved, of those that it refused nothing of; or the approved one. */
  readonly plan: BatchPlanFile | undefined;
  /** Directories with a file for each image that was scanned; undefined when none was. */
  readonly scanReports: string | undefined;
  readonly sarif: string | undefined;
  /** The file with what the output `images` has, all of it. */
  readonly imagesFile: string | undefined;
  /** Of the run, in seconds. */
  readonly seconds: number;
  /** What ended the whole batch. */
  readonly error: unknown;
}

/** The plan of a batch as a file. */
export interface BatchPlanFile {
  readonly path: string;
  readonly digest: Digest;
  readonly shards: number;
  /** How many promotions it has. */
  readonly count: number;
}

/** From the worst. */
export const RESULTS: readonly PromoteResult[] = ['failed', 'refused', 'promoted', 'planned', 'unchanged'];

/** The worst of several; what was not begun, since something else went wrong, says nothing. Of none it is `unchanged`: there was nothing to do. */
export function joinResults(items: readonly ItemOutcome[]): PromoteResult {
  const ended = items.filter(({ begun }) => begun);
  const counted = ended.length === 0 ? items : ended;
  return RESULTS.find((result) => counted.some(({ outcome }) => outcome.result === result)) ?? 'unchanged';
}

/** How many of each result; those that were not begun are counted apart. */
export function countResults(items: readonly ItemOutcome[]): Readonly<Record<PromoteResult | 'not begun', number>> {
  const counts = { promoted: 0, unchanged: 0, planned: 0, refused: 0, failed: 0, 'not begun': 0 };
  for (const { begun, outcome } of items) counts[begun ? outcome.result : 'not begun'] += 1;
  return counts;
}

/** What failed, what was refused, what was not begun, then what went well, each in the order of the file: whoever reads only the beginning has seen what needs them. */
export function worstFirst(items: readonly ItemOutcome[]): readonly ItemOutcome[] {
  const rank = ({ begun, outcome }: ItemOutcome): number =>
    begun ? RESULTS.indexOf(outcome.result) : RESULTS.indexOf('refused') + 0.5;
  return items.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number);
}
