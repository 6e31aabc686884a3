import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { type EvidenceReader, openEvidence } from '../../src/chain/evidence-reader.ts';
import { makeSignature, makeStatement, SIGNATURE_PREDICATE, toDigestSet } from '../../src/chain/statement.ts';
import { VULN_PREDICATE } from '../../src/chain/vuln.ts';
import { digestOf } from '../../src/image/digest.ts';
import type { Tag } from '../../src/image/reference.ts';
import type { TrustAnchor } from '../../src/image/trust-anchor.ts';
import { composeLegacy, legacyLayers } from '../../src/registry/legacy-tags.ts';
import { type CosignRoom, openCosignRoom, type RoomKey } from './cosign-room.ts';
import { type EvidenceRoom, openEvidenceRoom } from './evidence-room.ts';

/** Real cosign, beside whatever else the machine does. */
jest.setTimeout(60_000);

const TYPE = 'https://example.test/build/v1';
const WORKFLOW: TrustAnchor = {
  ...{ kind: 'certificate', name: 'a workflow', transparencyLog: false },
  identity: { kind: 'exact', text: 'https://github.com/org/app/.github/workflows/build.yml@refs/heads/main' },
  issuer: { kind: 'exact', text: 'https://token.actions.githubusercontent.com' },
};
let cosign: CosignRoom;
let ours: RoomKey;
let theirs: RoomKey;
let commands: Awaited<ReturnType<CosignRoom['makeVerifier']>>['commands'];
let verifier: Awaited<ReturnType<CosignRoom['makeVerifier']>>['verifier'];
let room: EvidenceRoom;
let reader: EvidenceReader;

beforeAll(async () => {
  cosign = await openCosignRoom();
  ({ verifier, commands } = await cosign.makeVerifier());
  [ours, theirs] = await Promise.all([cosign.makeKey('ours'), cosign.makeKey('theirs')]);
});
afterAll(() => cosign.close());
beforeEach(() => open());
afterEach(() => close());

const open = async (options?: RegistryOptions): Promise<void> => {
  room = await openEvidenceRoom(options);
  reader = openEvidence(room.client, room.repository, verifier);
  commands.length = 0;
};
const close = async (): Promise<void> => {
  await reader.close();
  await room.close();
};
const reference = () => `${room.repository}@${room.digest}`;
const attach = async (key: RoomKey, statement: object, type: string) =>
  room.attach(await cosign.signStatement(key, statement), type);
const sign = (key: RoomKey, annotations = {}) =>
  attach(key, makeSignature(room.digest, annotations), SIGNATURE_PREDICATE);
const attest = (key: RoomKey, predicate: object = {}, type = TYPE) =>
  attach(key, makeStatement({ digest: toDigestSet(room.digest) }, type, predicate), type);
const findSignatures = (...anchors: TrustAnchor[]) => reader.findSignatures(room.digest, anchors);
const findAttestations = (...anchors: TrustAnchor[]) => reader.findAttestations(room.digest, TYPE, anchors);

describe.each([true, false])('signatures at a registry with the referrers API: %s', (referrersApi) => {
  it('are found by whoever is trusted, with what they say', async () => {
    await close();
    await open({ referrersApi });
    const manifest = await sign(ours, { run: '7' });
    await sign(theirs);
    const { verified, others } = await findSignatures(ours.anchor);
    const found = { anchor: ours.anchor, signer: 'keys/ours.pub', form: 'bundle', manifest };
    expect(verified).toEqual([{ ...found, annotations: { run: '7' } }]);
    expect(others).toEqual([
      expect.stringMatching(/^One by the key .* does not count: it is not signed by this signer/),
    ]);
    expect((await findSignatures(ours.anchor, theirs.anchor)).verified).toHaveLength(2);
  });
});

