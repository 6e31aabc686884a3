import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeKeyPair } from '../../lab/stand-in/key-pair.ts';
import type { EvidenceReader } from '../../src/chain/evidence-reader.ts';
import { judgeEvidence } from '../../src/check/judge-evidence.ts';
import type { CheckRequest } from '../../src/check/request.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseReference } from '../../src/image/reference.ts';
import type { TrustAnchor } from '../../src/image/trust-anchor.ts';
import type { RegistryClient } from '../../src/registry/client.ts';
import { createFakeEvidence, type FakeAttached, makeSampleStatement } from '../verify/fake-evidence.ts';
import { type CheckRoom, NOW, openCheckRoom } from './check-room.ts';

const DIGEST = digestOf('the image');
const REFERENCE = parseReference(`prod.test/app:1.0.0@${DIGEST}`);
const IMAGE = { name: 'prod.test/app:1.0.0', reference: REFERENCE, running: undefined, uses: [] };

let room: CheckRoom;
beforeEach(async () => {
  const { publicKey } = await makeKeyPair();
  room = await openCheckRoom({
    'a.yml': 'a: b\n',
    'ours.pub': publicKey,
    'build.pub': publicKey,
    'other.pub': publicKey,
  });
});
afterEach(() => room.remove());

const request = (verify: string, signers: string, inputs: Readonly<Record<string, string>> = {}) =>
  room.read({ policy: `version: 1\nimages: { verify: ${verify} }\nsigners: [${signers}]\n`, ...inputs });
const judge = (asked: CheckRequest, evidence: EvidenceReader) =>
  judgeEvidence(IMAGE, DIGEST, {
    ...{ request: asked, now: NOW, evidenceOf: () => evidence },
    registry: {} as RegistryClient,
  });

/** A signature by the signer of this name. */
const signedBy = (name: string): EvidenceReader => ({
  ...createFakeEvidence([]),
  findSignatures: async (_digest, anchors) => {
    const anchor = anchors.find((one: TrustAnchor) => one.name === name);
    if (anchor === undefined) return { verified: [], others: [`by ${name}`], strangers: 1 };
    return { verified: [{ anchor, signer: name, form: 'bundle', annotations: {} }], others: [], strangers: 0 };
  },
});
const promoted = (by: string, changes: Parameters<typeof makeSampleStatement>[2] = {}): FakeAttached => ({
  ...{ by, digest: DIGEST },
  statement: makeSampleStatement(REFERENCE.repository, DIGEST, { targets: ['prod.test/app:1.0.0'], ...changes }),
});

describe('an image that must be signed', () => {
  const BOTH = '{ role: source, key: build.pub }, { role: promotion, key: ours.pub }';

  it.each(['ours.pub', 'build.pub'])('is, by any signer of the policy that builds or promotes: %s', async (name) => {
    expect(await judge(await request('signed', BOTH), signedBy(name))).toBeUndefined();
  });

  it('is not, by another signer', async () => {
    const verdict = await judge(await request('signed', BOTH), signedBy('other.pub'));
    expect(verdict).toMatchObject({ rule: 'unsigned' });
    expect(verdict?.message).toMatch(
      /input policy names has signed it: build\.pub, ours\.pub\. Found instead: by other\.pub/,
    );
  });

  it('is not, by one whose time is over', async () => {
    const late = await request('signed', '{ role: source, key: build.pub, notAfter: 2026-01-01 }');
    const verdict = await judge(late, signedBy('build.pub'));
    expect(verdict?.message).toMatch(/may vouch for it now\. build\.pub counted until 2026-01-01/);
  });

  it('needs the signer of the inputs beside that of the policy', async () => {
    const asked = await request('signed', BOTH, { key: 'other.pub' });
    expect(await judge(asked, signedBy('ours.pub'))).toMatchObject({ rule: 'unsigned' });
    const both: EvidenceReader = {
      ...createFakeEvidence([]),
      findSignatures: async (_digest, anchors) => ({
        verified: anchors.map((anchor) => ({ anchor, signer: anchor.name, form: 'bundle', annotations: {} })),
        ...{ others: [], strangers: 0 },
      }),
    };
    expect(await judge(asked, both)).toBeUndefined();
  });
});

describe('an image that must be promoted', () => {
  const PROMOTER = '{ role: promotion, key: ours.pub }, { role: source, key: build.pub }';
  const judgeRecord = async (attached: readonly FakeAttached[], inputs: Readonly<Record<string, string>> = {}) =>
    judge(await request('promoted', PROMOTER, inputs), createFakeEvidence(attached));

  it('is, by a record of this digest for this tag', async () => {
    expect(await judgeRecord([promoted('ours.pub')])).toBeUndefined();
  });

  it.each([
    ['nobody promoted it', [], 'No promotion record.'],
    ['who builds it signed the record', [promoted('build.pub')], 'No promotion record by a trusted signer.'],
    ['it was for another tag', [promoted('ours.pub', { targets: ['prod.test/app:2.0.0'] })], 'not the tag 1.0.0'],
  ])('is not where %s', async (_what, attached, told) => {
    const verdict = await judgeRecord(attached);
    expect(verdict).toMatchObject({ rule: 'not-promoted', message: expect.stringContaining(told) });
  });
});
