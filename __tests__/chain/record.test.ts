import { describe, expect, it } from '@jest/globals';
import { type PromotionRecord, RECORD_PREDICATE } from '../../src/chain/record.ts';
import { makeRecord } from '../../src/chain/record-schema.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { makeSampleRecord } from './evidence-room.ts';

const REPOSITORY = parseRepository('prod.test/app');
const DIGEST = digestOf('x');

describe('a promotion record', () => {
  it('is a statement whose subject names the target repository, since the signature alone does not', () => {
    expect(makeRecord(REPOSITORY, DIGEST, makeSampleRecord())).toMatchObject({
      subject: [{ name: 'prod.test/app', digest: { sha256: DIGEST.slice(7) } }],
      predicateType: RECORD_PREDICATE,
      predicate: { environment: 'production', targets: ['prod.test/app:1'] },
    });
  });

  it('may tell of the scan, the run and former stages', () => {
    const tool = { name: 'trivy', version: '0.72.0', sha256: DIGEST.slice(7), trustedAsGiven: true };
    const database = { source: 'm.test/db:2', digest: DIGEST, updatedAt: '2026-01-01T00:00:00Z', ageSeconds: 60 };
    const record = makeSampleRecord({
      revision: 'abc',
      revisionEvidence: 'label',
      ...{ actor: 'bob', workflow: 'w', repository: 'org/app', runUrl: 'https://x', runId: '1', runAttempt: 1 },
      exceptions: [{ id: 'CVE-1', reason: 'r', expires: '2027-01-01' }],
      scanner: { tool, database, javaDatabase: database, platforms: [{ platform: 'linux/amd64', digest: DIGEST }] },
      vulnerabilities: { CRITICAL: 0 },
      inputAttestations: [{ uri: 'oci://x', digest: { sha256: 'x' }, mediaType: 'a/b', content: 'e30=' }],
    });
    expect(makeRecord(REPOSITORY, DIGEST, record).predicate).toEqual(record);
  });

  it.each<[string, object]>([
    ['no target', { targets: [] }],
    ['a digest that is none', { planDigest: 'sha256:abc' }],
    ['a time that is not in UTC', { startedAt: '2026-01-01T00:00:00+01:00' }],
    ['a verdict that lets nothing pass', { gates: [{ name: 'n', verdict: 'refused', evidence: 'e' }] }],
    ['a field nobody knows', { surprise: true }],
  ])('is never written with %s', (_, more) => {
    const record = { ...makeSampleRecord(), ...more } as PromotionRecord;
    expect(() => makeRecord(REPOSITORY, DIGEST, record)).toThrow();
  });
});

describe('a record of today', () => {
  it('may tell on what it rests, what a channel left, and that an SBOM was scanned', () => {
    const tool = { name: 'trivy', version: '0.72.0', sha256: DIGEST.slice(7), trustedAsGiven: false };
    const database = { source: 'm.test/db:2', digest: DIGEST, updatedAt: '2026-01-01T00:00:00Z', ageSeconds: 60 };
    const record = makeSampleRecord({
      ...{ revision: 'abc', revisionEvidence: 'provenance' },
      sourceEvidence: [
        { kind: 'signature', type: 'cosign container image signature', signer: 'keys/dev.pub' },
        { kind: 'attestation', type: 'https://slsa.dev/provenance/v1', signer: 'a workflow', digest: DIGEST },
      ],
      previous: [{ target: 'prod.test/app:prod', digest: DIGEST }],
      scanner: { tool, database, platforms: [], from: 'sbom' },
      inputAttestations: [{ uri: 'oci://x', digest: { sha256: 'x' }, mediaType: 'a/b' }],
    });
    expect(makeRecord(REPOSITORY, DIGEST, record).predicate).toEqual(record);
  });

  it('never rests on evidence of an unknown kind', () => {
    const record = { ...makeSampleRecord(), revisionEvidence: 'hearsay' } as unknown as PromotionRecord;
    expect(() => makeRecord(REPOSITORY, DIGEST, record)).toThrow();
  });
});
