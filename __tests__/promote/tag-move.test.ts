import { describe, expect, it } from '@jest/globals';
import { type Digest, parseDigest } from '../../src/image/digest.ts';
import type { TagWrite } from '../../src/promote/tag.ts';
import { READ_BACK_DELAY_MS } from '../../src/promote/tag-look.ts';
import type { TagContext } from '../../src/promote/tag-put.ts';
import { IMAGE, OTHER, openTagRoom, REPOSITORY, THIRD } from './tag-room.ts';

const room = openTagRoom();
const PLANNED = parseDigest(OTHER.root.digest);
const puts = (): string[] => room.asked().filter((line) => line.startsWith('PUT'));
const now = (): string | undefined => room.registry.digestOf(REPOSITORY, '1.0');

/** A channel that was planned to leave OTHER, or to be free. */
function move(options: Partial<TagContext> = {}, from: Digest | undefined = PLANNED): Promise<TagWrite> {
  return room.write({ existingTag: 'accept-same-digest', channel: { from }, ...options });
}

/** What a look shows, so many times, after so many looks that were answered in earnest. */
function showStale(skip: number, times: number): void {
  const path = /manifests\/1\.0/;
  const { contents, root } = OTHER;
  const bytes = contents.get(root.digest)?.bytes ?? Buffer.alloc(0);
  const headers = { 'Docker-Content-Digest': root.digest, 'Content-Type': root.mediaType };
  for (const method of ['HEAD', 'GET']) {
    room.registry.faults.push({ method, path, skip, times, status: 200, headers, body: bytes.toString() });
  }
}

const MOVED = (found: string, was: string) => ({
  kind: 'refused',
  refusal: {
    code: 'TAG_MOVED',
    target: `${room.registry.host}/${REPOSITORY}:1.0`,
    message: expect.stringMatching(new RegExp(`is ${found} now, and was ${was}`)),
  },
});

describe('a channel', () => {
  it('that is what the plan saw moves, with one PUT, and is read back', async () => {
    await room.open();
    room.setTag(OTHER);
    expect(await move()).toEqual({ kind: 'written' });
    expect(puts()).toEqual(['PUT 201']);
    expect(room.pauses).toEqual([READ_BACK_DELAY_MS]);
    expect(now()).toBe(IMAGE.root.digest);
  });

  it('that has the digest already is unchanged, and not written', async () => {
    await room.open();
    room.setTag(IMAGE);
    expect(await move()).toEqual({ kind: 'unchanged' });
    expect(puts()).toEqual([]);
  });

  it.each([
    ['was free', undefined],
    ['was something, and was removed since', PLANNED],
  ])('that %s and is absent now is written for the first time', async (_, from) => {
    await room.open();
    expect(await move({}, from)).toEqual({ kind: 'written' });
    expect(now()).toBe(IMAGE.root.digest);
  });

  it('that is another digest than the plan saw is TAG_MOVED, says what it is, and stays', async () => {
    await room.open();
    room.setTag(THIRD);
    expect(await move()).toMatchObject(MOVED(THIRD.root.digest, PLANNED));
    expect(puts()).toEqual([]);
    expect(now()).toBe(THIRD.root.digest);
  });

  it('that was free when it was planned, and is somebody else’s now, is TAG_MOVED', async () => {
    await room.open();
    room.setTag(OTHER);
    const write = room.write({ existingTag: 'accept-same-digest', channel: { from: undefined } });
    expect(await write).toMatchObject(MOVED(OTHER.root.digest, 'free'));
    expect(puts()).toEqual([]);
  });

  it('that the registry does not let us look at is not written', async () => {
    await room.open();
    room.setTag(OTHER);
    room.registry.faults.push({ method: 'HEAD', path: /manifests\/1\.0/, status: 403 });
    await expect(move()).rejects.toMatchObject({ code: 'DENIED' });
    expect(now()).toBe(OTHER.root.digest);
  });

  it('whose look came slowly is looked at once more before it is written over', async () => {
    await room.open();
    room.setTag(OTHER);
    const path = /manifests\/1\.0/;
    room.registry.faults.push({ method: 'HEAD', path, times: 1, before: () => room.pass(READ_BACK_DELAY_MS + 1) });
    room.registry.faults.push({ method: 'HEAD', path, times: 1, before: () => room.setTag(THIRD) });
    expect(await move()).toMatchObject(MOVED(THIRD.root.digest, PLANNED));
    expect(now()).toBe(THIRD.root.digest);
  });
});

