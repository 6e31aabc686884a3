import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Log } from '../base/ports.ts';
import type { Digest } from '../image/digest.ts';
import { type ScannedPlatform, SEVERITIES } from '../image/finding.ts';
import type { Repository } from '../image/reference.ts';
import { judgeDatabase } from '../policy/database-gate.ts';
import type { EffectiveScan } from '../policy/effective.ts';
import type { Exception } from '../policy/exceptions.ts';
import { type Gate, toGate } from '../policy/gate.ts';
import type { Refusal } from '../policy/refusal.ts';
import { judgeScan, type ScanVerdict } from '../policy/scan-gate.ts';
import { renderSarif } from '../report/findings-sarif.ts';
import { formatDate } from '../report/format.ts';
import type { PlatformScan } from '../scanner/scan.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import type { ImageStore } from '../transfer/store.ts';
import type { ScanSummary } from './scan-summary.ts';
import { type Scanner, scanAttested, scanGraph, writeScanReport } from './scanner.ts';

/** What is scanned, and what it is called. */
export interface ScannedImage {
  readonly repository: Repository;
  readonly graph: ImageGraph;
  readonly store: ImageStore;
  /** The attested SBOM of each platform, where the policy scans those. */
  readonly sboms: ReadonlyMap<Digest, { readonly bytes: Uint8Array }>;
  /** What its alerts are filed under; its repository when absent. */
  readonly category?: string;
}

/** What counts in a scan. */
export interface ScanRules {
  readonly scan: EffectiveScan;
  /** Beside those of the policy. */
  readonly exceptions: readonly Exception[];
}

/** A scan and what the policy says of it. Nothing is thrown for a refusal; in the mode report, `refusals` are empty and `notes` tell of them. */
export interface JudgedScan {
  readonly verdict: ScanVerdict;
  readonly scannedAt: Date;
  /** When all that was scanned had been. */
  readonly finishedAt: Date;
  /** Of every platform, with Trivy's own report. */
  readonly scans: readonly PlatformScan[];
  readonly summary: ScanSummary;
  readonly gates: readonly Gate[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly string[];
}

/** Scans every platform, judges what was found, and keeps Trivy's reports and the findings as SARIF in `places.results`. */
export async function scanAndJudge(
  image: ScannedImage,
  scanner: Scanner,
  { scan, exceptions }: ScanRules,
  { log, clock }: { readonly log: Log; readonly clock: Clock },
  places: { readonly room: string; readonly results: string },
): Promise<JudgedScan> {
  const scannedAt = clock();
  const stale = judgeDatabase(scanner.database, scan.maxDatabaseAge, scannedAt);
  const { from } = scan;
  const scans =
    from === 'sbom'
      ? await scanAttested(image.graph, image.sboms, scanner, places.room)
      : await scanGraph(image.graph, image.store, scanner, places.room);
  const finishedAt = clock();
  const platforms = scans.map(({ scanned }) => scanned);
  for (const scanned of platforms) log.info(describePlatform(scanned));
  const verdict = judgeScan(platforms, scan, exceptions, image.repository, scannedAt);
  const { digest } = image.graph.root;
  const reportPath = join(places.results, 'scan.json');
  const sarifPath = join(places.results, 'scan.sarif');
  await writeScanReport(digest, scans, reportPath, from);
  await writeFile(sarifPath, renderSarif(image.repository, digest, platforms, scanner.tool.version, image.category));
  return {
    ...{ verdict, scannedAt, finishedAt, scans },
    summary: {
      ...{ platforms, counts: verdict.counts, verdict, reportPath, sarifPath, from },
      ...{ scanner: `Trivy ${scanner.tool.version}`, database: scanner.database },
    },
    ...conclude(stale, verdict, platforms.length, scanner, scan),
  };
}

function conclude(
  stale: Refusal | undefined,
  verdict: ScanVerdict,
  count: number,
  { database }: Scanner,
  { mode, severity, from }: EffectiveScan,
): Pick<JudgedScan, 'gates' | 'refusals' | 'notes'> {
  const staleness = stale === undefined ? [] : [stale];
  const findings = [...staleness, ...verdict.refusals];
  if (mode === 'report') {
    const evidence = findings.map(({ message }) => message).join(' ') || 'nothing found that would refuse';
    return {
      gates: [{ name: 'Vulnerability scan', verdict: 'reported', evidence: `${evidence}${tellSource(from)}` }],
      refusals: [],
      notes: findings.map(({ code, message }) => `${code} was reported, not enforced: ${message}`),
    };
  }
  const updated = `${formatDate(database.updatedAt)} from ${database.source}`;
  const passed = `${count} ${count === 1 ? 'platform' : 'platforms'} scanned, nothing of severity ${severity.join(', ')}${tellSource(from)}`;
  return {
    gates: [
      toGate('Scan database', staleness, `database of ${updated}`),
      toGate('Vulnerability scan', verdict.refusals, passed),
    ],
    refusals: findings,
    notes: [],
  };
}

/** Who approves must know that nobody looked at the layers. */
function tellSource(from: EffectiveScan['from']): string {
  return from === 'sbom' ? '; from its attested SBOM, which is weaker evidence than the layers' : '';
}

function describePlatform(scanned: ScannedPlatform): string {
  if (!scanned.complete) return `Could not judge ${scanned.platform}: ${scanned.reason}`;
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: scanned.findings.filter((finding) => finding.severity === severity).length,
  }));
  const found = counts.filter(({ count }) => count > 0).map(({ severity, count }) => `${count} ${severity}`);
  return `Scanned ${scanned.platform}: ${found.join(', ') || 'nothing found'}`;
}
