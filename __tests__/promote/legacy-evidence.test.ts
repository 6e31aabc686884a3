import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { pushImage } from '../../lab/image/push.ts';
import { LEGACY_SIGNATURE_TYPE } from '../../src/chain/legacy-signature.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { VSA_PREDICATE } from '../../src/chain/vsa.ts';
import { buildLegacy, signatureOf, tagOfLegacy } from '../transfer/cosign-tags.ts';
import {
  AMD64,
  type ApplyRoom,
  ARM64,
  applyApproved,
  DIGEST,
  INDEX,
  openApplyRoom,
  replaceTarget,
} from './approved.ts';
import { signLikeFake } from './fake-signer.ts';

let room: ApplyRoom;
beforeEach(async () => {
  room = await openApplyRoom();
});
afterEach(() => room.close());

const LEGACY = { 'signature-format': 'legacy' };
const SIG = tagOfLegacy(INDEX.root, 'sig');
const TAGS = [INDEX, AMD64, ARM64].map(({ root }) => tagOfLegacy(root, 'sig'));

interface Payload {
  readonly critical: {
    readonly identity: { readonly 'docker-reference': string };
    readonly image: { readonly 'docker-manifest-digest': string };
  };
  readonly optional: Record<string, string> | null;
}

/** The payloads under a `.sig` tag of the target. */
function readPayloads(tag: string): Payload[] {
  const read = (digest: string): unknown => JSON.parse(String(room.target.read('prod/app', digest)));
  const { layers } = read(room.target.digestOf('prod/app', tag) ?? '') as { layers: { digest: string }[] };
  return layers.map(({ digest }) => read(digest) as Payload);
}

const namesOf = (tag: string): string[] =>
  readPayloads(tag).map(({ critical }) => critical.identity['docker-reference'].replace(room.target.host, ''));

describe('a signature in the older form', () => {
  it('is there for the index and each platform, each for its own digest and with the tag of the index', async () => {
    const { evidence } = await (await applyApproved(room, { inputs: LEGACY })).outcome;
    for (const [i, { root }] of [INDEX, AMD64, ARM64].entries()) {
      expect(readPayloads(TAGS[i] ?? '')).toMatchObject([
        {
          critical: {
            identity: { 'docker-reference': `${room.target.host}/prod/app:1.0` },
            image: { 'docker-manifest-digest': root.digest },
          },
          optional: { target: `${room.target.host}/prod/app:1.0` },
        },
      ]);
    }
    expect(evidence.map(({ predicateType }) => predicateType)).toEqual([
      ...[RECORD_PREDICATE, VSA_PREDICATE],
      ...Array(3).fill(LEGACY_SIGNATURE_TYPE),
    ]);
  });

  it('is one layer for each tag', async () => {
    const targets = ['prod/app:1.0', 'prod/app:1.0-eu'];
    await (await applyApproved(room, { inputs: { 'signature-format': 'both' }, targets })).outcome;
    for (const tag of TAGS) expect(namesOf(tag)).toEqual(['/prod/app:1.0', '/prod/app:1.0-eu']);
  });

  it('is written before the tag of the image', async () => {
    await (await applyApproved(room, { inputs: LEGACY })).outcome;
    const written = room.target.log.uploads().map(({ path }) => path.split('/').at(-1) ?? '');
    expect(Math.max(...TAGS.map((tag) => written.indexOf(tag)))).toBeLessThan(written.lastIndexOf('1.0'));
  });

  it('is added once, however often the job runs', async () => {
    await (await applyApproved(room, { inputs: LEGACY })).outcome;
    const inputs = { ...LEGACY, 'existing-tag': 'accept-same-digest' };
    const { evidence, kept } = await (await applyApproved(room, { inputs })).outcome;
    expect([evidence, kept.map(({ predicateType }) => predicateType)]).toEqual([
      ...[[], [RECORD_PREDICATE, VSA_PREDICATE, LEGACY_SIGNATURE_TYPE]],
    ]);
    for (const tag of TAGS) expect(namesOf(tag)).toHaveLength(1);
  });

  it('that is not stored keeps the tag from being written, and says what to change', async () => {
    await replaceTarget(room, { immutableTags: true });
    await pushImage(room.target.host, 'prod/app', SIG, buildLegacy('sig', signatureOf('B')));
    const error: unknown = await (await applyApproved(room, { inputs: LEGACY })).outcome.catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'EVIDENCE_NOT_STORED', hint: expect.stringContaining('immutability') });
    expect(room.target.digestOf('prod/app', '1.0')).toBeUndefined();
  });

  it('that another writer replaced before the tag is added again, beside theirs', async () => {
    const { outcome } = await applyApproved(room, { inputs: LEGACY });
    const theirs = buildLegacy('sig', signatureOf('theirs', '{"critical":{"identity":{"docker-reference":"x"}}}'));
    room.target.seed('prod/app', theirs);
    const before = (): void => room.target.setTag('prod/app', SIG, theirs.root.digest);
    const path = new RegExp(`manifests/${DIGEST}`);
    room.target.faults.push({ method: 'HEAD', path, skip: 1, times: 1, before });
    expect(await outcome).toMatchObject({ result: 'promoted' });
    expect(namesOf(SIG).sort()).toEqual(['/prod/app:1.0', 'x']);
  });
});

describe("the source's own .sig", () => {
  const payloadFor = (name: string): string =>
    JSON.stringify({
      critical: {
        identity: { 'docker-reference': name },
        image: { 'docker-manifest-digest': DIGEST },
        type: LEGACY_SIGNATURE_TYPE,
      },
      optional: { target: `${room.target.host}/prod/app:1.0` },
    });

  /** At the source, and at the target as an earlier run would have left it. */
  async function pushBoth(signature: BuiltImage): Promise<void> {
    await pushImage(room.source.host, 'dev/app', SIG, signature);
    await pushImage(room.target.host, 'prod/app', undefined, INDEX);
    await pushImage(room.target.host, 'prod/app', SIG, signature);
  }

  it('comes along and is never passed off as ours, even by the same key', async () => {
    const payload = payloadFor('dev.test/app:1.0');
    const source = buildLegacy('sig', signatureOf(signLikeFake(payload), payload));
    await pushBoth(source);
    await (await applyApproved(room, { inputs: LEGACY })).outcome;
    expect(namesOf(SIG)).toEqual(['dev.test/app:1.0', '/prod/app:1.0']);
  });

  it('does not count for naming the target, when another key signed it', async () => {
    const payload = payloadFor(`${room.target.host}/prod/app:1.0`);
    await pushBoth(buildLegacy('sig', signatureOf('not ours', payload)));
    await (await applyApproved(room, { inputs: LEGACY })).outcome;
    expect(namesOf(SIG)).toEqual(['/prod/app:1.0', '/prod/app:1.0']);
  });
});