describe('a channel, after the write', () => {
  it('that somebody else moved at once is TAG_MOVED', async () => {
    await room.open();
    room.setTag(OTHER);
    const { refusal } = (await move({ sleep: async () => room.setTag(THIRD) })) as Extract<
      TagWrite,
      { kind: 'refused' }
    >;
    expect(refusal).toMatchObject({
      code: 'TAG_MOVED',
      message: expect.stringContaining(`is ${THIRD.root.digest} now`),
    });
  });

  it('that a cache still shows as it was is looked at again, ever later', async () => {
    await room.open();
    room.setTag(OTHER);
    showStale(1, 2);
    expect(await move()).toEqual({ kind: 'written' });
    expect(room.pauses).toEqual([1, 1, 2].map((times) => times * READ_BACK_DELAY_MS));
  });

  it('that stays what it was is no success: the registry says stored, and did not', async () => {
    await room.open();
    room.setTag(OTHER);
    await expect(move({ sleep: async () => room.setTag(OTHER) })).rejects.toMatchObject({
      code: 'TAG_NOT_STORED',
      message: expect.stringContaining(`shows ${OTHER.root.digest}, which it was before`),
    });
  });
});

describe('a channel whose PUT has no clear answer', () => {
  it('is looked after: what is there is ours, and is not written again', async () => {
    await room.open();
    room.setTag(OTHER);
    room.spoilPut({ dropConnection: 'after' });
    expect(await move()).toEqual({ kind: 'written' });
    expect(puts()).toEqual(['PUT 0']);
  });

  it('is written again while it is what the plan saw, after a wait and a look', async () => {
    await room.open();
    room.setTag(OTHER);
    room.spoilPut({ times: 2, status: 503 });
    expect(await move()).toEqual({ kind: 'written' });
    expect(puts()).toEqual(['PUT 503', 'PUT 503', 'PUT 201']);
    expect(now()).toBe(IMAGE.root.digest);
  });

  it('never overwrites who moved it in between: TAG_MOVED, and theirs is untouched', async () => {
    await room.open({}, { retry: { sleep: async () => room.setTag(THIRD) } });
    room.setTag(OTHER);
    room.spoilPut({ times: 1, status: 503 });
    expect(await move()).toMatchObject(MOVED(THIRD.root.digest, PLANNED));
    expect(puts()).toEqual(['PUT 503']);
    expect(now()).toBe(THIRD.root.digest);
  });

  it('and is refused after that, though a cache shows what it was: done, since it is ours', async () => {
    await room.open();
    room.setTag(OTHER);
    room.spoilPut({ times: 1, dropConnection: 'after' });
    room.spoilPut({ status: 409 });
    showStale(1, 3);
    expect(await move()).toEqual({ kind: 'written' });
    expect(puts()).toEqual(['PUT 0', 'PUT 409']);
  });

  it('every time is a failure when it stays what it was, and it is still that', async () => {
    await room.open({}, { retry: { attempts: 3, sleep: async () => undefined } });
    room.setTag(OTHER);
    room.spoilPut({ status: 503 });
    await expect(move()).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    expect(now()).toBe(OTHER.root.digest);
  });

  it('and no look after it is TAG_UNCERTAIN', async () => {
    await room.open();
    room.setTag(OTHER);
    room.spoilPut({ dropConnection: 'after' });
    room.registry.faults.push({ method: 'HEAD', path: /manifests\/1\.0/, skip: 1, status: 403 });
    await expect(move()).rejects.toMatchObject({ code: 'TAG_UNCERTAIN' });
  });
});
