import { formatReference } from '../image/reference.ts';
import type { PromoteResult } from '../promote/outcome.ts';
import { codeSpan, escapeMarkdown } from '../report/escape.ts';
import { formatCount, formatDuration, formatShortDigest } from '../report/format.ts';
import { limitRows, renderTable } from '../report/table.ts';
import { listTroubles } from './item-text.ts';
import { type ItemOutcome, worstFirst } from './outcome.ts';

/** What GitHub's 1 MiB holds beside the rest. */
const MAX_ROWS = 2000;
const MAX_MESSAGE = 160;

const SIGNS: Readonly<Record<PromoteResult, string>> = {
  failed: '?&nbsp;**failed**',
  refused: '✗&nbsp;**refused**',
  promoted: '✓&nbsp;promoted',
  planned: '✓&nbsp;planned',
  unchanged: '✓&nbsp;unchanged',
};

/** A row for each image, those that need somebody first; what is left out is counted. */
export function renderItems(items: readonly ItemOutcome[]): string {
  const columns = [
    { title: '#', align: 'right' as const },
    ...['Target', 'Result', 'Digest, or why not', 'Findings'].map((title) => ({ title })),
    { title: 'Took', align: 'right' as const },
  ];
  return renderTable(columns, limitRows(worstFirst(items).map(toRow), MAX_ROWS));
}

function toRow({ number, outcome, begun }: ItemOutcome): string[] {
  const { targets, result, seconds } = outcome;
  return [
    String(number),
    targets.map(({ target }) => codeSpan(formatReference(target))).join('<br>'),
    begun ? SIGNS[result] : '–&nbsp;not&nbsp;begun',
    describeWhy(outcome, begun),
    countWorst(outcome),
    begun ? formatDuration(seconds * 1000).replaceAll(' ', '&nbsp;') : '',
  ];
}

/** Only what most policies look at: the scan reports have all. */
function countWorst({ scan }: ItemOutcome['outcome']): string {
  if (scan === undefined) return '';
  const { CRITICAL, HIGH } = scan.counts;
  const counts = [[CRITICAL, 'critical'] as const, [HIGH, 'high'] as const].filter(([count]) => count > 0);
  return counts.map(([count, name]) => `${formatCount(count)}&nbsp;${name}`).join(', ') || '–';
}

function describeWhy(outcome: ItemOutcome['outcome'], begun: boolean): string {
  if (!begun) return '';
  const [trouble, ...more] = listTroubles(outcome);
  if (trouble === undefined)
    return outcome.pinned === undefined ? '' : codeSpan(formatShortDigest(outcome.pinned.digest));
  const rest = more.length === 0 ? '' : ` (and ${more.map(({ code }) => codeSpan(code)).join(', ')})`;
  return `${codeSpan(trouble.code)} ${escapeMarkdown(shorten(trouble.message))}${rest}`;
}

/** A digest in full makes the column wide, and is in the log. */
function shorten(text: string): string {
  const short = text.replace(/\b(sha\d+:[a-f0-9]{12})[a-f0-9]{20,}/g, '$1');
  const chars = Array.from(short);
  return chars.length <= MAX_MESSAGE ? short : `${chars.slice(0, MAX_MESSAGE - 1).join('')}…`;
}
