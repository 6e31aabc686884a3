import { describeError, DomainError } from '../base/error.ts';
import { SEVERITIES } from '../image/finding.ts';
import { formatReference } from '../image/reference.ts';
import { codeSpan, escapeMarkdown } from '../report/escape.ts';
import { formatCount, formatDate, formatDuration } from '../report/format.ts';
import { joinBlocks, renderAlert, renderDetails, renderHeading, renderList } from '../report/markdown.ts';
import { type PathArrival, pathDiagram } from '../report/mermaid.ts';
import { limitRows, renderTable } from '../report/table.ts';
import { limitBytes, MAX_SUMMARY_BYTES } from '../report/truncate.ts';
import type { Gate, Outcome, ScanSummary } from './outcome.ts';
import { renderVerification } from './verification.ts';

const MAX_FINDING_ROWS = 200;
const SIGNS: Readonly<Record<Gate['verdict'], string>> = {
  passed: '✅&nbsp;passed',
  refused: '❌&nbsp;refused',
  reported: '⚠️&nbsp;reported',
  off: '➖&nbsp;off',
};

/** The job summary of a promotion: what happened, the way it took, what every gate rests on, and how to check it. Below 1 MiB, the runner's limit. */
export function renderSummary(outcome: Outcome): string {
  const markdown = joinBlocks([
    renderHeading(2, renderTitle(outcome)),
    renderVerdict(outcome),
    renderPath(outcome),
    renderFacts(outcome),
    renderGates(outcome.gates),
    outcome.scan === undefined ? undefined : renderScan(outcome.scan),
    outcome.notes.length === 0
      ? undefined
      : joinBlocks([renderHeading(3, 'Notes'), renderList(outcome.notes.map(escapeMarkdown))]),
    renderVerification(outcome),
  ]);
  return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, '_The rest was cut: a job summary holds 1 MiB. The scan report has everything._');
}

function renderTitle({ result, source }: Outcome): string {
  const words: Readonly<Record<Outcome['result'], string>> = {
    promoted: 'Promoted',
    unchanged: 'Already promoted',
    planned: 'Would be promoted',
    refused: 'Refused',
    failed: 'Failed',
  };
  return `${words[result]}: ${codeSpan(formatReference(source))}`;
}

function renderVerdict(outcome: Outcome): string {
  const untouched = outcome.targetTouched
    ? 'The target may hold untagged content by digest. No tag points at it, and a rerun picks it up.'
    : 'Nothing was written to the target.';
  switch (outcome.result) {
    case 'promoted':
    case 'unchanged':
      return renderAlert('TIP', renderList(outcome.targets.map((t) => `${codeSpan(pin(outcome, formatReference(t.target)))} ${t.result}`)));
    case 'planned':
      return renderAlert('NOTE', `Dry run: every gate passed. ${untouched}`);
    case 'refused':
      return renderAlert('CAUTION', joinBlocks([renderList(outcome.refusals.map(renderRefusal)), untouched]));
    case 'failed':
      return renderAlert('WARNING', joinBlocks([renderError(outcome.error), describeLeft(outcome, untouched)]));
  }
}

function describeLeft(outcome: Outcome, untouched: string): string {
  const written = outcome.targets.filter(({ result }) => result === 'promoted');
  if (written.length === 0) return untouched;
  return `These tags were written: ${written.map(({ target }) => codeSpan(formatReference(target))).join(', ')}.`;
}

function renderRefusal({ code, message, hint }: Outcome['refusals'][number]): string {
  return `**${code}** ${escapeMarkdown(message)}${hint === undefined ? '' : `\n*${escapeMarkdown(hint)}*`}`;
}

function renderError(error: unknown): string {
  const code = error instanceof DomainError ? `**${error.code}** ` : '';
  const hint = error instanceof DomainError && error.hint !== undefined ? `\n\n*${escapeMarkdown(error.hint)}*` : '';
  return `It could not be decided. ${code}${escapeMarkdown(describeError(error))}${hint}`;
}

function renderPath(outcome: Outcome): string {
  const arrivals: Readonly<Record<Outcome['result'], PathArrival>> = {
    promoted: 'written',
    unchanged: 'unchanged',
    planned: 'planned',
    refused: 'blocked',
    failed: 'blocked',
  };
  const verdicts = { passed: 'passed', refused: 'refused', reported: 'reported', off: 'skipped' } as const;
  const gates = outcome.gates.map(({ name, verdict }) => ({ name, verdict: verdicts[verdict] }));
  const undecided = outcome.result === 'failed' ? [{ name: 'Not decided', verdict: 'undecided' as const }] : [];
  const diagram = pathDiagram({
    source: formatReference(outcome.source),
    gates: [...gates, ...undecided],
    targets: outcome.targets.map(({ target }) => formatReference(target)),
    arrival: arrivals[outcome.result],
  });
  return ['```mermaid', diagram, '```'].join('\n');
}

