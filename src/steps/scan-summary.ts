import type { Digest } from '../image/digest.ts';
import type { ScannedPlatform, Severity } from '../image/finding.ts';
import type { ScanVerdict } from '../policy/scan-gate.ts';

/** What the scan saw. */
export interface ScanSummary {
  /** What was scanned: the layers, also when absent, or the attested SBOM. */
  readonly from?: 'image' | 'sbom';
  readonly platforms: readonly ScannedPlatform[];
  readonly verdict: ScanVerdict;
  /** All findings, whether they refuse or not. */
  readonly counts: Readonly<Record<Severity, number>>;
  readonly scanner: string;
  readonly database: { readonly source: string; readonly digest: Digest; readonly updatedAt: Date };
  readonly reportPath: string;
  readonly sarifPath: string;
}
