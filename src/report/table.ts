import { formatCount } from './format.ts';

/** A column: its title as Markdown, and where its cells stand. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right' | 'center';
}

/** Wider cells are not padded for: a summary's bytes are limited, and nobody reads the source of a 200 character cell. */
const MAX_PADDED_WIDTH = 40;

/** A GFM table of cells that are escaped already, padded so that its source reads as a table too. A pipe or a line end left in a cell cannot break out of it; https://github.github.com/gfm/#tables-extension- */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const header = columns.map((column) => protectCell(column.title));
  const body = rows.map((row) => columns.map((_, i) => protectCell(row[i] ?? '')));
  const widths = columns.map((_, i) =>
    Math.min(MAX_PADDED_WIDTH, Math.max(3, ...[header, ...body].map((row) => countChars(row[i] ?? '')))),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => pad(cell, widths[i] ?? 3, columns[i]?.align)).join(' | ')} |`;
  const rule = columns.map((column, i) => renderRule(widths[i] ?? 3, column.align));
  return [line(header), `| ${rule.join(' | ')} |`, ...body.map(line)].join('\n');
}

/** The first `limit` rows and, when some are left out, a last row that says how many. */
export function limitRows(rows: readonly (readonly string[])[], limit: number): (readonly string[])[] {
  const kept = rows.slice(0, limit);
  const rest = rows.length - kept.length;
  return rest === 0 ? kept : [...kept, [`… and ${formatCount(rest)} more`]];
}

function protectCell(cell: string): string {
  return cell
    .replace(/(?<!\s)\s*\n\s*/g, ' ')
    .trim()
    .replace(/(?<!\\)\|/g, '\\|')
    .replace(/\\$/, '&#92;');
}

function renderRule(width: number, align: Column['align']): string {
  if (align === 'right') return `${'-'.repeat(width - 1)}:`;
  if (align === 'center') return `:${'-'.repeat(width - 2)}:`;
  return '-'.repeat(width);
}

function pad(cell: string, width: number, align: Column['align']): string {
  const missing = Math.max(0, width - countChars(cell));
  if (align === 'right') return ' '.repeat(missing) + cell;
  const before = align === 'center' ? Math.floor(missing / 2) : 0;
  return ' '.repeat(before) + cell + ' '.repeat(missing - before);
}

function countChars(text: string): number {
  return Array.from(text).length;
}
