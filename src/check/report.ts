import { DomainError, describeError } from '../base/error.ts';
import { codeSpan, escapeMarkdown } from '../report/escape.ts';
import { formatCount, formatDuration } from '../report/format.ts';
import { joinBlocks, renderAlert, renderDetails, renderHeading, renderList } from '../report/markdown.ts';
import { limitRows, renderTable } from '../report/table.ts';
import { limitBytes, MAX_SUMMARY_BYTES } from '../report/truncate.ts';
import type { CheckFinding, ExcusedFinding } from './finding.ts';
import { type CheckOutcome, listViolations } from './outcome.ts';

const CUT = '_The rest was cut: a job summary holds 1 MiB. The log and the `sarif` output have every finding._';
/** A table for each file is for reading: what is beyond has the log and SARIF. */
const MAX_FILES = 100;
const MAX_ROWS = 50;
const MAX_TROUBLES = 20;
const MAX_HINTS = 5;

/** The job summary of a check: the verdict, what to do next, the findings of each file, what is excepted. Below 1 MiB, the runner's limit. */
export function renderCheckSummary(outcome: CheckOutcome): string {
  const markdown = joinBlocks([
    renderHeading(2, renderHeadline(outcome)),
    renderTrouble(outcome),
    renderHints(outcome),
    ...renderFiles(outcome.findings),
    renderExcused(outcome.excused),
    renderFooter(outcome),
  ]);
  return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}

function renderHeadline(outcome: CheckOutcome): string {
  const { result, uses, files, environment, undecided } = outcome;
  const place = environment === undefined ? '' : ` (${environment})`;
  const looked = `${formatCount(uses, 'image')}${files === 0 ? '' : ` in ${formatCount(files, 'file')}`}`;
  const count = listViolations(outcome).length;
  if (result === 'passed') return escapeMarkdown(`Checked: ${looked}${place}`);
  const found = count === 0 ? [] : [formatCount(count, 'finding')];
  const open = undecided.length === 0 ? [] : [`${formatCount(undecided.length, 'image')} could not be decided`];
  if (found.length === 0 && open.length === 0) return escapeMarkdown(`Check failed${place}`);
  return escapeMarkdown(`Check: ${[...found, ...open].join(', ')} in ${looked}${place}`);
}

function renderTrouble({ undecided, error }: CheckOutcome): string | undefined {
  const whole = error === undefined ? [] : [{ image: undefined, error }];
  const troubles = [...whole, ...undecided];
  if (troubles.length === 0) return undefined;
  const items = troubles.slice(0, MAX_TROUBLES).map(({ image, error: cause }) => {
    const code = cause instanceof DomainError ? cause.code : 'FAILED';
    const name = image === undefined ? '' : `${codeSpan(image)} `;
    return `${name}${codeSpan(code)} ${escapeMarkdown(describeError(cause))}`;
  });
  const rest = troubles.length - items.length;
  const hints = troubles.flatMap(({ error: cause }) => (cause instanceof DomainError ? (cause.hint ?? []) : []));
  return renderAlert(
    'WARNING',
    joinBlocks([
      renderList(rest === 0 ? items : [...items, `and ${formatCount(rest)} more`]),
      ...[...new Set(hints)].slice(0, MAX_HINTS).map((hint) => `**Next:** ${escapeMarkdown(hint)}`),
    ]),
  );
}

/** What to do, once for each rule that is broken. */
function renderHints(outcome: CheckOutcome): string | undefined {
  const byRule = [...Map.groupBy(listViolations(outcome), ({ rule }) => rule)];
  if (byRule.length === 0) return undefined;
  const items = byRule.map(([rule, same]) => {
    const hints = [...new Set(same.map(({ hint }) => hint))];
    const [hint = ''] = hints;
    return `${codeSpan(rule)} ${formatCount(same.length)}: ${escapeMarkdown(hint)}`;
  });
  return renderAlert('CAUTION', renderList(items));
}

function renderFiles(findings: readonly CheckFinding[]): string[] {
  const byFile = [...Map.groupBy(findings, ({ file }) => file)];
  const tables = byFile
    .slice(0, MAX_FILES)
    .map(([file, own]) => joinBlocks([renderHeading(3, nameFile(file)), renderFindings(own)]));
  const rest = byFile.length - tables.length;
  return rest <= 0 ? tables : [...tables, `… and ${formatCount(rest, 'more file', 'more files')} with findings.`];
}

function nameFile(file: string): string {
  return file === '-' ? 'Standard input' : codeSpan(file);
}

function renderFindings(findings: readonly CheckFinding[]): string {
  const hasLines = findings.some(({ line }) => line !== undefined);
  const columns = [
    hasLines ? { title: 'Line', align: 'right' as const } : { title: 'Where' },
    ...['Image', 'Rule', 'Finding'].map((title) => ({ title })),
  ];
  const rows = findings.map(({ line, where, image, rule, message, level }) => [
    line === undefined ? escapeMarkdown(where) : String(line),
    image === '' ? '' : codeSpan(image),
    level === 'warning' ? `${codeSpan(rule)} (reported)` : codeSpan(rule),
    escapeMarkdown(message),
  ]);
  return renderTable(columns, limitRows(rows, MAX_ROWS));
}

function renderExcused(excused: readonly ExcusedFinding[]): string | undefined {
  if (excused.length === 0) return undefined;
  const columns = ['Where', 'Image', 'Rule', 'Until', 'Reason', 'By'].map((title) => ({ title }));
  const rows = excused.map(({ file, line, where, image, rule, exception }) => [
    line === undefined ? escapeMarkdown(where) : `${codeSpan(file)} ${line}`,
    codeSpan(image),
    codeSpan(rule),
    escapeMarkdown(exception.expires),
    escapeMarkdown(exception.reason),
    escapeMarkdown(exception.source),
  ]);
  const title = `${formatCount(excused.length, 'finding')} excepted by a policy`;
  return renderDetails(title, renderTable(columns, limitRows(rows, MAX_ROWS)));
}

function renderFooter({ policies, verify, scan, ignored, seconds }: CheckOutcome): string {
  const rules = policies.length === 0 ? 'the defaults and the inputs' : policies.join(', ');
  const ways = [...(verify === 'off' ? [] : [`verify: ${verify}`]), ...(scan === 'off' ? [] : [`scan: ${scan}`])];
  const left =
    ignored.length === 0 ? '' : ` Not looked at, as no image is named there: ${ignored.slice(0, 20).join(', ')}.`;
  const text = `By ${[rules, ...ways].join('; ')}.${left} Took ${formatDuration(seconds * 1000)}.`;
  return escapeMarkdown(text);
}
