import type { FaultRow } from './row.ts';
import { type RowResult, runRow } from './run-row.ts';

/** Most of a promotion's time is spent waiting, so several rows run at a time, each in a world of its own. */
const CONCURRENT_ROWS = 10;

/** Runs rows, and tells of each as it ends. */
export async function runRows(
  rows: readonly FaultRow[],
  onEnd: (row: FaultRow, result: RowResult) => void,
  concurrency = CONCURRENT_ROWS,
): Promise<void> {
  const left = [...rows];
  const work = async (): Promise<void> => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) onEnd(row, await runSafely(row));
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

async function runSafely(row: FaultRow): Promise<RowResult> {
  try {
    return await runRow(row);
  } catch (error) {
    return { promotions: 1, wrong: [`the row itself broke: ${error instanceof Error ? error.stack : String(error)}`] };
  }
}
