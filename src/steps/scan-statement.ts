import type { Statement } from '../chain/statement.ts';
import { makeVuln, type VulnFacts, type VulnPredicate } from '../chain/vuln.ts';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import { judgeDatabase } from '../policy/database-gate.ts';
import type { EffectiveScan } from '../policy/effective.ts';
import type { ScanVerdict } from '../policy/scan-gate.ts';
import type { PlatformScan } from '../scanner/scan.ts';
import type { Scanner } from './scanner.ts';

/** A scan as it was made. */
export interface MadeScan {
  readonly verdict: ScanVerdict | undefined;
  readonly scannedAt: Date;
  readonly finishedAt: Date;
  readonly scans: readonly PlatformScan[];
}

/** True for a scan that may be attested. One that only reports may have found what refuses: one such attestation spoils the verification of its type for ever. */
export function mayAttest(
  { database }: Pick<Scanner, 'database'>,
  { maxDatabaseAge }: EffectiveScan,
  { verdict, scannedAt }: Pick<MadeScan, 'verdict' | 'scannedAt'>,
): boolean {
  const isStale = judgeDatabase(database, maxDatabaseAge, scannedAt) !== undefined;
  return verdict !== undefined && verdict.refusals.length === 0 && !isStale;
}

/** The scan of an image as cosign's vulnerability attestation; its subject is the image in one repository. */
export function makeScanStatement(
  image: { readonly repository: Repository; readonly digest: Digest },
  { tool, database }: Pick<Scanner, 'tool' | 'database'>,
  { scans, scannedAt, finishedAt }: MadeScan,
  { severity, ignoreUnfixed, from }: EffectiveScan,
  run: VulnFacts['run'],
): Statement<VulnPredicate> {
  return makeVuln({
    ...{ ...image, scannerVersion: tool.version, database, run },
    reports: scans.map(({ scanned, report }) => ({ platform: scanned.platform, report })),
    parameters: [`severity=${severity.join(',')}`, `ignore-unfixed=${ignoreUnfixed}`, `from=${from}`],
    startedAt: scannedAt,
    finishedAt,
  });
}
