import { formatDate } from '../report/format.ts';

/** A time of a record to the minute; as it stands where it is none. */
export function formatTime(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : formatDate(date);
}

/** `CRITICAL 1, HIGH 2`, or `none`; undefined when nothing was scanned. */
export function formatCounts(counts: Readonly<Record<string, number>> | undefined): string | undefined {
  if (counts === undefined) return undefined;
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  const parts = found.map(([severity, count]) => `${severity} ${count}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}
