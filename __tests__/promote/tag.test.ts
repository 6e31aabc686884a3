import { describe, expect, it } from '@jest/globals';
import { parseDigest } from '../../src/image/digest.ts';
import { MAX_READ_BACK_DELAY_MS, type TagWrite } from '../../src/promote/tag.ts';
import { READ_BACK_DELAY_MS } from '../../src/promote/tag-look.ts';
import { contentOf, IMAGE, OTHER, openTagRoom, REPOSITORY } from './tag-room.ts';

const room = openTagRoom();
const HEAD = { method: 'HEAD', path: /manifests\/1\.0/ };
const GET = { method: 'GET', path: /manifests\/1\.0/ };

describe('a tag that is free', () => {
  it('is looked at, written once, and read back after a pause', async () => {
    await room.open();
    expect(await room.write()).toEqual({ kind: 'written' });
    expect(room.asked()).toEqual([
      'HEAD 404',
      'GET 404', // only a body tells an absent tag from any other 404
      'PUT 201',
      'HEAD 200',
    ]);
    expect(room.pauses).toEqual([READ_BACK_DELAY_MS]);
    expect(room.registry.digestOf(REPOSITORY, '1.0')).toBe(IMAGE.root.digest);
  });

  it('whose registry names digests by another algorithm is ours when the bytes are', async () => {
    await room.open();
    const hex = (await crypto.subtle.digest('SHA-512', new Uint8Array(contentOf(IMAGE).bytes))) as ArrayBuffer;
    const digest = parseDigest(`sha512:${Buffer.from(hex).toString('hex')}`);
    expect(await room.write({}, { ...contentOf(IMAGE), digest })).toEqual({ kind: 'written' });
    const again = room.write({ existingTag: 'accept-same-digest' }, { ...contentOf(IMAGE), digest });
    expect(await again).toEqual({ kind: 'unchanged' });
  });
});

describe('a tag that exists', () => {
  it('with the same digest is refused, and not written', async () => {
    await room.open();
    room.setTag(IMAGE);
    expect(await room.write()).toMatchObject({ kind: 'refused', refusal: { code: 'TAG_EXISTS' } });
    expect(room.registry.log.manifestWrites()).toEqual([]);
  });

  it('with the same digest is done where that is accepted, and not written', async () => {
    await room.open();
    room.setTag(IMAGE);
    expect(await room.write({ existingTag: 'accept-same-digest' })).toEqual({ kind: 'unchanged' });
    expect(room.registry.log.manifestWrites()).toEqual([]);
  });

  it.each(['refuse', 'accept-same-digest'] as const)('with another digest is refused (%s)', async (existingTag) => {
    await room.open();
    room.setTag(OTHER);
    const refusal = { code: 'TAG_EXISTS', target: `${room.registry.host}/${REPOSITORY}:1.0` };
    expect(await room.write({ existingTag })).toMatchObject({ kind: 'refused', refusal });
    expect(room.registry.log.manifestWrites()).toEqual([]);
    expect(room.registry.digestOf(REPOSITORY, '1.0')).toBe(OTHER.root.digest);
  });
});