describe('signatures', () => {
  it('are found in the older form, with the name that they are for', async () => {
    await cosign.signLegacy(ours, reference(), '-a', 'run=7');
    const { verified, others } = await findSignatures(theirs.anchor, ours.anchor);
    expect(verified).toEqual([
      {
        ...{ anchor: ours.anchor, signer: 'keys/ours.pub', form: 'legacy' },
        annotations: expect.objectContaining({ run: '7' }),
        reference: room.repository,
      },
    ]);
    expect(others).toEqual([]);
  });

  it('are found in both forms at once, where stock cosign sees but the newer', async () => {
    await cosign.signLegacy(ours, reference());
    await sign(theirs);
    expect((await cosign.verify(ours, 'verify', reference())).code).not.toBe(0);
    const forms = async (key: RoomKey) => (await findSignatures(key.anchor)).verified.map(({ form }) => form);
    expect(await forms(ours)).toEqual(['legacy']);
    expect(await forms(theirs)).toEqual(['bundle']);
  });

  it('tell that they name another repository when they were copied along', async () => {
    await cosign.signLegacy(ours, reference(), '--sign-container-identity', 'dev.test/other:1');
    const [found] = (await findSignatures(ours.anchor)).verified;
    expect(found).toMatchObject({ form: 'legacy', reference: 'dev.test/other:1' });
  });

  it('are no attestations, which cosign verify takes for them in either form', async () => {
    await attest(ours, {}, VULN_PREDICATE);
    expect((await cosign.verify(ours, 'verify', reference())).code).toBe(0);
    const { verified, others, strangers } = await findSignatures(ours.anchor);
    expect([verified, strangers]).toEqual([[], 0]);
    expect(others).toEqual([expect.stringMatching(`^Of type ${VULN_PREDICATE}, which is not what is asked for`)]);
  });

  it('of another digest do not count, be the bundle attached to this one', async () => {
    await attach(ours, makeSignature(digestOf('another'), {}), SIGNATURE_PREDICATE);
    const { verified, others } = await findSignatures(ours.anchor);
    expect(verified).toEqual([]);
    expect(others).toEqual([expect.stringContaining('it is about another digest')]);
  });

  it('by a key are none of an identity, and that costs no process', async () => {
    await sign(ours);
    const { verified, others } = await findSignatures(WORKFLOW);
    expect(verified).toEqual([]);
    expect(others).toEqual([expect.stringContaining('no signer of this kind is trusted')]);
    expect(commands).toEqual([]);
  });

  it('are shown when nobody is trusted any more', async () => {
    await sign(ours);
    await cosign.signLegacy(ours, reference());
    const { verified, others, strangers } = await findSignatures();
    expect([verified, strangers]).toEqual([[], 2]);
    expect(others).toEqual([
      expect.stringContaining('does not count'),
      expect.stringMatching(/^sha256-.*\.sig holds nothing of this kind by a trusted signer$/),
    ]);
    expect(commands).toEqual([]);
  });
});

describe('attestations', () => {
  it('are found by type, in both forms, with statement and bundle', async () => {
    const manifest = await attest(ours, { form: 'bundle' });
    await attest(ours, {}, VULN_PREDICATE);
    await cosign.attestLegacy(ours, reference(), TYPE, { form: 'legacy' });
    await cosign.attestLegacy(ours, reference(), VULN_PREDICATE, {});
    const { verified, others } = await findAttestations(ours.anchor);
    expect(verified).toEqual([
      {
        ...{ anchor: ours.anchor, signer: 'keys/ours.pub', form: 'bundle', manifest },
        bundle: expect.any(Buffer),
        statement: expect.objectContaining({ predicateType: TYPE, predicate: { form: 'bundle' } }),
      },
      {
        ...{ anchor: ours.anchor, signer: 'keys/ours.pub', form: 'legacy' },
        statement: expect.objectContaining({ predicateType: TYPE, predicate: expect.anything() }),
      },
    ]);
    expect(others).toEqual([]);
  });

  it('by strangers are counted by their type in both forms', async () => {
    await attest(theirs);
    await attest(theirs, {}, VULN_PREDICATE);
    await cosign.attestLegacy(theirs, reference(), TYPE, {});
    expect(await findAttestations(ours.anchor)).toMatchObject({ verified: [], strangers: 2 });
    expect(await reader.findAttestations(room.digest, SIGNATURE_PREDICATE, [ours.anchor])).toMatchObject({
      strangers: 0,
    });
  });

  it('are of the type that was signed, whatever the annotation says', async () => {
    const statement = makeStatement({ digest: toDigestSet(room.digest) }, VULN_PREDICATE, {});
    await room.attach(await cosign.signStatement(ours, statement), TYPE);
    expect((await findAttestations(ours.anchor)).verified).toEqual([]);
    expect((await reader.findAttestations(room.digest, VULN_PREDICATE, [ours.anchor])).verified).toHaveLength(1);
  });

  it('may be about several subjects', async () => {
    const subject = ['one', 'two'].map((name) => ({ name, digest: toDigestSet(digestOf(name)) }));
    const statement = { ...makeStatement({}, TYPE, {}), subject: [...subject, { digest: toDigestSet(room.digest) }] };
    await attach(ours, statement, TYPE);
    expect((await findAttestations(ours.anchor)).verified).toHaveLength(1);
  });
});

