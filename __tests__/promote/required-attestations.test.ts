import { describe, expect, it } from '@jest/globals';
import { type AttestationResult, checkAttestations } from '../../src/promote/required-attestations.ts';
import type { SourcePlatform } from '../../src/promote/source-platforms.ts';
import {
  AMD64,
  ARM64,
  type Attached,
  approve,
  makeEvidenceContext,
  makeReader,
  manifestOf,
  ROOT,
  requestUnder,
} from './evidence-sample.ts';
import { NOW } from './fake-ports.ts';

const VULN = 'https://cosign.sigstore.dev/attestation/vuln/v1';
const PROVENANCE = 'https://slsa.dev/provenance/v1';
const HOUR = 3_600_000;

const POLICY = {
  signers: [{ role: 'scan', key: 'keys/scan.pub' }],
  attestations: { require: [{ type: VULN, role: 'scan', maxAge: '24h' }] },
};

function scanOf(hours: number, more: Partial<Attached> = {}): Attached {
  const scanFinishedOn = new Date(NOW.getTime() - hours * HOUR).toISOString();
  return { by: 'keys/scan.pub', about: ROOT, type: VULN, predicate: { metadata: { scanFinishedOn } }, ...more };
}

async function check(
  attached: readonly Attached[],
  platforms?: readonly SourcePlatform[],
  policies: readonly object[] = [POLICY],
): Promise<AttestationResult> {
  return checkAttestations(makeEvidenceContext(await requestUnder(policies), makeReader(attached), platforms));
}
const codesOf = ({ refusals }: AttestationResult) => refusals.map(({ code }) => code);

describe('a required attestation', () => {
  it('is found on the digest, and the evidence says who signed it and how old it is', async () => {
    const result = await check([scanOf(3)]);
    expect(result.refusals).toEqual([]);
    expect(result.evidence).toEqual([`${VULN} by keys/scan.pub, 3h old`]);
    expect(result.accepted.map(({ found }) => found.signer)).toEqual(['keys/scan.pub']);
  });

  it('on the root is enough for an index, whose manifests are not even read', async () => {
    const request = await requestUnder([POLICY]);
    const platforms = { list: () => Promise.reject(new Error('was read')) };
    const context = { ...makeEvidenceContext(request, makeReader([scanOf(3)])), platforms };
    expect((await checkAttestations(context)).refusals).toEqual([]);
  });

  it('may be on every platform of an index instead; the oldest counts for how old it is', async () => {
    const attached = [scanOf(3, { about: AMD64.digest }), scanOf(5, { about: ARM64.digest })];
    const result = await check(attached, [AMD64, ARM64]);
    expect(result.refusals).toEqual([]);
    expect(result.evidence).toEqual([`${VULN} by keys/scan.pub on each of its 2 platforms, 5h old`]);
    expect(result.accepted).toHaveLength(2);
  });

  it('that one platform lacks is refused for this platform', async () => {
    const result = await check([scanOf(3, { about: AMD64.digest })], [AMD64, ARM64]);
    expect(result.refusals).toMatchObject([{ code: 'ATTESTATION_MISSING', platform: 'linux/arm64' }]);
    expect(result.accepted).toEqual([]);
  });

  it('that all platforms lack is refused once', async () => {
    const { refusals } = await check([], [AMD64, ARM64]);
    expect(refusals).toMatchObject([{ code: 'ATTESTATION_MISSING', policies: ['p0.yml'] }]);
    expect(refusals[0]?.message).toMatch(/Nor has any of its 2 platforms\.$/);
  });

  it('of an index without platforms is refused, and nothing stands for it', async () => {
    expect(codesOf(await check([], []))).toEqual(['ATTESTATION_MISSING']);
  });

  it.each<[string, readonly Attached[], string]>([
    ['nothing', [], 'ATTESTATION_MISSING'],
    ['one by a stranger', [scanOf(3, { by: 'keys/dev.pub' })], 'ATTESTATION_MISSING'],
    ['one of another type', [scanOf(3, { type: PROVENANCE })], 'ATTESTATION_MISSING'],
    ['a signature', [{ by: 'keys/scan.pub', about: ROOT }], 'ATTESTATION_MISSING'],
    ['one that is too old', [scanOf(25)], 'ATTESTATION_STALE'],
    ['one of the time to come', [scanOf(-1)], 'ATTESTATION_INVALID'],
    ['one that says no time', [scanOf(3, { predicate: {} })], 'ATTESTATION_INVALID'],
  ])('is not %s', async (_, attached, code) => {
    expect(codesOf(await check(attached))).toEqual([code]);
  });

  it('that is too old on the root is not made up for by younger ones on the platforms', async () => {
    const attached = [scanOf(25), scanOf(3, { about: AMD64.digest })];
    expect(codesOf(await check(attached, [AMD64]))).toEqual(['ATTESTATION_STALE']);
  });

  it('by two policies that trust others must be by both, and all that lacks is told together', async () => {
    const other = { ...POLICY, signers: [{ role: 'scan', key: 'keys/qa.pub' }] };
    expect(codesOf(await check([scanOf(3), scanOf(3, { by: 'keys/qa.pub' })], undefined, [POLICY, other]))).toEqual([]);
    expect(codesOf(await check([scanOf(3)], undefined, [POLICY, other]))).not.toEqual([]);
    const wanting = {
      ...POLICY,
      attestations: {
        require: [
          { type: VULN, role: 'scan' },
          { type: PROVENANCE, role: 'scan' },
        ],
      },
    };
    expect(codesOf(await check([], undefined, [wanting]))).toEqual(['ATTESTATION_MISSING', 'ATTESTATION_MISSING']);
  });
});

