import { formatDuration } from './duration.ts';
import type { Refusal } from './refusal.ts';

/** How far a database may be ahead of our clock before we doubt one of the two, in milliseconds. */
const MAX_SKEW = 3_600_000;

/** Refuses a vulnerability database that is older than `maxAge` milliseconds, dated ahead of now, or without a readable date: what it does not know it cannot find. */
export function judgeDatabase(
  database: { readonly source: string; readonly updatedAt: Date },
  maxAge: number,
  now: Date,
): Refusal | undefined {
  const age = now.getTime() - database.updatedAt.getTime();
  const name = `The vulnerability database of ${database.source}`;
  if (Number.isNaN(age)) {
    return stale(`${name} does not say when it was updated.`, 'Name another mirror in scan.databases.');
  }
  const updated = `was updated ${database.updatedAt.toISOString()}`;
  if (age < -MAX_SKEW) {
    return stale(
      `${name} ${updated}, which is still to come.`,
      "Check this machine's clock, or name another mirror in scan.databases.",
    );
  }
  if (age <= maxAge) return undefined;
  return stale(
    `${name} ${updated}, ${formatDuration(age)} ago; at most ${formatDuration(maxAge)} is allowed.`,
    'Refresh the mirror, name another in scan.databases, or change scan.maxDatabaseAge.',
  );
}

function stale(message: string, hint: string): Refusal {
  return { code: 'SCAN_DB_STALE', message, hint };
}
