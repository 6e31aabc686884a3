import { type Finding, type ScannedPlatform, SEVERITIES, type Severity } from '../image/finding.ts';
import type { Repository } from '../image/reference.ts';
import type { EffectiveScan } from './effective.ts';
import { type Exception, findException } from './exceptions.ts';
import { countFindings, groupByFinding } from './finding-counts.ts';
import { judgeGap, type UsedAllowance } from './incomplete-scan.ts';
import type { BlockingFinding, Refusal } from './refusal.ts';

/** What the scan of an image comes to. */
export interface ScanVerdict {
  /** What refuses in the mode enforce; in the mode report the same is told and does not refuse. Which it is, the caller knows. */
  readonly refusals: readonly Refusal[];
  /** All findings, whether they gate or not. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** What gates, worst first. */
  readonly blocking: readonly BlockingFinding[];
  /** Exceptions without which something would block. */
  readonly usedExceptions: readonly Exception[];
  /** Exceptions that would have let something pass, had they not expired. */
  readonly expiredExceptions: readonly Exception[];
  /** Gaps that the policy allows. */
  readonly allowedIncomplete: readonly UsedAllowance[];
}

const MAX_NAMED = 5;

/** Judges the scan of every platform of an image. `exceptions` are those beside the policy's own; `image` is what allowances are matched with. */
export function judgeScan(
  platforms: readonly ScannedPlatform[],
  scan: EffectiveScan,
  exceptions: readonly Exception[],
  image: Repository,
  now: Date,
): ScanVerdict {
  const gaps = platforms.map((platform) => judgeGap(platform, scan.allowIncomplete, image, now));
  const all = [...scan.ignore, ...exceptions];
  const used = new Set<Exception>();
  const expired = new Set<Exception>();
  const found: { platform: string; finding: Finding }[] = [];
  for (const { platform, findings } of platforms) {
    for (const finding of findings.filter((candidate) => isGated(candidate, scan))) {
      const exception = findException(finding, all, now);
      if (exception.used !== undefined) {
        used.add(exception.used);
        continue;
      }
      for (const entry of exception.expired) expired.add(entry);
      found.push({ platform, finding });
    }
  }
  const blocking = [...groupByFinding(found)].sort(compareFindings);
  return {
    refusals: [
      ...(platforms.length === 0 ? [nothingScanned()] : []),
      ...gaps.flatMap((gap) => (gap.kind === 'refused' ? [gap.refusal] : [])),
      ...(blocking.length === 0 ? [] : [refuseFindings(blocking, [...expired])]),
    ],
    counts: countFindings(platforms),
    blocking,
    usedExceptions: [...used],
    expiredExceptions: [...expired],
    allowedIncomplete: gaps.flatMap((gap) => (gap.kind === 'allowed' ? [gap.allowance] : [])),
  };
}

function isGated(finding: Finding, { severity, ignoreUnfixed }: EffectiveScan): boolean {
  if (finding.suppressedBy !== undefined || !severity.includes(finding.severity)) return false;
  return !ignoreUnfixed || Boolean(finding.fixedVersion);
}

function refuseFindings(blocking: readonly BlockingFinding[], expired: readonly Exception[]): Refusal {
  const named = blocking.slice(0, MAX_NAMED).map(describeFinding);
  const more = blocking.length > MAX_NAMED ? [`${blocking.length - MAX_NAMED} more`] : [];
  const ended = expired.map(
    ({ id, expires, source }) => ` The exception for ${id} in ${source} ended: ${expires ?? ''}.`,
  );
  const fixable = blocking.some(({ fixedVersion }) => fixedVersion);
  return {
    code: 'VULNERABLE',
    message: `${blocking.length === 1 ? '1 finding blocks' : `${blocking.length} findings block`}: ${[...named, ...more].join('; ')}.${ended.slice(0, MAX_NAMED).join('')}`,
    hint: `${fixable ? 'Rebuild the image with the fixed versions' : 'There is no fix yet: replace the package'}, or accept a finding in the policy's scan.ignore with reason and expires.`,
    findings: blocking,
  };
}

function describeFinding({ id, severity, package: name, installedVersion, fixedVersion }: BlockingFinding): string {
  const fix = fixedVersion ? `fixed in ${fixedVersion}` : 'no fix yet';
  return `${id} (${severity}) in ${name} ${installedVersion}, ${fix}`;
}

function compareFindings(a: Finding, b: Finding): number {
  const bySeverity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return bySeverity || compareText(a.id, b.id) || compareText(a.package, b.package);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function nothingScanned(): Refusal {
  return {
    code: 'SCAN_INCOMPLETE',
    message: 'Nothing was scanned: the image has no platform.',
    hint: 'Check what the source is; for an artifact that is no image, set scan: off.',
  };
}
