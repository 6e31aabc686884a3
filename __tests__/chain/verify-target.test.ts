import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { pushImage } from '../../lab/image/push.ts';
import { run } from '../../lab/process.ts';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { findTool } from '../../lab/tools.ts';
import { makeRecord, RECORD_PREDICATE } from '../../src/chain/record.ts';
import { makeSignature, makeStatement, SIGNATURE_PREDICATE, toDigestSet } from '../../src/chain/statement.ts';
import {
  isSigned,
  readVerifiedEvidence,
  requireVerifiedEvidence,
  type VerifiedSubject,
} from '../../src/chain/verify-target.ts';
import { SIGSTORE_BUNDLE } from '../../src/image/media-type.ts';
import { parseRepository } from '../../src/image/reference.ts';
import type { Cosign } from '../../src/signer/cosign.ts';
import { type KeyPair, openSigningRoom, type SigningRoom } from '../signer/signing-room.ts';
import { type EvidenceRoom, makeSampleRecord, openEvidenceRoom } from './evidence-room.ts';

const SAID = { target: 'prod.test/app:1' };
const BOTH = { signature: true, record: true };
const REQUIRED = { signatures: [SAID], record: true };
const SIGNATURE_ONLY = { signatures: [SAID], record: false };
const VULN = 'https://cosign.sigstore.dev/attestation/vuln/v1';
let keys: SigningRoom;
let ours: KeyPair;
let theirs: KeyPair;
let cosign: Cosign;
let stranger: Cosign;
let room: EvidenceRoom;

beforeAll(async () => {
  keys = await openSigningRoom();
  ours = await keys.makeKey('ours');
  theirs = await keys.makeKey('theirs');
  cosign = await keys.open(ours);
  stranger = await keys.open(theirs);
});
afterAll(() => keys.close());
afterEach(() => room.close());

const open = async (options?: RegistryOptions): Promise<void> => {
  room = await openEvidenceRoom(options);
};
const subject = (): VerifiedSubject => {
  const { client, repository, digest } = room;
  return { client, repository, digest, cosign, publicKey: ours.publicKey };
};
const sign = (by = cosign) => room.attach(by, makeSignature(room.digest, SAID), SIGNATURE_PREDICATE);
const record = (by = cosign, repository = room.repository, more = {}) =>
  room.attach(by, makeRecord(repository, room.digest, makeSampleRecord(more)), RECORD_PREDICATE);

/** cosign as any user would run it, straight at the registry. */
const runCosign = async (...args: string[]) => {
  const file = join(keys.directory, 'ours-for-users.pub');
  await writeFile(file, ours.publicKey);
  const root = join(keys.directory, 'trusted-root.json');
  await writeFile(root, '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}');
  const [verb = '', ...rest] = args;
  const flags = ['--key', file, '--insecure-ignore-tlog=true', '--trusted-root', root];
  const reference = `${room.repository}@${room.digest}`;
  return run(findTool('cosign'), [verb, ...flags, ...rest, reference], { env: { HOME: keys.directory } });
};

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
    await room.attach(cosign, makeStatement({ digest: toDigestSet(room.digest) }, VULN, {}), VULN);
    expect((await runCosign('verify')).code).toBe(0);
    await refused(SIGNATURE_ONLY);
    await requireVerifiedEvidence(subject(), { signatures: [], record: true });
  });

  it('a signature by another key', async () => {
    await open();
    await sign(stranger);
    await refused(SIGNATURE_ONLY);
  });

  it('a signature by our key that was made for another target and copied along', async () => {
    await open();
    await room.attach(cosign, makeSignature(room.digest, { target: 'qa.test/app:1' }), SIGNATURE_PREDICATE);
    await refused(SIGNATURE_ONLY);
    await sign();
    await requireVerifiedEvidence(subject(), SIGNATURE_ONLY);
  });

  it('a record by another key', async () => {
    await open();
    await sign();
    await record(stranger);
    await refused();
  });

  it('a record that was copied along from another repository', async () => {
    await open();
    await sign();
    await record(cosign, parseRepository('qa.test/app'));
    await refused();
  });

  it('a record about another digest', async () => {
    await open();
    await sign();
    const other = {
      ...makeRecord(room.repository, room.digest, makeSampleRecord()),
      subject: [{ name: room.repository, digest: { sha256: '0'.repeat(64) } }],
    };
    await room.attach(cosign, other, RECORD_PREDICATE);
    await refused();
  });

  it('a record that does not have the form of one', async () => {
    await open();
    await sign();
    const { predicate: _, ...statement } = makeRecord(room.repository, room.digest, makeSampleRecord());
    await room.attach(cosign, { ...statement, predicate: { targets: 'all' } }, RECORD_PREDICATE);
    await refused();
  });

  it('a digest that is not there', async () => {
    await open();
    room.registry.deleteTag('prod/app', '1');
    room.registry.collectUntagged('prod/app');
    await refused();
  });
});

describe('readVerifiedEvidence', () => {
  it('finds nothing where nothing is, and asks only for what is wanted', async () => {
    await open();
    expect(await readVerifiedEvidence(subject(), BOTH)).toEqual({ signatures: [], records: [] });
    await sign();
    await record();
    expect(await readVerifiedEvidence(subject(), { signature: false, record: false })).toEqual({
      signatures: [],
      records: [],
    });
  });

  it('returns every record about this repository and leaves out the others', async () => {
    await open();
    await record(cosign, room.repository, { runId: '1' });
    await record(cosign, room.repository, { runId: '2' });
    await record(cosign, parseRepository('qa.test/app'), { runId: '3' });
    await record(stranger, room.repository, { runId: '4' });
    const { records } = await readVerifiedEvidence(subject(), { signature: false, record: true });
    expect(records.map(({ runId }) => runId).sort()).toEqual(['1', '2']);
  });

  it('finds our signature among those of others, and among garbage', async () => {
    await open();
    await sign(stranger);
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
  }, 60_000);
});
