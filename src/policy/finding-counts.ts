import type { Finding, ScannedPlatform, Severity } from '../image/finding.ts';
import type { BlockingFinding } from './refusal.ts';

/** Findings by severity, whether they gate or not, without those that VEX cleared. What several platforms share counts once; a single platform counts as the scanner lists it. */
export function countFindings(platforms: readonly ScannedPlatform[]): Readonly<Record<Severity, number>> {
  const most = new Map<string, { readonly severity: Severity; readonly count: number }>();
  for (const { findings } of platforms) {
    const present = findings.filter(({ suppressedBy }) => suppressedBy === undefined);
    for (const [key, group] of Map.groupBy(present, identify)) {
      const [first] = group;
      if (first !== undefined && group.length > (most.get(key)?.count ?? 0)) {
        most.set(key, { severity: first.severity, count: group.length });
      }
    }
  }
  const counts: Record<Severity, number> = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
  for (const { severity, count } of most.values()) counts[severity] += count;
  return counts;
}

/** The same finding on several platforms becomes one that names them. */
export function groupByFinding(
  found: readonly { readonly platform: string; readonly finding: Finding }[],
): readonly BlockingFinding[] {
  const groups = Map.groupBy(found, ({ finding }) => identify(finding));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [{ ...first.finding, platforms: [...new Set(group.map(({ platform }) => platform))] }];
  });
}

function identify({ id, package: name, installedVersion, severity }: Finding): string {
  return JSON.stringify([id, name, installedVersion, severity]);
}
