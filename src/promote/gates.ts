import type { Digest } from '../image/digest.ts';
import type { Gate } from '../policy/gate.ts';
import type { ScanVerdict } from '../policy/scan-gate.ts';
import type { PlatformScan } from '../scanner/scan.ts';
import type { Scanner } from '../steps/scanner.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import type { ImageStore } from '../transfer/store.ts';
import type { AttestedSbom } from './attested-sbom.ts';
import type { Journal } from './journal.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';

/** What the gates that need the image's bytes have to say. */
export interface ScanResult {
  readonly verdict: ScanVerdict | undefined;
  readonly scannedAt: Date;
  /** When all that was scanned had been. */
  readonly finishedAt: Date;
  /** Of every platform, with Trivy's own report; none when the scan is off. */
  readonly scans: readonly PlatformScan[];
}

/** What is scanned: the image as it was fetched, or, where the policy scans those, the SBOMs that gatherSourceEvidence verified. */
export interface ScannedImageSource {
  readonly graph: ImageGraph;
  readonly store: ImageStore;
  readonly sboms: ReadonlyMap<Digest, AttestedSbom>;
}

/** What came of the scan, and what it means for the promotion. */
export interface ScanGates extends Pick<Journal, 'scan' | 'gates' | 'refusals' | 'notes'> {
  readonly result: ScanResult;
}

/** Scans every platform and judges what was found; nothing is thrown for a refusal. */
export async function runScanGates(
  image: ScannedImageSource,
  scanner: Scanner | undefined,
  request: PromoteRequest,
  ports: PromotePorts,
  places: { readonly room: string; readonly results: string },
): Promise<ScanGates> {
  if (scanner === undefined) {
    const scannedAt = ports.clock();
    const gate: Gate = { name: 'Vulnerability scan', verdict: 'off', evidence: 'scan: off' };
    const result = { verdict: undefined, scannedAt, finishedAt: scannedAt, scans: [] };
    return { result, scan: undefined, gates: [gate], refusals: [], notes: [] };
  }
  const { scanAndJudge } = await import('../steps/scan-gates.ts');
  const { policy, exceptions, source, category = source.repository } = request;
  const scanned = { ...image, repository: source.repository, category };
  const judged = await scanAndJudge(scanned, scanner, { scan: policy.scan, exceptions }, ports, places);
  const { verdict, scannedAt, finishedAt, scans, summary, gates, refusals, notes } = judged;
  return {
    result: { verdict, scannedAt, finishedAt, scans },
    ...{ scan: summary, gates: [...gates], refusals: [...refusals], notes: [...notes] },
  };
}

/** Writes down what the gates said, and refusals with it. */
export function noteScanGates({ result, scan, gates, refusals, notes }: ScanGates, journal: Journal): ScanResult {
  journal.scan = scan;
  journal.gates.push(...gates);
  journal.refusals.push(...refusals);
  journal.notes.push(...notes);
  return result;
}