function renderFacts(outcome: Outcome): string {
  const { pinned, environment, plan, scan } = outcome;
  const rows: (readonly [string, string] | undefined)[] = [
    ['Source', codeSpan(formatReference(outcome.source))],
    ['Digest', pinned === undefined ? 'not resolved' : codeSpan(pinned.digest)],
    ...outcome.targets.map(({ target, result }) => ['Target', `${codeSpan(formatReference(target))} ${result}`] as const),
    environment === undefined ? undefined : ['Environment', escapeMarkdown(environment)],
    scan === undefined
      ? undefined
      : ['Scanner', `${escapeMarkdown(scan.scanner)}, database of ${formatDate(scan.database.updatedAt)} (${codeSpan(scan.database.digest)})`],
    outcome.evidence.length === 0 ? undefined : ['Evidence', outcome.evidence.map(({ predicateType }) => codeSpan(predicateType)).join('<br>')],
    outcome.referrers === 0 ? undefined : ['Carried over', formatCount(outcome.referrers, 'referrer')],
    plan === undefined ? undefined : ['Plan', codeSpan(plan.digest)],
    ['Time', formatDuration(outcome.seconds * 1000)],
  ];
  const present = rows.filter((row): row is readonly [string, string] => row !== undefined);
  return renderTable([{ title: '' }, { title: '' }], present);
}

function renderGates(gates: readonly Gate[]): string | undefined {
  if (gates.length === 0) return undefined;
  const rows = gates.map(({ name, verdict, evidence }) => [escapeMarkdown(name), SIGNS[verdict], escapeMarkdown(evidence)]);
  return joinBlocks([
    renderHeading(3, 'Gates'),
    renderTable([{ title: 'Gate' }, { title: 'Verdict' }, { title: 'What it rests on' }], rows),
  ]);
}

function renderScan(scan: ScanSummary): string {
  const columns = [{ title: 'Platform' }, ...SEVERITIES.map((title) => ({ title, align: 'right' as const })), { title: 'Scan' }];
  const rows = scan.platforms.map((platform) => [
    codeSpan(platform.platform),
    ...SEVERITIES.map((severity) => String(platform.findings.filter((f) => f.severity === severity).length)),
    platform.complete ? 'complete' : `**incomplete**: ${escapeMarkdown(platform.reason)}`,
  ]);
  return joinBlocks([renderHeading(3, 'Vulnerabilities'), renderTable(columns, rows), renderBlocking(scan), renderExceptions(scan)]);
}

function renderBlocking({ verdict }: ScanSummary): string | undefined {
  const blocking = verdict.refusals.flatMap((refusal) => refusal.findings ?? []);
  if (blocking.length === 0) return undefined;
  const rows = blocking.map((finding) => [
    escapeMarkdown(finding.id),
    finding.severity,
    escapeMarkdown(finding.package),
    escapeMarkdown(finding.installedVersion),
    escapeMarkdown(finding.fixedVersion ?? 'no fix yet'),
    finding.platforms.map(codeSpan).join(' '),
  ]);
  const columns = ['Vulnerability', 'Severity', 'Package', 'Installed', 'Fixed in', 'Platforms'].map((title) => ({ title }));
  const table = renderTable(columns, limitRows(rows, MAX_FINDING_ROWS));
  return renderDetails(`${formatCount(blocking.length, 'finding')} that block`, table, { open: blocking.length <= 20 });
}

function renderExceptions({ verdict }: ScanSummary): string | undefined {
  const used = verdict.usedExceptions.map(
    ({ id, reason, expires, source }) =>
      `${escapeMarkdown(id)}: ${escapeMarkdown(reason ?? 'no reason given')}, until ${escapeMarkdown(expires ?? 'for ever')} (${escapeMarkdown(source)})`,
  );
  const incomplete = verdict.allowedIncomplete.map(
    ({ platform, reason, expires }) => `${codeSpan(platform)} may be incomplete: ${escapeMarkdown(reason)}, until ${expires}`,
  );
  const expired = verdict.expiredExceptions.map(
    ({ id, expires, source }) => `${escapeMarkdown(id)} expired on ${escapeMarkdown(expires ?? '')} (${escapeMarkdown(source)})`,
  );
  const items = [...used, ...incomplete, ...expired];
  return items.length === 0 ? undefined : joinBlocks([renderHeading(4, 'Exceptions'), renderList(items)]);
}

function pin(outcome: Outcome, target: string): string {
  return outcome.pinned === undefined ? target : `${target}@${outcome.pinned.digest}`;
}
