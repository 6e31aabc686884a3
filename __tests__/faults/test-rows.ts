import { beforeAll, expect, it } from '@jest/globals';
import type { FaultRow } from './row.ts';
import type { RowResult } from './run-row.ts';
import { runRows } from './run-rows.ts';

/** A test for each row; they all run at once, since most of their time is spent waiting. */
export function testRows(rows: readonly FaultRow[]): void {
  const ends = new Map(rows.map(({ id }) => [id, Promise.withResolvers<RowResult>()]));

  beforeAll(() => {
    void runRows(rows, ({ id }, result) => ends.get(id)?.resolve(result));
  });

  it.each(rows.map(({ says, id }) => [says, id] as const))(
    '%s (%s)',
    async (_says, id) => {
      expect((await ends.get(id)?.promise)?.wrong).toEqual([]);
    },
    240_000,
  );
}
