import { describe, expect, it } from '@jest/globals';
import { explainNoSbomSigner } from '../../src/promote/attested-sbom.ts';
import { findSboms, type SbomResult } from '../../src/promote/find-sboms.ts';
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

const CYCLONEDX = 'https://cyclonedx.org/bom';
const SPDX = 'https://spdx.dev/Document';
const ENFORCE = { scan: 'enforce' };

const policyOf = (...signers: readonly (readonly [role: string, key: string])[]) => ({
  scan: { mode: 'enforce', from: 'sbom' },
  signers: signers.map(([role, key]) => ({ role, key: `keys/${key}.pub` })),
});
const POLICY = policyOf(['scan', 'scan']);

function bomOf(name: string, timestamp = '2026-11-01T00:00:00Z'): object {
  return { bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { timestamp }, components: [{ name }] };
}
function attest(about: SourcePlatform['digest'], predicate: unknown, more: Partial<Attached> = {}): Attached {
  return { by: 'keys/scan.pub', about, type: CYCLONEDX, predicate, ...more };
}

async function find(
  attached: readonly Attached[],
  platforms?: readonly SourcePlatform[],
  policies: readonly object[] = [POLICY],
  inputs: Readonly<Record<string, string>> = ENFORCE,
): Promise<SbomResult> {
  return findSboms(makeEvidenceContext(await requestUnder(policies, inputs), makeReader(attached), platforms));
}
const textOf = ({ sboms }: SbomResult, digest = ROOT) => Buffer.from(sboms.get(digest)?.bytes ?? []).toString();

describe('the attested SBOM of an image', () => {
  it('is the document that was attested, and what was relied on says by whom', async () => {
    const result = await find([attest(ROOT, bomOf('a'))]);
    expect(JSON.parse(textOf(result))).toEqual(bomOf('a'));
    expect(result).toMatchObject({
      refusals: [],
      relied: [
        {
          kind: 'attestation',
          type: CYCLONEDX,
          signer: 'keys/scan.pub',
          digest: manifestOf('keys/scan.pub', ROOT, CYCLONEDX),
        },
      ],
      evidence: [`SBOM (${CYCLONEDX}) by keys/scan.pub`],
    });
  });

  it.each([SPDX, `${SPDX}/v2.3`, `${CYCLONEDX}/v1.6`])('may be of the type %s', async (type) => {
    const { sboms, refusals } = await find([attest(ROOT, { spdxVersion: 'SPDX-2.3' }, { type })]);
    expect(refusals).toEqual([]);
    expect(sboms.get(ROOT)?.type).toBe(type);
  });

  it.each<[string, unknown]>([
    ['its Data', { Data: bomOf('a'), Timestamp: 'x' }],
    ['a text in its Data', { Data: JSON.stringify(bomOf('a')) }],
    ['a text', JSON.stringify(bomOf('a'))],
    ['the predicate, whatever its Data is', { ...bomOf('a'), Data: bomOf('b') }],
  ])('may be %s', async (_, predicate) => {
    expect(JSON.parse(textOf(await find([attest(ROOT, predicate)])))).toMatchObject(bomOf('a'));
  });

  it.each<[unknown, string]>([
    ['SPDXVersion: SPDX-2.3', 'SPDXVersion: SPDX-2.3'],
    [{ Data: 'SPDXVersion: SPDX-2.3' }, 'SPDXVersion: SPDX-2.3'],
    [null, 'null'],
    [7, '7'],
  ])('that is no JSON document is handed on as it is, for the scan to judge: %j', async (predicate, text) => {
    expect(textOf(await find([attest(ROOT, predicate)]))).toBe(text);
  });

  it('is the newest of several', async () => {
    const old = attest(ROOT, bomOf('old', '2026-10-01T00:00:00Z'));
    const undated = attest(ROOT, { bomFormat: 'CycloneDX' });
    expect(textOf(await find([old, attest(ROOT, bomOf('new')), undated]))).toContain('"new"');
  });

  it('is the one that an approved plan rests on, while it is there', async () => {
    const byDev = { by: 'keys/dev.pub' };
    const attached = [attest(ROOT, bomOf('old', '2026-10-01T00:00:00Z'), byDev), attest(ROOT, bomOf('new'))];
    const request = await requestUnder([policyOf(['scan', 'scan'], ['source', 'dev'])], ENFORCE);
    const digest = manifestOf('keys/dev.pub', ROOT, CYCLONEDX);
    const approved = approve(request, [{ kind: 'attestation', type: CYCLONEDX, signer: 'keys/dev.pub', digest }]);
    const nameIn = async (attachedNow: readonly Attached[]) =>
      textOf(await findSboms(makeEvidenceContext(approved, makeReader(attachedNow))));
    expect(await nameIn(attached)).toContain('"old"');
    expect(await nameIn(attached.slice(1))).toContain('"new"');
  });

  it('is asked of every platform of an index', async () => {
    const attached = [attest(AMD64.digest, bomOf('a')), attest(ARM64.digest, bomOf('b'), { type: SPDX })];
    const result = await find(attached, [AMD64, ARM64]);
    expect(result.refusals).toEqual([]);
    expect(textOf(result, AMD64.digest)).toContain('"a"');
    expect(textOf(result, ARM64.digest)).toContain('"b"');
  });

  it('may be on the root where the index has one platform only', async () => {
    const attached = [attest(ROOT, bomOf('a'))];
    expect(textOf(await find(attached, [AMD64]), AMD64.digest)).toContain('"a"');
    expect((await find(attached, [AMD64, ARM64])).refusals).toHaveLength(2);
  });

  it('that one platform lacks is refused for it', async () => {
    const { refusals } = await find([attest(AMD64.digest, bomOf('a'))], [AMD64, ARM64]);
    expect(refusals).toMatchObject([{ code: 'ATTESTATION_MISSING', platform: 'linux/arm64', policies: ['p0.yml'] }]);
    expect(refusals[0]?.message).toContain('keys/scan.pub');
  });

  it('is not asked of what is no image', async () => {
    const chart = { ...ARM64, names: [], isImage: false };
    expect((await find([attest(ROOT, bomOf('a'))], [AMD64, chart])).refusals).toEqual([]);
  });

  it('by a stranger is none, and the refusal says what was found instead', async () => {
    const { refusals, sboms } = await find([attest(ROOT, bomOf('a'), { by: 'keys/dev.pub' })]);
    expect(refusals).toMatchObject([
      { code: 'ATTESTATION_MISSING', message: expect.stringContaining('by keys/dev.pub') },
    ]);
    expect(sboms.size).toBe(0);
  });

  it('that is missing refuses nothing where the scan only reports', async () => {
    const policy = { ...POLICY, scan: { mode: 'report', from: 'sbom' } };
    expect(await find([], undefined, [policy], { scan: 'report' })).toMatchObject({ refusals: [], evidence: [] });
  });
});

