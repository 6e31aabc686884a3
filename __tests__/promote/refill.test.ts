import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../lab/registry/faults.ts';
import { AMD64, type ApplyRoom, applyApproved, DIGEST, openApplyRoom, replaceTarget, SBOM } from './approved.ts';

const LIST = DIGEST.replace(':', '-');

let room: ApplyRoom;
beforeEach(async () => {
  room = await openApplyRoom();
});
afterEach(() => room.close());

/** Applies while this happens, once, just before everything is looked for the last time before the tag. */
async function applyWhile(happens: () => void): Promise<void> {
  const { outcome } = await applyApproved(room);
  // The first look is for what an earlier run may have left.
  const path = new RegExp(`manifests/${DIGEST}`);
  const before: Fault = { method: 'HEAD', path, skip: 1, times: 1, before: happens };
  room.target.faults.push(before);
  expect(await outcome).toMatchObject({ result: 'promoted' });
  expect(room.target.spoilt(before)).toBe(1);
}

const listed = (): string[] =>
  (
    JSON.parse(String(room.target.read('prod/app', room.target.digestOf('prod/app', LIST) ?? ''))) as {
      manifests: { digest: string }[];
    }
  ).manifests.map(({ digest }) => digest);

describe('what is looked for just before the tag', () => {
  it('is every entry of the fallback index: one that another writer took out is listed again', async () => {
    await replaceTarget(room, { referrersApi: false });
    let mine: readonly string[] = [];
    await applyWhile(() => {
      mine = listed();
      // Another writer, which had read the list before we wrote it.
      room.target.deleteTag('prod/app', LIST);
      room.target.seed('prod/app', { ...SBOM, contents: new Map([...SBOM.contents].slice(-1)) });
    });
    expect(mine).toHaveLength(4);
    expect(listed().sort()).toEqual([...mine].sort());
    expect(room.ports.log.lines).toContainEqual(expect.stringMatching(/^warning Another writer replaced the list/));
  });

  it('is every manifest, of the image and of what is attached', async () => {
    await applyWhile(() => void room.target.collectUntagged('prod/app'));
    for (const digest of [DIGEST, AMD64.root.digest, SBOM.root.digest]) {
      expect(room.target.hasManifest('prod/app', digest)).toBe(true);
    }
    expect(room.ports.log.lines).toContainEqual(expect.stringContaining('collected untagged content'));
  });

  it('is every blob, too: a registry may keep a manifest without what it names', async () => {
    const [blob = ''] = [...AMD64.contents.keys()];
    const { outcome } = await applyApproved(room);
    // The first look is that of the copy, the second that before the tag.
    room.target.faults.push({ method: 'HEAD', path: new RegExp(`blobs/${blob}`), skip: 1, times: 1, status: 404 });
    expect(await outcome).toMatchObject({ result: 'promoted' });
    expect(room.ports.log.lines).toContainEqual(expect.stringContaining('collected untagged content'));
  });

  it('is written again only when something is missing', async () => {
    await replaceTarget(room, { referrersApi: false });
    await (await applyApproved(room)).outcome;
    expect(room.target.log.manifestWrites(LIST)).toHaveLength(1);
    expect(room.target.log.manifestWrites(DIGEST)).toHaveLength(1);
  });
});
