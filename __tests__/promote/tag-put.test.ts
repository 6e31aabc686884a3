import { describe, expect, it } from '@jest/globals';
import { READ_BACK_DELAY_MS } from '../../src/promote/tag-look.ts';
import { IMAGE, OTHER, openTagRoom, REPOSITORY } from './tag-room.ts';

const room = openTagRoom();
const puts = (): string[] => room.asked().filter((line) => line.startsWith('PUT'));

describe.each([400, 403, 405, 409, 412, 422])('a registry that answers the write with %i', (status) => {
  it('because somebody else wrote the same digest first: done', async () => {
    await room.open({ immutableTags: { status } });
    room.spoilPut({ before: () => room.setTag(IMAGE) });
    expect(await room.write()).toEqual({ kind: 'written' });
    expect(room.pauses).toEqual([READ_BACK_DELAY_MS]);
  });

  it('because somebody else wrote another digest first: refused', async () => {
    await room.open({ immutableTags: { status } });
    room.spoilPut({ before: () => room.setTag(OTHER) });
    expect(await room.write()).toMatchObject({ kind: 'refused', refusal: { code: 'TAG_EXISTS' } });
    expect(room.registry.digestOf(REPOSITORY, '1.0')).toBe(OTHER.root.digest);
  });

  it('while the tag stays free: not decided, and not asked again', async () => {
    await room.open();
    room.spoilPut({ status });
    await expect(room.write()).rejects.toMatchObject({ status });
    expect(puts()).toEqual([`PUT ${status}`]);
  });

  it('after an answer was lost, because the tag is ours, though a cache calls it absent: done', async () => {
    await room.open({ immutableTags: { status } });
    room.spoilPut({ times: 1, dropConnection: 'after' });
    const absent = { path: /manifests\/1\.0/, status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' };
    for (const method of ['HEAD', 'GET']) room.registry.faults.push({ ...absent, method, skip: 1, times: 3 });
    expect(await room.write()).toEqual({ kind: 'written' });
    expect(puts()).toEqual(['PUT 0', `PUT ${status}`]);
  });
});

describe('a write without a clear answer', () => {
  it('is looked after: what is there is ours, and is not written again', async () => {
    await room.open();
    room.spoilPut({ dropConnection: 'after' });
    expect(await room.write()).toEqual({ kind: 'written' });
    expect(puts()).toEqual(['PUT 0']);
    expect(room.client.waits).toHaveLength(1);
    expect(room.pauses).toEqual([READ_BACK_DELAY_MS]);
  });

  it('is sent again while the tag is free, each time after a wait and a look', async () => {
    await room.open();
    room.spoilPut({ times: 2, status: 503 });
    expect(await room.write()).toEqual({ kind: 'written' });
    expect(room.asked().join(', ')).toBe(
      'HEAD 404, GET 404, PUT 503, HEAD 404, GET 404, PUT 503, HEAD 404, GET 404, PUT 201, HEAD 200',
    );
    expect(room.client.waits).toEqual([500, 1_000]);
  });

  it('waits as long as the registry asks', async () => {
    await room.open();
    room.spoilPut({ times: 1, status: 429, headers: { 'Retry-After': '7' } });
    expect(await room.write()).toEqual({ kind: 'written' });
    expect(room.client.waits).toEqual([7_000]);
  });

  it('never overwrites who came in between: TAG_EXISTS, and theirs is untouched', async () => {
    const sleep = async (): Promise<void> => room.setTag(OTHER);
    await room.open({}, { retry: { sleep } });
    room.spoilPut({ times: 1, status: 503 });
    expect(await room.write()).toMatchObject({ kind: 'refused', refusal: { code: 'TAG_EXISTS' } });
    expect(puts()).toEqual(['PUT 503']);
    expect(room.registry.digestOf(REPOSITORY, '1.0')).toBe(OTHER.root.digest);
  });

  it('every time is a failure when the tag is not there, after as many as the policy allows', async () => {
    await room.open({}, { retry: { attempts: 3, sleep: async () => undefined } });
    room.spoilPut({ status: 503 });
    await expect(room.write()).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    expect(puts()).toEqual(['PUT 503', 'PUT 503', 'PUT 503']);
    expect(room.registry.tags(REPOSITORY)).toEqual([]);
  });

  it('and no look after it is TAG_UNCERTAIN', async () => {
    await room.open();
    room.spoilPut({ dropConnection: 'after' });
    room.registry.faults.push({ method: 'HEAD', path: /manifests\/1\.0/, skip: 1, status: 403 });
    await expect(room.write()).rejects.toMatchObject({
      code: 'TAG_UNCERTAIN',
      message: expect.stringContaining('may have been written'),
    });
  });
});

describe('a write with a clear answer', () => {
  it('that is a refusal keeps it when nobody can look afterwards', async () => {
    await room.open();
    room.spoilPut({ status: 403 });
    room.registry.faults.push({ method: 'HEAD', path: /manifests\/1\.0/, skip: 1, status: 500 });
    await expect(room.write()).rejects.toMatchObject({ code: 'DENIED', status: 403, method: 'PUT' });
  });

  it('that names another digest is TAG_UNCERTAIN', async () => {
    await room.open();
    room.spoilPut({ wrongDigestHeader: true });
    await expect(room.write()).rejects.toMatchObject({ code: 'TAG_UNCERTAIN', cause: { code: 'DIGEST_MISMATCH' } });
  });
});

describe('a cancel', () => {
  it('before the write leaves the tag alone', async () => {
    await room.open();
    const reason = new Error('cancelled');
    await expect(room.write({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(puts()).toEqual([]);
  });

  it('during the write does not end it: it is read back, and told as it is', async () => {
    await room.open();
    const cancel = new AbortController();
    room.spoilPut({ before: () => cancel.abort() });
    expect(await room.write({ signal: cancel.signal })).toEqual({ kind: 'written' });
  });

  it('while a failed write waits to be sent again: looked at once more, and not sent', async () => {
    const cancel = new AbortController();
    await room.open({}, { retry: { sleep: async () => cancel.abort() } });
    room.spoilPut({ status: 503 });
    await expect(room.write({ signal: cancel.signal })).rejects.toMatchObject({ status: 503 });
    expect(room.asked().join(', ')).toBe('HEAD 404, GET 404, PUT 503, HEAD 404, GET 404');
  });
});