describe('what somebody attached beside a good signature', () => {
  const alter = (bundle: Buffer, change: (envelope: { payload: string; signatures: { sig: string }[] }) => void) => {
    const json = JSON.parse(bundle.toString());
    change(json.dsseEnvelope);
    return Buffer.from(JSON.stringify(json));
  };
  const flip = (text: string): string =>
    Buffer.from(Buffer.from(text, 'base64').map((byte, i) => (i === 9 ? byte ^ 1 : byte))).toString('base64');

  it.each<[string, (bundle: Buffer) => Buffer, RegExp]>([
    ['another statement', (b) => alter(b, (e) => (e.payload = toPayload({ run: '8' }))), /was altered after it was/],
    [
      'an altered signature',
      (b) => alter(b, (e) => (e.signatures = [{ sig: flip(e.signatures[0]?.sig ?? '') }])),
      /altered/,
    ],
    ['a signature that is none', (b) => alter(b, (e) => (e.signatures = [{ sig: 'AAAA' }])), /altered/],
    ['no signature at all', (b) => alter(b, (e) => (e.signatures = [])), /./],
    ['the signature twice', (b) => alter(b, (e) => (e.signatures = [...e.signatures, ...e.signatures])), /./],
    ['a media type of the future', (b) => Buffer.from(b.toString().replace('.v0.3+json', '.v9.9+json')), /./],
    ['fields nobody knows', (b) => Buffer.from(b.toString().replace('{', '{"surprise":[1],')), /./],
    ['no bundle', () => Buffer.from('no'), /cannot be read/],
  ])('neither passes nor stops it: %s', async (_, change, reason) => {
    const bundle = await cosign.signStatement(ours, makeSignature(room.digest, { run: '7' }));
    await room.attach(change(bundle), SIGNATURE_PREDICATE);
    await room.attach(Buffer.concat([bundle, Buffer.from('\n')]), SIGNATURE_PREDICATE);
    const { verified, others } = await findSignatures(ours.anchor);
    expect(verified.map(({ annotations }) => annotations)).toEqual([{ run: '7' }]);
    expect(others).toEqual([expect.stringMatching(reason)]);
  });

  it.each([
    ['that is not there', 2, ['bundle', 'legacy']],
    ['that is said to be huge', 64 * 1024 * 1024, ['bundle']],
  ])('neither passes nor stops it: an older tag with a layer %s', async (_, size, forms) => {
    await close();
    await open({ missingContent: 'accept' });
    await sign(ours);
    await cosign.signLegacy(ours, reference());
    const tag = `sha256-${room.digest.slice(7)}.sig` as Tag;
    const { repository } = room;
    const found = await room.client.resolve({ kind: 'tag', repository, tag });
    const [layer] = legacyLayers(found);
    if (layer === undefined) throw new Error('no layer');
    const written = { ...layer.written, digest: digestOf('gone'), size };
    const { manifest } = composeLegacy(found, [{ ...layer, written }, layer]);
    await room.client.putManifest(repository, tag, manifest);
    const { verified, others } = await findSignatures(ours.anchor);
    expect(verified.map(({ form }) => form)).toEqual(forms);
    expect(others).toEqual(forms.length === 2 ? [] : [expect.stringContaining(`${tag} cannot be read`)]);
  });

  const toPayload = (annotations: Record<string, string>) =>
    Buffer.from(JSON.stringify(makeSignature(room.digest, annotations))).toString('base64');
});

describe('an evidence reader', () => {
  it('asks nobody anything until it is asked', async () => {
    const before = room.registry.log.entries.length;
    await openEvidence(room.client, room.repository, verifier).close();
    expect(room.registry.log.entries).toHaveLength(before);
    expect(commands).toEqual([]);
  });

  it('asks cosign only about what is of the type, and the registry once', async () => {
    await sign(ours);
    await attest(ours);
    await attest(theirs);
    await findAttestations(ours.anchor);
    expect(commands).toHaveLength(2);
    const requests = room.registry.log.entries.length;
    await findAttestations({ ...ours.anchor, name: 'the same by another name' });
    expect(commands).toHaveLength(2);
    expect(room.registry.log.entries).toHaveLength(requests);
  });

  it('does not take a registry that refuses to answer for one without evidence', async () => {
    await sign(ours);
    room.registry.faults.push({ path: /\/(?:referrers|manifests)\//, status: 403 });
    await expect(findSignatures(ours.anchor)).rejects.toMatchObject({ code: 'DENIED' });
  });

  it('does not take a blob that the registry refuses for one that is broken', async () => {
    await sign(ours);
    room.registry.faults.push({ path: /\/blobs\//, status: 403 });
    await expect(findSignatures(ours.anchor)).rejects.toMatchObject({ code: 'DENIED' });
  });

  it('does not take what cosign concluded from a registry that failed it', async () => {
    await cosign.signLegacy(ours, reference());
    room.registry.faults.push({ path: /\/blobs\//, status: 403 });
    await expect(findSignatures(ours.anchor)).rejects.toMatchObject({ code: 'DENIED' });
  });
});
