import { markControl } from '../base/text.ts';
import { codeSpan, escapeMarkdown } from '../report/escape.ts';
import { formatCount } from '../report/format.ts';
import { joinBlocks, renderAlert, renderHeading, renderLink } from '../report/markdown.ts';
import { limitRows, renderTable } from '../report/table.ts';
import { formatCounts, formatTime } from './format.ts';
import type { FleetOutcome, VerifyResult } from './outcome.ts';
import { sortByTrouble } from './outputs.ts';
import type { RecordEntry } from './record-entry.ts';

/** GitHub draws a table of some thousand rows, slowly; the rest is counted. */
const MAX_ROWS = 2000;
const MAX_TROUBLES = 20;
const MAX_NAMES = 5;
const SIGNS = { verified: '✓&nbsp;verified', refused: '✗&nbsp;**refused**', failed: '?&nbsp;**undecided**' } as const;
const TITLES = ['Target', 'Verdict', 'From', 'Promoted', 'By', 'Findings then', 'Shard'];

/** What became of a plan, over all its shards: the totals, what is wrong, and a row for every target, what is wrong first. */
export function renderFleet(
  { plan, records }: FleetOutcome,
  { result, environment }: { readonly result: VerifyResult; readonly environment: string | undefined },
): string {
  const sorted = sortByTrouble(records);
  const bad = sorted.filter((entry) => entry.result !== 'verified');
  const place = environment === undefined ? '' : ` (${environment})`;
  const good = `${records.length - bad.length} of ${formatCount(records.length, 'target')}`;
  const verdict = result === 'verified' ? 'Verified' : 'Not verified';
  return joinBlocks([
    renderHeading(2, escapeMarkdown(`${verdict}: ${good} of the plan${place}`)),
    bad.length === 0 ? undefined : renderTroubles(bad),
    renderTotals(plan, records),
    renderTable(
      TITLES.map((title) => ({ title })),
      limitRows(sorted.map(renderEntry), MAX_ROWS),
    ),
  ]);
}

/** One line for the log. */
export function describeEntry({ target, digest, result, code, message, record, shard }: RecordEntry): string {
  const mark = { verified: '✓', refused: '✗', failed: '?' }[result];
  const whose = shard === undefined ? '' : ` [${shard}]`;
  const told =
    result === 'verified' && record !== undefined
      ? `recorded ${formatTime(record.finishedAt)} by ${record.signer}${record.note === undefined ? '' : `. ${record.note}`}`
      : `${code ?? 'FAILED'}: ${message ?? ''}`;
  // A text of a record must not forge a line of ours.
  return markControl(`${mark}${whose} ${target}@${digest} ${told}`);
}

function renderTroubles(bad: readonly RecordEntry[]): string {
  const lines = bad.slice(0, MAX_TROUBLES).map(({ item, target, code = '', message = '' }) => {
    return `- item ${item}, ${codeSpan(target)} ${codeSpan(code)} ${escapeMarkdown(message)}`;
  });
  const rest = bad.length - lines.length;
  const hints = new Set(bad.flatMap(({ hint }) => hint ?? []));
  return renderAlert(
    bad.some(({ result }) => result === 'refused') ? 'CAUTION' : 'WARNING',
    joinBlocks([
      [...lines, ...(rest === 0 ? [] : [`- and ${formatCount(rest)} more`])].join('\n'),
      ...[...hints].slice(0, MAX_NAMES).map((hint) => `**Next:** ${escapeMarkdown(hint)}`),
    ]),
  );
}

function renderTotals({ digest, items, shards }: FleetOutcome['plan'], records: readonly RecordEntry[]): string {
  const counted = records.flatMap(({ record }) => record ?? []);
  const signers = [...new Set(counted.map(({ signer }) => signer))].slice(0, MAX_NAMES).map(codeSpan);
  const runs = [...new Set(counted.flatMap(({ runUrl }) => runUrl ?? []))].slice(0, MAX_NAMES);
  const notes = new Set(counted.flatMap(({ note }) => note ?? []));
  const inShards = shards === 0 ? '' : ` in ${formatCount(shards, 'shard')}`;
  return [
    `- Plan ${codeSpan(digest)}: ${formatCount(items, 'image')}${inShards}`,
    `- Records that count: ${formatCount(counted.length)}, by ${signers.join(', ') || 'nobody'}`,
    ...(runs.length === 0 ? [] : [`- Runs: ${runs.map((url) => renderLink(escapeMarkdown(url), url)).join(', ')}`]),
    ...[...notes].slice(0, MAX_NAMES).map((note) => `- ${escapeMarkdown(note)}`),
    `- Findings then: ${escapeMarkdown(formatCounts(sumFindings(records)) ?? 'none')}`,
  ].join('\n');
}

/** An image with several tags was scanned once. */
function sumFindings(records: readonly RecordEntry[]): Record<string, number> {
  const scans = new Map(records.map(({ item, record }) => [item, record?.vulnerabilities ?? {}]));
  const sums: Record<string, number> = {};
  for (const [severity, count] of [...scans.values()].flatMap((each) => Object.entries(each))) {
    sums[severity] = (sums[severity] ?? 0) + count;
  }
  return sums;
}

function renderEntry({ target, source, result, code, record, shard }: RecordEntry): string[] {
  const time = record === undefined ? '' : escapeMarkdown(formatTime(record.finishedAt));
  return [
    codeSpan(target),
    code === undefined ? SIGNS[result] : `${SIGNS[result]} ${codeSpan(code)}`,
    codeSpan(source),
    record?.runUrl === undefined ? time : renderLink(time, record.runUrl),
    escapeMarkdown(record?.actor ?? record?.signer ?? ''),
    record === undefined ? '' : escapeMarkdown(formatCounts(record.vulnerabilities) ?? 'not scanned'),
    shard ?? '',
  ];
}
