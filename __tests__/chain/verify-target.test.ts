import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { makeRecord } from '../../src/chain/record-schema.ts';
import { makeSignature, makeStatement, SIGNATURE_PREDICATE, toDigestSet } from '../../src/chain/statement.ts';
import {
  type EvidenceDemand,
  isSigned,
  readVerifiedEvidence,
  requireVerifiedEvidence,
  type VerifiedSubject,
} from '../../src/chain/verify-target.ts';
import { makeVsa, VSA_PREDICATE } from '../../src/chain/vsa.ts';
import { SIGSTORE_BUNDLE } from '../../src/image/media-type.ts';
import { parseRepository, type Tag } from '../../src/image/reference.ts';
import type { Verifier } from '../../src/signer/verifier.ts';
import { type CosignRoom, openCosignRoom, type RoomKey } from './cosign-room.ts';
import { type EvidenceRoom, makeSampleRecord, openEvidenceRoom } from './evidence-room.ts';

/** Real cosign, beside whatever else the machine does. */
jest.setTimeout(60_000);

const SAID = { target: 'prod.test/app:1' };
const BOTH = { signature: true, record: true };
const REQUIRED = { signatures: [SAID], record: true };
const SIGNATURE_ONLY = { signatures: [SAID], record: false };
const VULN = 'https://cosign.sigstore.dev/attestation/vuln/v1';
let cosign: CosignRoom;
let verifier: Verifier;
let ours: RoomKey;
let theirs: RoomKey;
let room: EvidenceRoom;

beforeAll(async () => {
  cosign = await openCosignRoom();
  ({ verifier } = await cosign.makeVerifier());
  [ours, theirs] = await Promise.all([cosign.makeKey('ours'), cosign.makeKey('theirs')]);
});
afterAll(() => cosign.close());
afterEach(() => room.close());

const open = async (options?: RegistryOptions): Promise<void> => {
  room = await openEvidenceRoom(options);
};
const subject = (): VerifiedSubject => {
  const { client, repository, digest } = room;
  return { client, repository, digest, verifier, anchor: ours.anchor };
};
const attach = async (key: RoomKey, statement: object, type: string) =>
  room.attach(await cosign.signStatement(key, statement), type);
const sign = (by = ours, said: Record<string, string> = SAID) =>
  attach(by, makeSignature(room.digest, said), SIGNATURE_PREDICATE);
const record = (by = ours, repository = room.repository, more = {}) =>
  attach(by, makeRecord(repository, room.digest, makeSampleRecord(more)), RECORD_PREDICATE);

/** cosign as any user would run it, straight at the registry. */
const runCosign = (...args: string[]) => cosign.verify(ours, ...args, `${room.repository}@${room.digest}`);

describe.each([true, false])('evidence at a registry with the referrers API: %s', (referrersApi) => {
  it('is accepted through our own view', async () => {
    await open({ referrersApi });
    await sign();
    await record();
    await requireVerifiedEvidence(subject(), REQUIRED);
    const { signatures, records } = await readVerifiedEvidence(subject(), BOTH);
    expect(signatures).toEqual([SAID]);
    expect(records).toEqual([makeSampleRecord()]);
  });

  it('is accepted by stock cosign, signed annotations included', async () => {
    await open({ referrersApi });
    await sign();
    await record();
    const verified = await runCosign('verify', '-a', 'target=prod.test/app:1', '--output', 'json');
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining(room.digest) });
    expect(await runCosign('verify', '-a', 'target=prod.test/app:2')).toMatchObject({ code: 1 });
    const attested = await runCosign('verify-attestation', '--type', RECORD_PREDICATE);
    expect(attested.code).toBe(0);
    const { payload } = JSON.parse(attested.stdout) as { payload: string };
    expect(JSON.parse(Buffer.from(payload, 'base64').toString())).toMatchObject({
      subject: [{ name: room.repository }],
      predicate: { environment: 'production' },
    });
  });
});

