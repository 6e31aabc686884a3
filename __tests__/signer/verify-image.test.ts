import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { CertificateAnchor } from '../../src/image/trust-anchor.ts';
import type { Verifier } from '../../src/signer/verifier.ts';
import { type CosignRoom, openCosignRoom, type RoomKey } from '../chain/cosign-room.ts';
import { TYPE, trustLog } from './signing-room.ts';

const SIGN = 'https://sigstore.dev/cosign/sign/v1';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

let registry: LabRegistry;
let room: CosignRoom;
let verifier: Verifier;
let legacyKey: RoomKey;
let bundleKey: RoomKey;
let stranger: RoomKey;
/** Signed and attested in the older form by one key; then a bundle by another was attached. */
const mixed = buildImage({ labels: { mixed: '1' } });
const bare = buildImage({ labels: { bare: '1' } });
const refer = (image: BuiltImage) => `${registry.host}/app/web@${image.root.digest}`;

beforeAll(async () => {
  registry = await startRegistry();
  room = await openCosignRoom();
  verifier = (await room.makeVerifier()).verifier;
  [legacyKey, bundleKey, stranger] = [
    await room.makeKey('legacy'),
    await room.makeKey('bundle'),
    await room.makeKey('stranger'),
  ];
  for (const image of [mixed, bare]) registry.seed('app/web', image);
  await room.signLegacy(legacyKey, refer(mixed), '-a', 'run=77');
  await room.attestLegacy(legacyKey, refer(mixed), TYPE, { answer: 42 });
  const [algorithm = '', hex = ''] = mixed.root.digest.split(':');
  const subject = [{ digest: { [algorithm]: hex }, annotations: { run: '78' } }];
  for (const predicateType of [SIGN, TYPE]) {
    const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate: {} };
    const bytes = await room.signStatement(bundleKey, statement);
    registry.seed('app/web', buildReferrer(mixed.root, { artifactType: BUNDLE, bytes }));
  }
}, 60_000);
afterAll(async () => {
  await registry.close();
  await room.close();
});

describe('the older form of a signature', () => {
  it('verifies beside a bundle by another key, and says what it was for', async () => {
    expect(await verifier.verifyLegacySignatures(refer(mixed), legacyKey.anchor)).toEqual([
      {
        type: 'cosign container image signature',
        digest: mixed.root.digest,
        reference: `${registry.host}/app/web`,
        annotations: { run: '77' },
      },
    ]);
  });

  it.each<[string, () => [BuiltImage, RoomKey]]>([
    ['another key', () => [mixed, stranger]],
    ['the key of the bundle', () => [mixed, bundleKey]],
    ['an image without one', () => [bare, legacyKey]],
  ])('is not there for %s', async (_what, choose) => {
    const [image, { anchor }] = choose();
    expect(await verifier.verifyLegacySignatures(refer(image), anchor)).toEqual([]);
    expect(await verifier.verifyLegacyAttestations(refer(image), TYPE, anchor)).toEqual([]);
  });

  it('counts only with a proof of the log where one is demanded, and nobody is asked for it', async () => {
    const anchor = { ...legacyKey.anchor, transparencyLog: true };
    const { verifier: logged, commands } = await room.makeVerifier({ trustedRoot: trustLog(stranger.publicKey) });
    expect(await logged.verifyLegacySignatures(refer(mixed), anchor)).toEqual([]);
    expect(await logged.verifyLegacyAttestations(refer(mixed), TYPE, anchor)).toEqual([]);
    expect(commands.every(({ args }) => args.includes('--offline=true'))).toBe(true);
  });

  it('holds attestations too, each of its type', async () => {
    const { anchor } = legacyKey;
    const [statement, ...others] = await verifier.verifyLegacyAttestations(refer(mixed), TYPE, anchor);
    expect(statement).toMatchObject({ predicateType: TYPE, predicate: { answer: 42 } });
    expect(others).toEqual([]);
    expect(await verifier.verifyLegacyAttestations(refer(mixed), `${TYPE}/other`, anchor)).toEqual([]);
  });

  it.each([503, 401])(
    'is not taken for absent when the registry answers %i',
    async (status) => {
      const fault = { method: 'GET', path: /manifests/, status, times: 1_000 } as const;
      registry.faults.push(fault);
      try {
        const { anchor } = legacyKey;
        const undecided = { code: 'VERIFICATION_UNDECIDED' };
        await expect(verifier.verifyLegacySignatures(refer(mixed), anchor)).rejects.toMatchObject(undecided);
        await expect(verifier.verifyLegacyAttestations(refer(mixed), TYPE, anchor)).rejects.toMatchObject(undecided);
      } finally {
        registry.faults.splice(0);
      }
    },
    60_000,
  );

  it('is not asked for by a pattern that leaves open for whose repository a workflow signed', async () => {
    const anchor: CertificateAnchor = {
      kind: 'certificate',
      name: 'any workflow',
      transparencyLog: false,
      identity: { kind: 'regexp', text: '.*' },
      issuer: { kind: 'regexp', text: '.*' },
    };
    expect(await verifier.verifyLegacySignatures('127.0.0.1:1/x/y@sha256:z', anchor)).toEqual([]);
    expect(await verifier.verifyLegacyAttestations('127.0.0.1:1/x/y@sha256:z', TYPE, anchor)).toEqual([]);
    await expect(verifier.verifyImage('127.0.0.1:1/x/y@sha256:z', anchor)).rejects.toMatchObject({
      code: 'VERIFICATION_FAILED',
      hint: expect.stringContaining('repository'),
    });
  });
});

describe('stock cosign', () => {
  it('finds what is in a bundle, and the older form when it is told to', async () => {
    const claims = await verifier.verifyImage(refer(mixed), bundleKey.anchor);
    expect(claims.map(({ type }) => type).sort()).toEqual([TYPE, SIGN].sort());
    expect(claims.find(({ type }) => type === SIGN)?.annotations).toEqual({ run: '78' });
    expect(await verifier.verifyImage(refer(mixed), legacyKey.anchor, 'legacy')).toHaveLength(1);
    expect(await verifier.verifyAttestation(refer(mixed), bundleKey.anchor, TYPE)).toHaveLength(1);
  });

  it('refuses another key, and the key of the older form where there is any bundle', async () => {
    for (const { anchor } of [stranger, legacyKey]) {
      const failed = { code: 'VERIFICATION_FAILED', message: expect.stringContaining('cosign verify') };
      await expect(verifier.verifyImage(refer(mixed), anchor)).rejects.toMatchObject(failed);
      await expect(verifier.verifyAttestation(refer(mixed), anchor, TYPE)).rejects.toMatchObject(failed);
    }
    await expect(verifier.verifyImage(refer(bare), bundleKey.anchor)).rejects.toMatchObject({
      code: 'VERIFICATION_FAILED',
      message: expect.stringContaining('no signatures found'),
    });
  });

  it('does not say that nothing is there when it cannot reach the registry', async () => {
    const nowhere = `127.0.0.1:1/app/web@${mixed.root.digest}`;
    await expect(verifier.verifyImage(nowhere, bundleKey.anchor)).rejects.toMatchObject({
      code: 'VERIFICATION_UNDECIDED',
      message: expect.stringContaining('connection refused'),
    });
  }, 30_000);
});
