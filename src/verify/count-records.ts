import type { AcceptedRecord } from '../steps/accepted-record.ts';
import type { PlannedTarget } from './planned-target.ts';
import type { CountedRecord } from './record-entry.ts';

/** What was found under the names of the trust: `accepted` speaks of this very target, `refused` of something else. */
export interface FoundRecords {
  readonly accepted: readonly AcceptedRecord[];
  readonly refused: readonly string[];
  /** Sentences for what does not verify, and how much of it there is. */
  readonly others: readonly string[];
  readonly strangers: number;
}

/** The one record that counts, or why none does. */
export type CountedRecords =
  | { readonly record: CountedRecord }
  | { readonly code: string; readonly message: string; readonly hint: string };

const MAX_RUNS = 4;
const AGAIN = 'Run the shard again that it belongs to: what is done already stays as it is.';

/**
 * Exactly one promotion by this plan, however many records tell of it: runs that overlapped each leave one, of the same source for the same targets. Where they are of
 * several runs, one signer must vouch for them all. A tag that was kept may have its record from an earlier plan, since a promotion adds none where one is.
 * Any other plan's record says that somebody else did it, past gates that nobody approved here.
 */
export function countRecords(target: PlannedTarget, found: FoundRecords): CountedRecords {
  const own = found.accepted.filter(({ record }) => record.planDigest === target.planDigest);
  const runs = [...new Set(own.map(nameRun))];
  const contradiction = findContradiction(own, runs.length);
  if (contradiction !== undefined) {
    const message = `${own.length} records of this plan, which ${contradiction}.`;
    return { code: 'DUPLICATE_RECORD', message, hint: 'Find out who wrote them, and make a plan again.' };
  }
  const counted = own.length === 0 && target.action === 'keep' ? found.accepted.slice(0, 1) : own;
  const [newest] = counted;
  if (newest !== undefined) return { record: describeCounted(newest, counted.length - 1, runs) };
  if (found.accepted.length > 0) {
    const plans = found.accepted.map(({ record }) => record.planDigest);
    const message = `Promoted, but by another plan: ${[...new Set(plans)].slice(0, 4).join(', ')}.`;
    return { code: 'OTHER_PROMOTION', message, hint: 'Make a plan again, and have it approved.' };
  }
  if (found.refused.length > 0) return { code: 'OTHER_PROMOTION', message: found.refused.join(' '), hint: AGAIN };
  const [code, what] =
    found.strangers > 0
      ? ['UNTRUSTED_SIGNER', 'No promotion record by a trusted signer.']
      : ['NOT_PROMOTED', 'No promotion record.'];
  const others = found.others.map((sentence) => (sentence.endsWith('.') ? sentence : `${sentence}.`));
  return { code, message: [what, ...others].join(' '), hint: AGAIN };
}

/** Records of one promotion differ in nothing but who ran when, and what was found then. */
function findContradiction(own: readonly AcceptedRecord[], runs: number): string | undefined {
  const count = (tell: (each: AcceptedRecord) => unknown): number =>
    new Set(own.map((e) => JSON.stringify(tell(e)))).size;
  if (count(({ record }) => record.source) > 1) return 'name different sources';
  if (count(({ record }) => record.targets.toSorted()) > 1) return 'name different targets';
  if (count(({ record }) => record.environment ?? null) > 1) return 'name different environments';
  if (runs > 1 && count(({ signer }) => signer) > 1) return 'are by different runs, and not of one signer';
  return undefined;
}

/** A run is told by its id at its forge; undefined for one that has none, as of a command line outside a pipeline. */
function nameRun({ record: { repository, runId } }: AcceptedRecord): string | undefined {
  return runId === undefined ? undefined : `${repository ?? ''}#${runId}`;
}

function describeCounted(
  { record, signer, manifest }: AcceptedRecord,
  copies: number,
  runs: readonly (string | undefined)[],
): CountedRecord {
  const { planDigest, actor, runUrl, finishedAt, vulnerabilities } = record;
  return {
    ...(manifest === undefined ? {} : { manifest }),
    ...{ planDigest, signer },
    ...(actor === undefined ? {} : { actor }),
    ...(runUrl === undefined ? {} : { runUrl }),
    finishedAt,
    ...(vulnerabilities === undefined ? {} : { vulnerabilities }),
    ...(copies === 0 ? {} : { copies }),
    ...(runs.length > 1 ? { note: describeRuns(runs) } : {}),
  };
}

function describeRuns(runs: readonly (string | undefined)[]): string {
  const names = runs.slice(0, MAX_RUNS).map((run) => run ?? 'one without an id');
  return `Carried out by several runs, by the same plan and signer: ${names.join(', ')}${runs.length > MAX_RUNS ? ' and more' : ''}.`;
}