describe('an attestation that an approved plan rests on', () => {
  const relied = (by: string) => ({
    ...{ kind: 'attestation' as const, type: VULN, signer: by },
    digest: manifestOf(by, ROOT, VULN),
  });
  const policy = { ...POLICY, signers: [...POLICY.signers, { role: 'scan', key: 'keys/qa.pub' }] };
  const signerOf = async (attached: readonly Attached[], approvedBy: string) => {
    const request = approve(await requestUnder([policy]), [relied(approvedBy)]);
    const { accepted } = await checkAttestations(makeEvidenceContext(request, makeReader(attached)));
    return accepted.map(({ found }) => found.signer);
  };

  it('comes before a newer one', async () => {
    const attached = [scanOf(3), scanOf(1, { by: 'keys/qa.pub' })];
    expect(await signerOf(attached, 'keys/scan.pub')).toEqual(['keys/scan.pub']);
    expect(await signerOf(attached, 'keys/dev.pub')).toEqual(['keys/qa.pub']);
  });

  it('does not when it is too old by now', async () => {
    expect(await signerOf([scanOf(25), scanOf(1, { by: 'keys/qa.pub' })], 'keys/scan.pub')).toEqual(['keys/qa.pub']);
  });
});

describe('the record of the former stage', () => {
  const RECORD = 'https://promote-image.github.io/promotion/v1';
  const policy = {
    signers: [{ role: 'promotion', key: 'keys/qa.pub' }],
    attestations: { require: [{ type: RECORD, role: 'promotion', environment: 'qa' }] },
  };

  it.each<[string, object, readonly string[]]>([
    ['is of another environment', { environment: 'dev', targets: ['dev.test/app:1'] }, ['ATTESTATION_INVALID']],
    ['approved another tag', { environment: 'qa', targets: ['dev.test/app:2'] }, ['ATTESTATION_INVALID']],
    ['is of another repository', { environment: 'qa', targets: ['other.test/app:1'] }, ['ATTESTATION_INVALID']],
  ])('is refused when it %s', async (_, predicate, codes) => {
    const record: Attached = { by: 'keys/qa.pub', about: ROOT, type: RECORD, predicate };
    expect(codesOf(await check([record], undefined, [policy]))).toEqual(codes);
  });

  it('is refused when a signer of another role made it', async () => {
    const both = { ...policy, signers: [...policy.signers, { role: 'source', key: 'keys/dev.pub' }] };
    const record: Attached = { by: 'keys/dev.pub', about: ROOT, type: RECORD, predicate: {} };
    expect(codesOf(await check([record], undefined, [both]))).toEqual(['ATTESTATION_MISSING']);
  });
});
