import { formatReference } from '../image/reference.ts';
import { renderVerification } from '../promote/verification.ts';
import { codeSpan, escapeMarkdown } from '../report/escape.ts';
import { formatCount, formatDuration } from '../report/format.ts';
import { joinBlocks, renderAlert, renderDetails, renderHeading, renderList } from '../report/markdown.ts';
import { limitBytes, MAX_SUMMARY_BYTES } from '../report/truncate.ts';
import { renderScan } from '../steps/render-scan.ts';
import { describeFailure, listTroubles, nameTargets, type Trouble } from './item-text.ts';
import { type BatchOutcome, countResults, type ItemOutcome } from './outcome.ts';
import { renderItems } from './report-table.ts';
import { formatShard } from './shard.ts';
import { isVulnerable } from './trim-outcome.ts';

const CUT =
  '_The rest was cut: a job summary holds 1 MiB. The output `images` and the results of the run have every image._';
/** Of how many refused images the summary shows what was found; that of the others is in the scan reports. */
export const MAX_SHOWN_SCANS = 20;
const MAX_NOTES = 20;

/** The job summary of a batch: how many ended how, what went wrong and what to do next, a row for each image, what was found in those that were refused. Below 1 MiB, the runner's limit. */
export function renderBatchSummary(outcome: BatchOutcome): string {
  const { items, seconds } = outcome;
  const markdown = joinBlocks([
    renderHeading(2, escapeMarkdown(renderHeadline(outcome))),
    renderTrouble(outcome),
    renderPlan(outcome),
    renderNotes(items),
    items.length === 0 ? 'This share of the batch has no image: there was nothing to do.' : renderItems(items),
    ...renderScans(items),
    renderOneVerification(items),
    `Took ${formatDuration(seconds * 1000)}.`,
  ]);
  return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}

function renderHeadline({ items, total, shard, environment, result, error }: BatchOutcome): string {
  const place = environment === undefined ? '' : ` (${environment})`;
  const share = shard === undefined ? '' : `, shard ${formatShard(shard)} of ${formatCount(total)}`;
  const counts = countResults(items);
  const names = ['failed', 'refused', 'not begun', 'promoted', 'planned', 'unchanged'] as const;
  const parts = names.flatMap((name) => (counts[name] === 0 ? [] : [`${formatCount(counts[name])} ${name}`]));
  const word = error !== undefined || result === 'failed' ? 'Batch failed' : WORDS[result];
  return `${word}: ${parts.join(', ') || 'no image'}${share}${place}`;
}

const WORDS = {
  promoted: 'Batch promoted',
  unchanged: 'Batch already promoted',
  planned: 'Plan of a batch, waiting for approval',
  refused: 'Batch not promoted whole',
  failed: 'Batch failed',
} as const;

/** Each kind of trouble once, with how many images have it, and what to do. What ended the whole batch is not told again of the images that it ended. */
function renderTrouble({ items, error }: BatchOutcome): string | undefined {
  const whole = error === undefined ? [] : [describeFailure(error)];
  const each = items.filter(({ begun }) => begun).flatMap(({ outcome }) => keepFirst(listTroubles(outcome)));
  const others = each.filter(({ code }) => whole.every((ended) => ended.code !== code));
  if (whole.length + each.length === 0) return undefined;
  const byCode = [...Map.groupBy(others, ({ code }) => code)].sort((a, b) => b[1].length - a[1].length);
  const lines = [
    ...whole.map(({ code, message, hint }) => `${codeSpan(code)} ${escapeMarkdown(message)}${renderNext(hint)}`),
    ...byCode.map(([code, those]) => {
      const hints = [...new Set(those.flatMap(({ hint }) => hint ?? []))];
      const [hint] = hints.length === 1 ? hints : [];
      return `${codeSpan(code)} ${formatCount(those.length, 'image')}${renderNext(hint)}`;
    }),
  ];
  const isFailed = error !== undefined || items.some(({ outcome }) => outcome.result === 'failed');
  return renderAlert(isFailed ? 'WARNING' : 'CAUTION', joinBlocks([renderList(lines), describeRest(items)]));
}

/** Where the images of one kind each have a fix of their own, the table leads to them. */
function renderNext(hint: string | undefined): string {
  return hint === undefined ? '' : `. **Next:** ${escapeMarkdown(hint)}`;
}

/** An image with two reasons of one kind is one image. */
function keepFirst(troubles: readonly Trouble[]): Trouble[] {
  return [...new Map(troubles.toReversed().map((trouble) => [trouble.code, trouble])).values()].toReversed();
}

function describeRest(items: readonly ItemOutcome[]): string {
  const { promoted, unchanged, planned } = countResults(items);
  const done = promoted + unchanged;
  if (done > 0) {
    return `${formatCount(done, 'image')} ${done === 1 ? 'is' : 'are'} at the target. Run the batch again once this is mended: what is done is skipped.`;
  }
  return planned > 0 ? 'The others are in the plan.' : 'No tag of this batch was written.';
}

function renderPlan({ plan, dryRun, items }: BatchOutcome): string | undefined {
  if (plan === undefined) return undefined;
  const digest = codeSpan(plan.digest);
  if (!dryRun) return `Carried out: the plan ${digest}.`;
  const left = items.length - plan.count;
  const without =
    left > 0 ? ` ${formatCount(left, 'image')} that cannot be promoted ${left === 1 ? 'is' : 'are'} not in it.` : '';
  return `Nothing was written. The plan ${digest} has ${formatCount(plan.count, 'image')}, cut for ${formatCount(plan.shards, 'job')}.${without} Once approved, the jobs that apply it must be given ${codeSpan('plan')}, ${codeSpan('plan-digest')} and, from ${codeSpan('matrix')}, ${codeSpan('shard')}.`;
}

/** What was found and not enforced, each once, with how many images it was found in. */
function renderNotes(items: readonly ItemOutcome[]): string | undefined {
  const notes = items.flatMap(({ outcome }) => outcome.notes.map((note) => ({ note, outcome })));
  if (notes.length === 0) return undefined;
  const lines = notes
    .slice(0, MAX_NOTES)
    .map(({ note, outcome }) => `${codeSpan(nameTargets(outcome))} ${escapeMarkdown(note)}`);
  const rest = notes.length - lines.length;
  return renderAlert('WARNING', renderList(rest === 0 ? lines : [...lines, `and ${formatCount(rest)} more`]));
}

function renderScans(items: readonly ItemOutcome[]): (string | undefined)[] {
  const refused = items.filter(({ outcome }) => isVulnerable(outcome) && (outcome.scan?.platforms.length ?? 0) > 0);
  return refused.slice(0, MAX_SHOWN_SCANS).map(({ outcome }) => {
    const found = renderScan(outcome);
    return found === undefined ? undefined : renderDetails(`What refuses ${nameTargets(outcome)}`, found);
  });
}

/** How one of them is checked; the others are checked alike. */
function renderOneVerification(items: readonly ItemOutcome[]): string | undefined {
  for (const { outcome } of items) {
    const text = renderVerification(outcome);
    const first = outcome.targets[0];
    if (text !== undefined && first !== undefined) {
      return renderDetails(`How to verify them, shown for ${formatReference(first.target)}`, text);
    }
  }
  return undefined;
}
