import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ScannedPlatform, SEVERITIES } from '../image/finding.ts';
import { judgeDatabase } from '../policy/database-gate.ts';
import { judgeScan, type ScanVerdict } from '../policy/scan-gate.ts';
import { formatDate } from '../report/format.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import type { ImageStore } from '../transfer/store.ts';
import { renderSarif } from './findings-sarif.ts';
import type { Journal } from './journal.ts';
import type { ScanSummary } from './outcome.ts';
import { toGate } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import { type Scanner, scanGraph, writeScanReport } from './scanner.ts';

/** What the gates that need the image's bytes have to say. */
export interface ScanResult {
  readonly verdict: ScanVerdict | undefined;
  readonly scannedAt: Date;
}

/** Scans every platform and judges what was found. Refusals go into the journal; nothing is thrown for them. */
export async function runScanGates(
  image: { readonly graph: ImageGraph; readonly store: ImageStore },
  scanner: Scanner | undefined,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
  places: { readonly room: string; readonly results: string },
): Promise<ScanResult> {
  const scannedAt = ports.clock();
  if (scanner === undefined) {
    journal.gates.push({ name: 'Vulnerability scan', verdict: 'off', evidence: 'scan: off' });
    return { verdict: undefined, scannedAt };
  }
  const { policy } = request;
  const stale = judgeDatabase(scanner.database, policy.scan.maxDatabaseAge, scannedAt);
  const scans = await scanGraph(image.graph, image.store, scanner, places.room);
  const platforms = scans.map(({ scanned }) => scanned);
  for (const scanned of platforms) ports.log.info(describePlatform(scanned));
  const verdict = judgeScan(platforms, policy.scan, request.exceptions, request.source.repository, scannedAt);
  const reportPath = join(places.results, 'scan.json');
  const sarifPath = join(places.results, 'scan.sarif');
  await writeScanReport(image.graph.root.digest, scans, reportPath);
  await writeFile(
    sarifPath,
    renderSarif(request.source.repository, image.graph.root.digest, platforms, scanner.tool.version),
  );
  journal.scan = toSummary(scanner, platforms, verdict, reportPath, sarifPath);
  recordGates(stale, verdict, scanner, request, journal);
  return { verdict, scannedAt };
}

function recordGates(
  stale: ReturnType<typeof judgeDatabase>,
  verdict: ScanVerdict,
  scanner: Scanner,
  request: PromoteRequest,
  journal: Journal,
): void {
  const { mode, severity } = request.policy.scan;
  const staleness = stale === undefined ? [] : [stale];
  const updated = `${formatDate(scanner.database.updatedAt)} from ${scanner.database.source}`;
  const findings = [...staleness, ...verdict.refusals];
  if (mode === 'report') {
    const evidence = findings.map(({ message }) => message).join(' ') || 'nothing found that would refuse';
    journal.gates.push({ name: 'Vulnerability scan', verdict: 'reported', evidence });
    journal.notes.push(...findings.map(({ code, message }) => `${code} was reported, not enforced: ${message}`));
    return;
  }
  journal.gates.push(toGate('Scan database', staleness, `database of ${updated}`));
  const count = journal.scan?.platforms.length ?? 0;
  const passed = `${count} ${count === 1 ? 'platform' : 'platforms'} scanned, nothing of severity ${severity.join(', ')}`;
  journal.gates.push(toGate('Vulnerability scan', verdict.refusals, passed));
  journal.refusals.push(...findings);
}

function toSummary(
  { tool, database }: Scanner,
  platforms: readonly ScannedPlatform[],
  verdict: ScanVerdict,
  reportPath: string,
  sarifPath: string,
): ScanSummary {
  const scanner = `Trivy ${tool.version}`;
  return { platforms, counts: verdict.counts, scanner, database, reportPath, sarifPath, verdict };
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
