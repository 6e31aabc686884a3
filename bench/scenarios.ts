import type { Scenario } from './scenario.ts';
import { BATCH } from './scenarios/batch.ts';
import { COPIES } from './scenarios/copies.ts';
import { GATED } from './scenarios/gated.ts';
import { START_UP } from './scenarios/start-up.ts';

/** All scenarios, in the order of the page. */
export const SCENARIOS: readonly Scenario[] = [...COPIES, GATED, BATCH, START_UP];