describe('isSigned', () => {
  it('asks one signature to say all of it, and lets it say more', () => {
    const signatures = [
      { target: 'a', environment: 'qa' },
      { target: 'b', environment: 'production', run: '7' },
    ];
    expect(isSigned({ target: 'b', environment: 'production' }, signatures)).toBe(true);
    expect(isSigned({ target: 'a', environment: 'production' }, signatures)).toBe(false);
    expect(isSigned({}, signatures)).toBe(true);
    expect(isSigned({}, [])).toBe(false);
  });
});

describe('requireVerifiedEvidence refuses', () => {
  const refused = (wanted: Parameters<typeof requireVerifiedEvidence>[1] = REQUIRED) =>
    expect(requireVerifiedEvidence(subject(), wanted)).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' });

  it('an image without anything', async () => {
    await open();
    await refused();
  });

  it('an image with a signature and no record', async () => {
    await open();
    await sign();
    await refused();
    await requireVerifiedEvidence(subject(), SIGNATURE_ONLY);
  });

  it('attestations in place of a signature, which cosign verify takes for one', async () => {
    await open();
    await record();
    await attach(ours, makeStatement({ digest: toDigestSet(room.digest) }, VULN, {}), VULN);
    expect((await runCosign('verify')).code).toBe(0);
    await refused(SIGNATURE_ONLY);
    await requireVerifiedEvidence(subject(), { signatures: [], record: true });
  });

  it('a signature by another key', async () => {
    await open();
    await sign(theirs);
    await refused(SIGNATURE_ONLY);
  });

  it('a signature by our key that was made for another target and copied along', async () => {
    await open();
    await attach(ours, makeSignature(room.digest, { target: 'qa.test/app:1' }), SIGNATURE_PREDICATE);
    await refused(SIGNATURE_ONLY);
    await sign();
    await requireVerifiedEvidence(subject(), SIGNATURE_ONLY);
  });

  it('a record by another key', async () => {
    await open();
    await sign();
    await record(theirs);
    await refused();
  });

  it('a record that was copied along from another repository', async () => {
    await open();
    await sign();
    await record(ours, parseRepository('qa.test/app'));
    await refused();
  });

  it('a record about another digest', async () => {
    await open();
    await sign();
    const other = {
      ...makeRecord(room.repository, room.digest, makeSampleRecord()),
      subject: [{ name: room.repository, digest: { sha256: '0'.repeat(64) } }],
    };
    await attach(ours, other, RECORD_PREDICATE);
    await refused();
  });

  it('a record that does not have the form of one', async () => {
    await open();
    await sign();
    const { predicate: _, ...statement } = makeRecord(room.repository, room.digest, makeSampleRecord());
    await attach(ours, { ...statement, predicate: { targets: 'all' } }, RECORD_PREDICATE);
    await refused();
  });

  it('a digest that is not there', async () => {
    await open();
    room.registry.deleteTag('prod/app', '1');
    room.registry.collectUntagged('prod/app');
    await refused();
  });
});

