import { runRows } from './run-rows.ts';
import { FAULT_ROWS } from './table.ts';

/** `node __tests__/faults/main.ts [id or /pattern/ …]`: runs rows of the table and prints what is wrong; 1 when anything is. */
const wanted = process.argv.slice(2);
const isWanted = (id: string): boolean =>
  wanted.length === 0 ||
  wanted.some((text) => (text.startsWith('/') ? new RegExp(text.slice(1, -1)).test(id) : text === id));

let promotions = 0;
const failed: string[] = [];
const rows = FAULT_ROWS.filter(({ id }) => isWanted(id));
await runRows(rows, (row, result) => {
  promotions += result.promotions;
  if (result.wrong.length === 0) return;
  failed.push(row.id);
  console.log(`${row.id}: ${result.wrong.join('\n    ')}`);
});
console.log(JSON.stringify({ rows: rows.length, promotions, failed }));
process.exit(failed.length === 0 ? 0 : 1);