describe('between write and read-back', () => {
  it('another digest is told as moved', async () => {
    await room.open();
    const sleep = async () => room.setTag(OTHER);
    const { refusal } = (await room.write({ sleep })) as Extract<TagWrite, { kind: 'refused' }>;
    expect(refusal).toMatchObject({ code: 'TAG_MOVED', target: `${room.registry.host}/${REPOSITORY}:1.0` });
    expect(refusal.message).toContain(`is ${OTHER.root.digest} now`);
  });

  it('a tag that is not there at all is a failure of the registry, not somebody else', async () => {
    await room.open();
    const sleep = async () => void room.registry.deleteTag(REPOSITORY, '1.0');
    await expect(room.write({ sleep })).rejects.toMatchObject({ code: 'TAG_NOT_STORED' });
  });

  it('a tag that a cache still calls absent is looked for again, ever later', async () => {
    await room.open();
    const absent = { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' };
    room.registry.faults.push({ ...HEAD, skip: 1, times: 3, ...absent }, { ...GET, skip: 1, times: 3, ...absent });
    expect(await room.write()).toEqual({ kind: 'written' });
    expect(room.pauses).toEqual([1, 1, 2, 4].map((times) => times * READ_BACK_DELAY_MS));
  });

  it('waits three times as long as the registry took from the look to the answer, if that is longer', async () => {
    await room.open();
    room.spoilPut({ before: () => room.pass(1_000) });
    expect(await room.write()).toEqual({ kind: 'written' });
    expect(room.pauses).toEqual([3_000]);
  });

  it('waits no longer than its limit', async () => {
    await room.open();
    room.spoilPut({ before: () => room.pass(60_000) });
    expect(await room.write()).toEqual({ kind: 'written' });
    expect(room.pauses).toEqual([MAX_READ_BACK_DELAY_MS]);
  });

  it.each([
    { what: 'a registry that fails', status: 500 },
    { what: 'a login that ended', status: 401 },
  ])('$what leaves it unsaid what the tag is: TAG_UNCERTAIN, which says that it was written', async ({ status }) => {
    await room.open();
    const sleep = async () => void room.registry.faults.push({ ...HEAD, status });
    await expect(room.write({ sleep })).rejects.toMatchObject({
      code: 'TAG_UNCERTAIN',
      message: `${room.registry.host}/${REPOSITORY}:1.0 was written as ${IMAGE.root.digest}, and could not be read back`,
      cause: { status },
      hint: expect.stringContaining('accept-same-digest'),
    });
  });

  it('a run that is cut off says that the tag was written', async () => {
    await room.open();
    const sleep = async () => room.client.cancel.abort(new Error('cancelled'));
    await expect(room.write({ sleep })).rejects.toMatchObject({ code: 'TAG_UNCERTAIN', cause: { code: 'CANCELLED' } });
    expect(room.registry.tags(REPOSITORY)).toEqual(['1.0']);
  });
});

describe('a registry that does not let us look', () => {
  it.each([
    [401, 'UNAUTHORIZED'],
    [403, 'DENIED'],
    [429, 'RATE_LIMITED'],
    [500, 'UNAVAILABLE'],
  ])('(%i) is never taken for a free tag', async (status, code) => {
    await room.open();
    room.registry.faults.push({ ...HEAD, status }, { ...GET, status });
    await expect(room.write()).rejects.toMatchObject({ code });
    expect(room.registry.log.manifestWrites()).toEqual([]);
  });

  it('with a 404 of somebody else is never taken for a free tag', async () => {
    await room.open();
    for (const fault of [HEAD, GET]) room.registry.faults.push({ ...fault, status: 404, body: '<html>no</html>' });
    await expect(room.write()).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect(room.registry.log.manifestWrites()).toEqual([]);
  });
});

describe('a tag of a copy that signs nothing', () => {
  it('is read back at once', async () => {
    await room.open();
    expect(await room.write({ readsAtOnce: true })).toEqual({ kind: 'written' });
    expect(room.pauses).toEqual([]);
    expect(room.asked().at(-1)).toBe('HEAD 200');
  });

  it('is looked for again where a cache calls it absent', async () => {
    await room.open();
    const absent = { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' };
    room.registry.faults.push({ ...HEAD, skip: 1, times: 2, ...absent }, { ...GET, skip: 1, times: 2, ...absent });
    expect(await room.write({ readsAtOnce: true })).toEqual({ kind: 'written' });
    expect(room.pauses).toEqual([1, 2].map((times) => times * READ_BACK_DELAY_MS));
  });
});

describe('what hangs on a tag', () => {
  it('is looked for once the tag is written, beside the read-back', async () => {
    await room.open();
    let tags: string[] = [];
    const prove = async () => {
      tags = [...room.registry.tags(REPOSITORY)];
    };
    expect(await room.write({ prove })).toEqual({ kind: 'written' });
    expect(tags).toEqual(['1.0']);
  });

  it('and cannot be seen makes it TAG_UNPROVEN', async () => {
    await room.open();
    const prove = () => Promise.reject(new Error('gone'));
    await expect(room.write({ prove })).rejects.toMatchObject({ code: 'TAG_UNPROVEN', cause: { message: 'gone' } });
  });

  it('is not what a refusal is about, when somebody else wrote the tag meanwhile', async () => {
    await room.open();
    const prove = () => Promise.reject(new Error('gone'));
    const sleep = async () => room.setTag(OTHER);
    expect(await room.write({ sleep, prove })).toMatchObject({ refusal: { code: 'TAG_MOVED' } });
  });
});
