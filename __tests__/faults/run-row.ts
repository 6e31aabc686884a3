import { readFile } from 'node:fs/promises';
import type { Fault } from '../../lab/registry/faults.ts';
import { DomainError } from '../../src/base/error.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import type { Ending, FaultRow } from './row.ts';
import { type RunOptions, runPromotion } from './run-promotion.ts';
import { findHalfVisible, findLateWrites, findMissing } from './wholeness.ts';
import { openWorld, type World } from './world.ts';

/** What came of a row: how many promotions it took, and everything that is wrong. */
export interface RowResult {
  readonly promotions: number;
  readonly wrong: readonly string[];
}

/** Milliseconds for everything a row does: what hangs is wrong, too, but a busy machine takes its time. Mutants, some of which hang for good, are given less. */
const LIMIT = Number(process.env.FAULT_ROW_MS ?? 180_000);

/** Runs a whole promotion under the fault of a row, and another one after it where the first was stopped. */
export async function runRow(row: FaultRow): Promise<RowResult> {
  const world = await openWorld(row.world);
  try {
    return await Promise.race([judge(row, world), expire()]);
  } finally {
    await world.close();
  }
}

async function judge(row: FaultRow, world: World): Promise<RowResult> {
  const registry = world[row.side ?? 'target'];
  const approved = row.isPlanned === true ? await makePlan(world) : {};
  const faults = typeof row.faults === 'function' ? row.faults(world) : row.faults;
  registry.faults.push(...faults);
  const run = await runPromotion(world, approved);
  const unmet = faults.filter((fault) => registry.spoilt(fault) === 0);
  const wrong = [
    ...compareEnd(row.ends, run.outcome),
    ...unmet.map((fault) => `the fault was never met: ${describeFault(fault)}`),
    ...((await row.findWrong?.(world, run)) ?? []),
  ];
  for (const each of [world.source, world.target, world.databases]) each.faults.length = 0;
  if (row.writesLate !== true) wrong.push(...findLateWrites(world));
  if (row.ends === 'promoted' || row.ends === 'unchanged') {
    return { promotions: 1, wrong: [...wrong, ...(await findMissing(world))] };
  }
  if (row.rerunEnds === 'none') return { promotions: 1, wrong };
  wrong.push(...(await findHalfVisible(world)));
  if (row.rerunEnds === 'shown') return { promotions: 1, wrong };
  world.target.log.clear();
  const next = await runPromotion(world, row.rerun === undefined ? {} : { inputs: row.rerun });
  wrong.push(...compareEnd(row.rerunEnds ?? 'promoted', next.outcome).map((text) => `the next run: ${text}`));
  if (row.rerunEnds === undefined)
    wrong.push(...(await findMissing(world)).map((text) => `after the next run ${text}`));
  return { promotions: 2, wrong: [...wrong, ...findLateWrites(world)] };
}

/** What the next job is given of a dry run. */
async function makePlan(world: World): Promise<RunOptions> {
  const { outcome } = await runPromotion(world, { inputs: { 'dry-run': 'true' } });
  if (outcome.plan === undefined) throw new TypeError('a dry run made no plan');
  const files = { 'plan.json': await readFile(outcome.plan.path, 'utf8') };
  return { inputs: { plan: 'plan.json', 'plan-digest': outcome.plan.digest }, files };
}

function compareEnd(wanted: Ending, outcome: Outcome): string[] {
  const found = endOf(outcome);
  const expected = typeof wanted === 'string' ? wanted : Object.entries(wanted).flat().join(' ');
  if (found === expected) return [];
  const { error } = outcome;
  return [
    `it ended as ${found}, not as ${expected}${error === undefined ? '' : `: ${String((error as Error).stack)}`}`,
  ];
}

/** `promoted`, `refused TAG_EXISTS`, `failed UNAVAILABLE`. */
export function endOf({ result, refusals, error }: Outcome): string {
  const codes = error instanceof DomainError ? [error.code] : error === undefined ? [] : ['CRASH'];
  return [result, ...refusals.map(({ code }) => code), ...codes].join(' ');
}

function describeFault({ method = 'any', path }: Fault): string {
  return `${method} ${path?.source ?? ''}`;
}

async function expire(): Promise<RowResult> {
  const { promise, resolve } = Promise.withResolvers<RowResult>();
  setTimeout(() => resolve({ promotions: 1, wrong: [`it did not end within ${LIMIT} ms`] }), LIMIT).unref();
  return promise;
}
