import type { Fault } from '../../lab/registry/faults.ts';
import type { GuardName } from './guards.ts';
import type { PromotionRun } from './run-promotion.ts';
import type { World, WorldOptions } from './world.ts';

/** Where the fault is. */
export type Side = 'source' | 'target' | 'databases';

/** How a promotion must end under a fault; a code is that of the error or of the refusal. */
export type Ending = 'promoted' | 'unchanged' | { readonly failed: string } | { readonly refused: string };

/** One kind of fault: what goes wrong, what must come of it, and which lines of `src/` see to that. */
export interface FaultRow {
  /** Unique, in kebab case. */
  readonly id: string;
  /** The heading it stands under in docs/reliability.md. */
  readonly area: string;
  /** One line for a reader: what goes wrong, and what comes of it when that is not plain. */
  readonly says: string;
  /** Without this guard the row fails; `npm run mutants` shows it. */
  readonly guard: GuardName;
  readonly world?: WorldOptions;
  /** True: a dry run makes a plan before anything goes wrong, and that plan is carried out. */
  readonly isPlanned?: boolean;
  /** Default `target`. */
  readonly side?: Side;
  readonly faults: readonly Fault[] | ((world: World) => readonly Fault[]);
  readonly ends: Ending;
  /** What else must hold when the run has ended: nothing, or what is wrong. */
  readonly findWrong?: (world: World, run: PromotionRun) => readonly string[] | Promise<readonly string[]>;
  /** True where something has to be put back under the tag after it was written. */
  readonly writesLate?: boolean;
  /** The next run's inputs, where the usual ones do not fit. */
  readonly rerun?: Readonly<Record<string, string>>;
  /** How the next run ends; default promoted. `none`: what is wrong is not a passing fault. `shown`: another row leaves the target just the same, and has a next run. */
  readonly rerunEnds?: Ending | 'none' | 'shown';
}
