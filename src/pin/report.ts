import { DomainError, describeError } from '../base/error.ts';
import { codeSpan, escapeMarkdown } from '../report/escape.ts';
import { formatCount, formatDuration } from '../report/format.ts';
import { joinBlocks, renderAlert, renderDetails, renderHeading, renderList } from '../report/markdown.ts';
import { limitRows, renderTable } from '../report/table.ts';
import { limitBytes, MAX_SUMMARY_BYTES } from '../report/truncate.ts';
import { listRefusals, type PinOutcome } from './outcome.ts';
import { renderChanges } from './pull-request-body.ts';

const CUT = '_The rest was cut: a job summary holds 1 MiB. The log has all of it._';
const MAX_ROWS = 100;

/** The job summary of a run: the verdict, old and new of each image, what became of it, what stayed as it was. Below 1 MiB, the runner's limit. */
export function renderPinSummary(outcome: PinOutcome): string {
  const markdown = joinBlocks([
    renderHeading(2, renderHeadline(outcome)),
    renderTrouble(outcome),
    outcome.changes.length === 0 ? undefined : renderChanges(outcome.changes),
    renderPublished(outcome),
    renderFindings(outcome),
    renderLeft(outcome),
    renderFooter(outcome),
  ]);
  return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}

function renderHeadline(outcome: PinOutcome): string {
  const { result, changes, dryRun, environment } = outcome;
  const place = environment === undefined ? '' : ` (${environment})`;
  const files = new Set(changes.map(({ file }) => file)).size;
  const what = `${formatCount(changes.length, 'place')} in ${formatCount(files, 'file')}`;
  const headline = {
    changed: dryRun ? `Would pin ${what}` : `Pinned ${what}`,
    unchanged: 'Nothing to pin',
    refused: `Pin refused: ${formatCount(listRefusals(outcome).length, 'finding')}, no file was written`,
    failed: changes.length > 0 ? `Pinned ${what}, and then failed` : 'Pin failed: no file was written',
  }[result];
  return escapeMarkdown(`${headline}${place}`);
}

function renderTrouble({ undecided, error }: PinOutcome): string | undefined {
  const troubles = [
    ...(error === undefined ? [] : [{ image: undefined, error }]),
    ...undecided.map(({ image, error: cause }) => ({ image, error: cause })),
  ];
  if (troubles.length === 0) return undefined;
  const items = troubles.slice(0, MAX_ROWS).map(({ image, error: cause }) => {
    const code = cause instanceof DomainError ? cause.code : 'FAILED';
    return `${image === undefined ? '' : `${codeSpan(image)} `}${codeSpan(code)} ${escapeMarkdown(describeError(cause))}`;
  });
  const hints = troubles.flatMap(({ error: cause }) => (cause instanceof DomainError ? (cause.hint ?? []) : []));
  const next = [...new Set(hints)].map((hint) => `**Next:** ${escapeMarkdown(hint)}`);
  return renderAlert('WARNING', joinBlocks([renderList(items), ...next]));
}

function renderPublished({ published, ticket }: PinOutcome): string | undefined {
  const { commit, pushedTo, notPushed, pullRequest } = published;
  if (commit === undefined) return undefined;
  const to = pushedTo === undefined ? '' : `, pushed to ${codeSpan(pushedTo.branch)}`;
  const why = notPushed === undefined ? '' : `, not pushed: ${escapeMarkdown(notPushed)}`;
  const request =
    pullRequest === undefined
      ? []
      : [`Pull request [#${pullRequest.number}](${pullRequest.url}) ${pullRequest.isNew ? 'opened' : 'updated'}`];
  const lines = [`Commit ${codeSpan(commit)}${to}${why}`, ...request];
  return renderList(ticket === undefined ? lines : [...lines, `Ticket: ${escapeMarkdown(ticket)}`]);
}

function renderFindings({ findings }: PinOutcome): string | undefined {
  if (findings.length === 0) return undefined;
  const rows = findings.map(({ file, line, image, rule, message, level }) => [
    codeSpan(`${file}:${line ?? ''}`),
    codeSpan(image),
    `${codeSpan(rule)}${level === 'warning' ? ' (told)' : ''}`,
    escapeMarkdown(message),
  ]);
  const columns = ['Where', 'Image', 'Rule', 'Finding'].map((title) => ({ title }));
  return renderTable(columns, limitRows(rows, MAX_ROWS));
}

function renderLeft({ left, flaws }: PinOutcome): string | undefined {
  const rows = [
    ...flaws.map(({ file, line, message }) => [codeSpan(`${file}:${line}`), '', escapeMarkdown(message)]),
    ...left.map(({ use, why }) => [
      codeSpan(`${use.file}:${use.line}`),
      use.text === '' ? '' : codeSpan(use.text),
      escapeMarkdown(why),
    ]),
  ];
  if (rows.length === 0) return undefined;
  const columns = ['Where', 'Image', 'Why'].map((title) => ({ title }));
  const title = `${formatCount(rows.length, 'place')} left as ${rows.length === 1 ? 'it is' : 'they are'}`;
  return renderDetails(title, renderTable(columns, limitRows(rows, MAX_ROWS)));
}

function renderFooter({ policies, verify, scan, files, uses, seconds }: PinOutcome): string {
  const rules = policies.length === 0 ? 'the defaults and the inputs' : policies.join(', ');
  const ways = [...(verify === 'off' ? [] : [`verify: ${verify}`]), ...(scan === 'off' ? [] : [`scan: ${scan}`])];
  const looked = `${formatCount(uses, 'image')} in ${formatCount(files, 'file')}`;
  return escapeMarkdown(
    `Looked at ${looked}. By ${[rules, ...ways].join('; ')}. Took ${formatDuration(seconds * 1000)}.`,
  );
}
