import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { runSlsaVerifier } from '../../lab/slsa-verifier.ts';
import { makeVsa, promotedLevel, VSA_PREDICATE, VSA_VERIFIER, type VsaFacts } from '../../src/chain/vsa.ts';
import { vsaSchema } from '../../src/chain/vsa-schema.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { type CosignRoom, openCosignRoom, type RoomKey } from './cosign-room.ts';

/** Real cosign, beside whatever else the machine does. */
jest.setTimeout(60_000);

const DIGEST = digestOf('image');
const POLICY = { name: '.github/promote image.yml', digest: digestOf('policy') };
const make = (more: Partial<VsaFacts> = {}) =>
  makeVsa({
    repository: parseRepository('prod.test/app'),
    digest: DIGEST,
    environment: 'production',
    policies: [POLICY],
    inputAttestations: [{ uri: 'oci://dev.test/app@sha256:1', digest: { sha256: '1' }, content: 'e30=' }],
    versions: { 'promote-image': '1.0.0', cosign: '3.1.3' },
    verifiedAt: new Date('2026-11-21T08:40:00Z'),
    ...more,
  });

describe('a verification summary', () => {
  it('says what SLSA asks for, about the target repository', () => {
    expect(make({ level: 'SLSA_BUILD_LEVEL_2' })).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'prod.test/app', digest: { sha256: DIGEST.slice(7) } }],
      predicateType: VSA_PREDICATE,
      predicate: {
        verifier: { id: VSA_VERIFIER, version: { 'promote-image': '1.0.0', cosign: '3.1.3' } },
        timeVerified: '2026-11-21T08:40:00.000Z',
        resourceUri: 'oci://prod.test/app',
        policy: { uri: '.github/promote%20image.yml', digest: { sha256: POLICY.digest.slice(7) } },
        inputAttestations: [{ uri: 'oci://dev.test/app@sha256:1', digest: { sha256: '1' } }],
        verificationResult: 'PASSED',
        verifiedLevels: ['SLSA_BUILD_LEVEL_2', 'PROMOTED_PRODUCTION'],
        slsaVersion: '1.1',
      },
    });
  });

  it('names no SLSA level that nothing vouches for', () => {
    expect(make().predicate.verifiedLevels).toEqual(['PROMOTED_PRODUCTION']);
  });

  it('is about the images of an index as well, each once', () => {
    const child = digestOf('child');
    const digests = make({ children: [child, child, DIGEST] }).subject.map(({ digest }) => digest?.sha256);
    expect(digests).toEqual([DIGEST.slice(7), child.slice(7)]);
  });

  it('names several policies as one, and tells one list from another', () => {
    const other = { name: 'b.yml', digest: digestOf('other') };
    const both = make({ policies: [POLICY, other] }).predicate.policy;
    expect(both.uri).toBe('.github%2Fpromote%20image.yml,b.yml');
    expect(both.digest).not.toEqual(make({ policies: [POLICY] }).predicate.policy.digest);
    expect(both).not.toEqual(make({ policies: [POLICY, { ...other, digest: DIGEST }] }).predicate.policy);
    expect(make({ policies: [] }).predicate.policy).toMatchObject({ uri: 'about:blank' });
  });

  it('is what its own schema reads', () => {
    const { predicate } = make();
    expect(vsaSchema.parse(predicate)).toEqual(predicate);
    expect(vsaSchema.safeParse({ ...predicate, verificationResult: 'FAILED' }).success).toBe(false);
  });
});

describe('the level of an environment', () => {
  it.each([
    ['production', 'PROMOTED_PRODUCTION'],
    ['eu-west 1', 'PROMOTED_EU_WEST_1'],
    [undefined, 'PROMOTED'],
    ['', 'PROMOTED'],
  ])('%s is %s', (environment, level) => {
    expect(promotedLevel(environment)).toBe(level);
  });
});

describe('slsa-verifier', () => {
  const child = digestOf('child');
  let cosign: CosignRoom;
  let key: RoomKey;
  let bundle: Buffer;

  beforeAll(async () => {
    cosign = await openCosignRoom();
    key = await cosign.makeKey('ours');
    bundle = await cosign.signStatement(key, make({ level: 'SLSA_BUILD_LEVEL_2', children: [child] }));
  });
  afterAll(() => cosign.close());

  const ask = (more: object = {}) =>
    runSlsaVerifier({
      envelope: bundle,
      publicKey: key.publicKey,
      digests: [DIGEST],
      verifierId: VSA_VERIFIER,
      resourceUri: 'oci://prod.test/app',
      ...more,
    });

  it('accepts the summary, for the index and for an image of it', async () => {
    expect(await ask()).toMatchObject({ passed: true });
    expect(await ask({ digests: [DIGEST, child] })).toMatchObject({ passed: true });
  });

  it.each([
    ['the level of provenance', ['SLSA_BUILD_LEVEL_2'], true],
    ['a lower level', ['SLSA_BUILD_LEVEL_1'], true],
    ['the environment', ['PROMOTED_PRODUCTION'], true],
    ['a higher level', ['SLSA_BUILD_LEVEL_3'], false],
    ['another environment', ['PROMOTED_STAGING'], false],
  ])('asked for %s, decides as it should', async (_, levels, passed) => {
    expect(await ask({ levels })).toMatchObject({ passed });
  });

  it.each([
    ['digest', { digests: [digestOf('another')] }],
    ['repository', { resourceUri: 'oci://qa.test/app' }],
    ['verifier', { verifierId: 'https://other.test/verifier' }],
  ])('refuses it for another %s', async (_, more) => {
    expect(await ask(more)).toMatchObject({ passed: false });
  });
});
