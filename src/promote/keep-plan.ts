import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDigest } from '../image/digest.ts';
import type { PlanText } from '../plan/plan-text.ts';
import type { RunRoom } from '../steps/run-room.ts';
import type { Journal } from './journal.ts';

/** Writes the plan down as it is known now: what ends before the gates do leaves one too. */
export async function keepPlan(
  plan: PlanText,
  journal: Journal,
  { results }: Pick<RunRoom, 'results'>,
): Promise<PlanText> {
  const path = join(results, 'plan.json');
  await writeFile(path, plan.text);
  const moved = plan.plan.targets.flatMap(({ reference, found, action }) =>
    action === 'move' && found !== undefined && isDigest(found) ? [[reference, found] as const] : [],
  );
  const moves = moved.length === 0 ? {} : { moves: Object.fromEntries(moved) };
  journal.plan = { path, digest: plan.digest, ...moves };
  return plan;
}