describe('who may attest an SBOM', () => {
  it.each(['source', 'scan'])('is a signer of the role %s', async (role) => {
    const { refusals } = await find([attest(ROOT, bomOf('a'))], undefined, [policyOf([role, 'scan'])]);
    expect(refusals).toEqual([]);
  });

  it('is not a signer of promotions', async () => {
    const policies = [policyOf(['promotion', 'scan'], ['source', 'dev'])];
    expect((await find([attest(ROOT, bomOf('a'))], undefined, policies)).refusals).toHaveLength(1);
  });

  it('is each policy’s to say: of two that name others, both must have attested the same document', async () => {
    const policies = [POLICY, policyOf(['source', 'dev'])];
    const byScan = attest(ROOT, bomOf('a'));
    expect((await find([byScan, { ...byScan, by: 'keys/dev.pub' }], undefined, policies)).refusals).toEqual([]);
    const another = attest(ROOT, bomOf('b'), { by: 'keys/dev.pub' });
    expect((await find([byScan, another], undefined, policies)).refusals).toHaveLength(1);
  });

  it('is the signer that the inputs name, where no policy names any', async () => {
    const inputs = { ...ENFORCE, 'source-key': 'keys/dev.pub' };
    const byDev = [attest(ROOT, bomOf('a'), { by: 'keys/dev.pub' })];
    expect((await find(byDev, undefined, [policyOf()], inputs)).refusals).toEqual([]);
    expect((await find(byDev, undefined, [POLICY], inputs)).refusals).toHaveLength(1);
  });

  it('must be known before anything is asked', async () => {
    await expect(find([], undefined, [policyOf()])).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('scan.from: sbom'),
    });
    const { policy } = await requestUnder([POLICY], ENFORCE);
    expect(explainNoSbomSigner(policy, undefined)).toBeUndefined();
    expect(explainNoSbomSigner({ ...policy, signers: [] }, undefined)).toContain('scan.from: sbom');
    const ofImages = { ...policy, signers: [], scan: { ...policy.scan, from: 'image' as const } };
    expect(explainNoSbomSigner(ofImages, undefined)).toBeUndefined();
  });
});
