import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { SIGNATURE_PREDICATE } from '../../src/chain/statement.ts';
import { VSA_PREDICATE } from '../../src/chain/vsa.ts';
import { buildLegacy, signatureOf, tagOfLegacy } from '../transfer/cosign-tags.ts';
import {
  AMD64,
  type ApplyRoom,
  ARM64,
  applyApproved,
  DIGEST,
  INDEX,
  listWrites,
  openApplyRoom,
  replaceTarget,
  SBOM,
} from './approved.ts';

let room: ApplyRoom;
beforeEach(async () => {
  room = await openApplyRoom();
});
afterEach(() => room.close());

describe('a repository that is filled', () => {
  it('gets blobs, children, root, referrers, evidence, and the tag last', async () => {
    const { outcome } = await applyApproved(room);
    expect(await outcome).toMatchObject({ result: 'promoted', targetTouched: true });
    const [first, ...rest] = listWrites(room);
    expect(first).toBe('blob');
    expect(rest.slice(0, 2).sort()).toEqual(['amd64', 'arm64']);
    expect(rest.slice(2)).toEqual([...['index', 'blob', 'sbom', 'blob', 'evidence'], 'tag prod/app:1.0']);
    expect(room.target.digestOf('prod/app', '1.0')).toBe(DIGEST);
  });

  it('has one fallback index for all referrers before the tag, where there is no referrers API', async () => {
    await replaceTarget(room, { referrersApi: false });
    expect(await (await applyApproved(room)).outcome).toMatchObject({ result: 'promoted' });
    expect(listWrites(room).slice(-2)).toEqual(['fallback index', 'tag prod/app:1.0']);
    expect(room.target.log.manifestWrites(DIGEST.replace(':', '-'))).toHaveLength(1);
    const index = JSON.parse(
      String(room.target.read('prod/app', room.target.digestOf('prod/app', DIGEST.replace(':', '-')) ?? '')),
    );
    expect(index.manifests).toHaveLength(4);
  });

  it('gets the blobs of the image mounted where source and target share a registry', async () => {
    await room.target.close();
    room.target = room.source;
    await (await applyApproved(room, { isSigned: false })).outcome;
    const mounts = room.source.log.find('POST', /mount=sha256/);
    expect(mounts.length).toBeGreaterThanOrEqual(5);
    expect(mounts.every(({ status }) => status === 201)).toBe(true);
    expect(room.source.log.find('PATCH', /uploads/)).toEqual([]);
  });

  it('gets again what the registry collected before the tag', async () => {
    const manifests = [DIGEST, AMD64.root.digest, ARM64.root.digest, SBOM.root.digest];
    const before = (): void => void room.target.collectUntagged('prod/app');
    const { outcome } = await applyApproved(room);
    room.target.faults.push({ method: 'HEAD', path: new RegExp(`manifests/${DIGEST}`), skip: 1, times: 1, before });
    expect(await outcome).toMatchObject({ result: 'promoted' });
    expect(manifests.every((digest) => room.target.hasManifest('prod/app', digest))).toBe(true);
    expect(room.ports.log.lines).toContainEqual(expect.stringContaining('collected untagged content'));
  });
});

describe('what the source has attached in the older form', () => {
  const SIG = buildLegacy('sig', signatureOf('A'));
  const SIG_TAG = tagOfLegacy(INDEX.root, 'sig');

  it('is written under its own tag before the tag of the image, and told as the target shows it', async () => {
    await pushImage(room.source.host, 'dev/app', SIG_TAG, SIG);
    const outcome = await (await applyApproved(room)).outcome;
    expect(listWrites(room).filter((word) => word.startsWith('tag'))).toEqual([
      `tag prod/app:${SIG_TAG}`,
      'tag prod/app:1.0',
    ]);
    expect(room.target.digestOf('prod/app', SIG_TAG)).toBe(SIG.root.digest);
    expect(outcome.notes).toEqual([]);
    expect(outcome.referrers).toEqual([
      {
        repository: `${room.target.host}/prod/app`,
        counts: [
          { of: 'image', form: 'referrer', source: 1, target: 1 },
          { of: 'image', form: 'sig', source: 1, target: 1 },
        ],
      },
    ]);
  });

  it('is no tag of the image: what fails after it leaves nothing promoted', async () => {
    await pushImage(room.source.host, 'dev/app', SIG_TAG, SIG);
    room.signer.rejects = true;
    const { outcome, journal } = await applyApproved(room);
    await expect(outcome).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' });
    expect(room.target.tags('prod/app')).toEqual([SIG_TAG]);
    expect(journal.hasWrittenTag()).toBe(false);
  });

  it('and could not be carried is no failure, but a note that says how much is there', async () => {
    await replaceTarget(room, { immutableTags: true });
    await pushImage(room.source.host, 'dev/app', SIG_TAG, SIG);
    await pushImage(room.target.host, 'prod/app', SIG_TAG, buildLegacy('sig', signatureOf('B')));
    const outcome = await (await applyApproved(room)).outcome;
    expect(outcome.result).toBe('promoted');
    expect(outcome.notes).toEqual([expect.stringContaining('1 of 1 referrer of the image, 0 of 1 .sig of the image')]);
  });
});

describe('the evidence', () => {
  it('is a signature for each target, a record and a summary for each repository, told in the outcome', async () => {
    const { outcome } = await applyApproved(room, { targets: ['prod/a:1', 'prod/a:2', 'prod/b:1'] });
    const evidence = (await outcome).evidence.map(({ repository, predicateType }) => [
      repository.replace(room.target.host, ''),
      predicateType,
    ]);
    expect(evidence).toEqual([
      ['/prod/a', SIGNATURE_PREDICATE],
      ['/prod/a', SIGNATURE_PREDICATE],
      ['/prod/a', RECORD_PREDICATE],
      ['/prod/a', VSA_PREDICATE],
      ['/prod/b', SIGNATURE_PREDICATE],
      ['/prod/b', RECORD_PREDICATE],
      ['/prod/b', VSA_PREDICATE],
    ]);
  });

  it('that the target does not show from outside keeps the tag from being written', async () => {
    room.signer.rejects = true;
    await expect((await applyApproved(room)).outcome).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' });
    expect(room.target.tags('prod/app')).toEqual([]);
  });

  it('of nothing needs no signer: the image and its referrers are copied', async () => {
    expect(await (await applyApproved(room, { isSigned: false })).outcome).toMatchObject({
      result: 'promoted',
      evidence: [],
    });
    expect(room.signer.signed).toEqual([]);
  });
});
