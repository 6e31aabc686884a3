import { type ScannedPlatform, SEVERITIES, type Severity } from '../image/finding.ts';
import type { Gate } from '../policy/gate.ts';
import type { BlockingFinding } from '../policy/refusal.ts';
import { codeSpan, escapeMarkdown } from '../report/escape.ts';
import { formatCount, formatDate } from '../report/format.ts';
import { joinBlocks, renderDetails, renderHeading, renderLink, renderList } from '../report/markdown.ts';
import { limitRows, renderTable } from '../report/table.ts';
import type { ScanSummary } from './scan-summary.ts';

const MAX_FINDING_ROWS = 200;
const MAX_OPEN_ROWS = 20;

/** What the scan found: counts per platform, the findings that refuse (or would), the exceptions used; undefined when nothing was scanned. */
export function renderScan({
  scan,
  gates,
}: {
  readonly scan: ScanSummary | undefined;
  readonly gates: readonly Gate[];
}): string | undefined {
  if (scan === undefined) return undefined;
  const isReport = gates.some(({ verdict }) => verdict === 'reported');
  return joinBlocks([
    renderHeading(3, 'Vulnerabilities'),
    `${escapeMarkdown(scan.scanner)}, with the database of ${formatDate(scan.database.updatedAt)}${scan.from === 'sbom' ? ', from its attested SBOM: weaker evidence than its layers' : ''}.`,
    renderPlatforms(scan),
    renderBlocking(scan, isReport ? 'would refuse' : 'refuse'),
    renderExceptions(scan),
  ]);
}

function renderPlatforms({ platforms }: ScanSummary): string {
  const found = SEVERITIES.filter((severity) => platforms.some((platform) => countOpen(platform, severity) > 0));
  const hasGap = platforms.some((platform) => describeGap(platform) !== undefined);
  if (found.length === 0 && !hasGap && platforms.length > 0) {
    return `No findings on ${platforms.map(({ platform }) => codeSpan(platform)).join(', ')}.`;
  }
  const columns = [
    { title: 'Platform' },
    ...found.map((severity) => ({ title: nameSeverity(severity), align: 'right' as const })),
    ...(hasGap ? [{ title: 'Scan' }] : []),
  ];
  const rows = platforms.map((platform) => [
    codeSpan(platform.platform),
    ...found.map((severity) => formatCount(countOpen(platform, severity))),
    describeGap(platform) ?? 'complete',
  ]);
  return renderTable(columns, rows);
}

/** What a VEX statement cleared is not counted, here as in the outputs. */
function countOpen({ findings }: ScannedPlatform, severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity && finding.suppressedBy === undefined).length;
}

/** Few findings mean nothing where the scan was incomplete, or nobody publishes findings any more. */
function describeGap(platform: ScannedPlatform): string | undefined {
  if (!platform.complete) return `incomplete: ${escapeMarkdown(platform.reason)}`;
  return platform.endOfLife === undefined ? undefined : `${escapeMarkdown(platform.endOfLife)} is past its end of life`;
}

function renderBlocking({ verdict, platforms }: ScanSummary, verb: 'refuse' | 'would refuse'): string | undefined {
  const { blocking } = verdict;
  if (blocking.length === 0) return undefined;
  const rows = blocking.map((finding) => [
    linkFinding(finding.id),
    nameSeverity(finding.severity),
    `${escapeMarkdown(finding.package)} ${escapeMarkdown(finding.installedVersion)}`,
    finding.fixedVersion ? escapeMarkdown(finding.fixedVersion) : 'no fix yet',
    nameWhere(finding, platforms.length),
  ]);
  const columns = ['Vulnerability', 'Severity', 'Package', 'Fixed in', 'Platforms'].map((title) => ({ title }));
  const table = renderTable(columns, limitRows(rows, MAX_FINDING_ROWS));
  const all =
    rows.length > MAX_FINDING_ROWS
      ? `The ${codeSpan('scan-report')} and ${codeSpan('sarif')} outputs name the files that have all.`
      : undefined;
  const title = `${formatCount(blocking.length, 'finding')} that ${verb === 'refuse' && blocking.length === 1 ? 'refuses' : verb}`;
  return renderDetails(title, joinBlocks([table, all]), { open: blocking.length <= MAX_OPEN_ROWS });
}

function nameWhere({ platforms }: BlockingFinding, count: number): string {
  return platforms.length === count && count > 1 ? 'all' : platforms.map(codeSpan).join(' ');
}

/** Only names of the two known forms lead anywhere. */
function linkFinding(id: string): string {
  const name = escapeMarkdown(id);
  if (/^CVE-\d{4}-\d{4,}$/.test(id)) return renderLink(name, `https://nvd.nist.gov/vuln/detail/${id}`);
  if (/^GHSA(-[a-z0-9]{4}){3}$/.test(id)) return renderLink(name, `https://github.com/advisories/${id}`);
  return name;
}

function nameSeverity(severity: Severity): string {
  return severity.charAt(0) + severity.slice(1).toLowerCase();
}

function renderExceptions({ verdict }: ScanSummary): string | undefined {
  const used = verdict.usedExceptions.map(
    ({ id, reason, expires, source }) =>
      `${escapeMarkdown(id)} accepted ${expires === undefined ? 'without an end' : `until ${escapeMarkdown(expires)}`}: ${escapeMarkdown(reason ?? 'no reason given')} (${escapeMarkdown(source)})`,
  );
  const incomplete = verdict.allowedIncomplete.map(
    ({ platform, gap, reason, expires, source }) =>
      `${codeSpan(platform)} accepted unjudged until ${escapeMarkdown(expires)}: ${escapeMarkdown(gap)}; ${escapeMarkdown(reason)} (${escapeMarkdown(source)})`,
  );
  const expired = verdict.expiredExceptions.map(
    ({ id, expires, source }) =>
      `${escapeMarkdown(id)} no longer accepted since ${escapeMarkdown(expires ?? '')} (${escapeMarkdown(source)})`,
  );
  const items = [...used, ...incomplete, ...expired];
  return items.length === 0 ? undefined : joinBlocks([renderHeading(4, 'Exceptions'), renderList(items)]);
}
