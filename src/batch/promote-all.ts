import { mapConcurrently } from '../base/concurrency.ts';
import { describeError } from '../base/error.ts';
import { formatReference } from '../image/reference.ts';
import { Journal } from '../promote/journal.ts';
import type { Kit } from '../promote/kit.ts';
import type { Outcome } from '../promote/outcome.ts';
import type { PromotePorts } from '../promote/ports.ts';
import type { promote } from '../promote/promote.ts';
import { openBatchLog } from './batch-log.ts';
import { BatchError } from './error.ts';
import { gatherResults } from './gather-results.ts';
import { nameTargets } from './item-text.ts';
import type { ItemOutcome } from './outcome.ts';
import { MAX_SHOWN_SCANS } from './report.ts';
import type { BatchItem, BatchRequest } from './request.ts';
import { isVulnerable, trimOutcome } from './trim-outcome.ts';

/** How one image is promoted, and how long the log may be silent meanwhile, in milliseconds. */
export interface Promoting {
  readonly promote: typeof promote;
  readonly beatMs: number;
}

/** Promotes the images, as many at once as was asked for; each ends in an outcome, and so does what is not begun since the run was cancelled, `fail-fast` stopped it, or its scanner could not be brought. */
export async function promoteAll(
  { items, maxParallel, failFast }: BatchRequest,
  ports: PromotePorts,
  kit: Kit,
  { promote: promoteOne, beatMs }: Promoting,
): Promise<ItemOutcome[]> {
  const log = openBatchLog(ports.log, items.length);
  const beat = setInterval(() => log.beat(), beatMs);
  const scanner = watchScanner(items, kit);
  let stopped: string | undefined;
  let shown = 0;
  try {
    return await mapConcurrently(items, maxParallel, async (item) => {
      const { number, request } = item;
      if (ports.signal.aborted) return leave(item, describeError(ports.signal.reason), ports);
      const why = stopped ?? (scans(item) ? scanner.missing : undefined);
      if (why !== undefined) return leave(item, why, ports);
      const held = log.openItem(nameItem(item));
      const outcome = await promoteOne(request, { ...ports, log: held }, kit).catch((error: unknown) =>
        new Journal(request, ports.clock).end('failed', error),
      );
      if (failFast && (outcome.result === 'failed' || outcome.result === 'refused')) {
        stopped ??= `fail-fast: ${nameTargets(outcome)} ${outcome.result === 'failed' ? 'failed' : 'was refused'}`;
      }
      const gathered = await gatherResults(number, outcome, kit.results).catch((error: unknown) => {
        held.warning(`what it left could not be put beside the rest: ${describeError(error)}`);
        return outcome;
      });
      const keepsFindings = isVulnerable(gathered) && shown++ < MAX_SHOWN_SCANS;
      const ended = { number, outcome: trimOutcome(gathered, keepsFindings), begun: true };
      await log.closeItem(ended, held);
      return ended;
    });
  } finally {
    clearInterval(beat);
  }
}

/** How promotions end of which none was begun. */
export function leaveAll(items: readonly BatchItem[], error: unknown, ports: PromotePorts): ItemOutcome[] {
  return items.map((item) => leave(item, describeError(error), ports));
}

/** True for an image that Trivy will look at. */
export function scans({ request }: BatchItem): boolean {
  return request.policy.scan.mode !== 'off';
}

/** A scanner that does not come fails every image that needs it, after all of its bytes were read: those that were not begun need not be. */
function watchScanner(items: readonly BatchItem[], kit: Kit): { missing: string | undefined } {
  const watched: { missing: string | undefined } = { missing: undefined };
  if (items.some(scans)) {
    kit.scanner('enforce').catch((error: unknown) => {
      watched.missing = `the scanner could not be brought: ${describeError(error)}`;
    });
  }
  return watched;
}

function nameItem({ request: { targets } }: BatchItem): string {
  return targets.slice(0, 1).map(formatReference).join('');
}

function leave({ number, request }: BatchItem, why: string, { clock }: PromotePorts): ItemOutcome {
  const hint = 'Run the batch again: what is done is skipped.';
  const error = new BatchError('NOT_BEGUN', `it was not begun: ${why}`, { hint });
  const outcome: Outcome = new Journal(request, clock).end('failed', error);
  return { number, outcome, begun: false };
}
