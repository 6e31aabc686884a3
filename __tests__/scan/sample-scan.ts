import { parseReference } from '../../src/image/reference.ts';
import type { ImageOutcome, ScanOutcome } from '../../src/scan/outcome.ts';
import { DIGEST, sampleScan } from '../promote/sample-outcome.ts';

/** An image that was scanned and is clean; `changes` make it another. */
export function sampleImage(changes: Partial<ImageOutcome> = {}): ImageOutcome {
  return {
    ...{ image: parseReference('qa.test/app:1'), result: 'clean', digest: DIGEST, scan: sampleScan() },
    ...{ gates: [], refusals: [], notes: [], attestation: undefined, error: undefined },
    ...changes,
  };
}

/** The outcome of a run over these images. */
export function sampleScanOutcome(images: readonly ImageOutcome[], changes: Partial<ScanOutcome> = {}): ScanOutcome {
  return {
    ...{ images, result: 'clean', environment: undefined, attest: true, sarifPath: '/r/scan.sarif', seconds: 2 },
    trust: { anchor: undefined, publicKey: 'PEM', transparencyLog: false, trustedRoot: undefined },
    error: undefined,
    ...changes,
  };
}
