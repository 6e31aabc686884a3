import type { PromotionRecord } from '../../src/chain/record.ts';
import { digestOf } from '../../src/image/digest.ts';

/** A record of dev.test/app for prod.test/app:1.0; `changes` make it another. */
export function sampleRecord(changes: Partial<PromotionRecord> = {}): PromotionRecord {
  return {
    source: { reference: 'dev.test/app:1.0', digest: digestOf('the image') },
    targets: ['prod.test/app:1.0'],
    gates: [],
    exceptions: [],
    signer: { name: 'cosign', version: '3.1.3', sha256: 'ab'.repeat(32), trustedAsGiven: false },
    policies: [],
    planDigest: digestOf('the plan'),
    inputAttestations: [],
    startedAt: '2026-11-21T10:00:00.000Z',
    finishedAt: '2026-11-21T10:01:00.000Z',
    ...changes,
  };
}