describe('requireVerifiedEvidence, asked for more than a signature and a record', () => {
  const TAG = { kind: 'tag', tag: '1' as Tag } as const;
  const none = { signatures: [], record: false };
  const demand = (more: Partial<EvidenceDemand>) => requireVerifiedEvidence(subject(), { ...none, ...more });
  const failed = { code: 'VERIFICATION_FAILED' };
  const summarize = (repository = room.repository) =>
    attach(
      ours,
      makeVsa({
        ...{ repository, digest: room.digest, environment: 'production', policies: [] },
        ...{ inputAttestations: [], versions: {}, verifiedAt: new Date() },
      }),
      VSA_PREDICATE,
    );

  it('compares targets and environment of the record', async () => {
    await open();
    await record();
    const environment = 'production';
    await demand({ record: { environment, targets: ['prod.test/app:1'] } });
    const others = [
      { environment, targets: ['prod.test/app:1', 'prod.test/app:2'] },
      { environment: 'qa', targets: ['prod.test/app:1'] },
      { environment: undefined, targets: ['prod.test/app:1'] },
    ];
    for (const other of others) await expect(demand({ record: other })).rejects.toMatchObject(failed);
  });

  it('finds a verification summary of this environment and repository', async () => {
    await open();
    await summarize(parseRepository('qa.test/app'));
    await expect(demand({ vsa: true })).rejects.toMatchObject(failed);
    await summarize();
    await demand({ vsa: { environment: 'production' } });
    await expect(demand({ vsa: { environment: 'qa' } })).rejects.toMatchObject(failed);
  });

  it('finds a scan', async () => {
    await open();
    await expect(demand({ vuln: true })).rejects.toMatchObject(failed);
    const name = room.repository;
    await attach(ours, makeStatement({ name, digest: toDigestSet(room.digest) }, VULN, { scanner: {} }), VULN);
    await demand({ vuln: true });
    expect((await readVerifiedEvidence(subject(), { vuln: true })).vulns).toEqual([{ scanner: {} }]);
  });

  it('finds a signature in the older form that names the tag, although attestations stand beside it', async () => {
    await open();
    await record(theirs);
    const { repository, digest } = room;
    await cosign.signLegacy(ours, `${repository}@${digest}`);
    await expect(demand({ legacy: [{ ...TAG, repository }] })).rejects.toMatchObject(failed);
    await cosign.signLegacy(ours, `${repository}@${digest}`, '--sign-container-identity', `${repository}:1`);
    await demand({ legacy: [{ ...TAG, repository }] });
    await expect(demand({ legacy: [{ ...TAG, repository, tag: '2' as Tag }] })).rejects.toMatchObject(failed);
  });
});

describe('readVerifiedEvidence', () => {
  it('finds nothing where nothing is, and asks only for what is wanted', async () => {
    await open();
    expect(await readVerifiedEvidence(subject(), BOTH)).toMatchObject({ signatures: [], records: [] });
    await sign();
    await record();
    expect(await readVerifiedEvidence(subject(), {})).toEqual({
      ...{ signatures: [], records: [], vsas: [], vulns: [], legacy: [] },
    });
  });

  it('returns every record about this repository and leaves out the others', async () => {
    await open();
    await record(ours, room.repository, { runId: '1' });
    await record(ours, room.repository, { runId: '2' });
    await record(ours, parseRepository('qa.test/app'), { runId: '3' });
    await record(theirs, room.repository, { runId: '4' });
    const { records } = await readVerifiedEvidence(subject(), { signature: false, record: true });
    expect(records.map(({ runId }) => runId).sort()).toEqual(['1', '2']);
  });

  it('finds our signature among those of others, and among garbage', async () => {
    await open();
    await sign(theirs);
    await sign();
    const annotations = {
      'dev.sigstore.bundle.content': 'dsse-envelope',
      'dev.sigstore.bundle.predicateType': SIGNATURE_PREDICATE,
    };
    const root = {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: room.digest,
      size: room.registry.read('prod/app', room.digest)?.length ?? 0,
    };
    for (const bytes of ['not json', '{}']) {
      await pushImage(
        room.registry.host,
        'prod/app',
        undefined,
        buildReferrer(root, { artifactType: SIGSTORE_BUNDLE, bytes, annotations }),
      );
    }
    expect(await readVerifiedEvidence(subject(), { signature: true, record: false })).toMatchObject({
      signatures: [SAID],
    });
  });

  it('never takes a registry that does not answer for one without evidence', async () => {
    await open();
    await sign();
    room.registry.faults.push({ path: /\/(?:referrers|manifests)\//, status: 403 });
    await expect(readVerifiedEvidence(subject(), BOTH)).rejects.toMatchObject({ code: 'DENIED' });
    await expect(requireVerifiedEvidence(subject(), REQUIRED)).rejects.toMatchObject({ code: 'DENIED' });
  });
});
