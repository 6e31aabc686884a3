import type { Digest } from '../image/digest.ts';
import type { ScanVerdict } from '../policy/scan-gate.ts';
import type { PlatformScan } from '../scanner/scan.ts';
import { scanAndJudge } from '../steps/scan-gates.ts';
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

/** Scans every platform and judges what was found. Refusals go into the journal; nothing is thrown for them. */
export async function runScanGates(
  image: ScannedImageSource,
  scanner: Scanner | undefined,
  request: PromoteRequest,
  ports: PromotePorts,
  journal: Journal,
  places: { readonly room: string; readonly results: string },
): Promise<ScanResult> {
  if (scanner === undefined) {
    const scannedAt = ports.clock();
    journal.gates.push({ name: 'Vulnerability scan', verdict: 'off', evidence: 'scan: off' });
    return { verdict: undefined, scannedAt, finishedAt: scannedAt, scans: [] };
  }
  const { policy, exceptions, source } = request;
  const scanned = { ...image, repository: source.repository };
  const judged = await scanAndJudge(scanned, scanner, { scan: policy.scan, exceptions }, ports, places);
  journal.scan = judged.summary;
  journal.gates.push(...judged.gates);
  journal.refusals.push(...judged.refusals);
  journal.notes.push(...judged.notes);
  const { verdict, scannedAt, finishedAt, scans } = judged;
  return { verdict, scannedAt, finishedAt, scans };
}
