import { describe, expect, it } from '@jest/globals';
import { parseDigest } from '../../src/image/digest.ts';
import { lookFreshly, READ_BACK_DELAY_MS, recognizeDigest } from '../../src/promote/tag-look.ts';
import { contentOf, IMAGE, OTHER, openTagRoom } from './tag-room.ts';

const room = openTagRoom();
const look = () => lookFreshly(room.target(), contentOf(IMAGE), room.context());
const HEAD = { method: 'HEAD', path: /manifests\/1\.0/ };

describe('a look to write upon', () => {
  it('counts from when its question was sent', async () => {
    await room.open();
    room.clock = 7;
    expect(await look()).toEqual({ found: undefined, from: 7 });
  });

  it('that took longer than D is taken again, and then stands', async () => {
    await room.open();
    room.registry.faults.push({ ...HEAD, before: () => room.pass(READ_BACK_DELAY_MS + 1) });
    expect(await look()).toEqual({ found: undefined, from: READ_BACK_DELAY_MS + 1 });
    expect(room.asked().filter((line) => line.startsWith('HEAD'))).toHaveLength(2);
  });

  it('that sees another writer on the second try says so', async () => {
    await room.open();
    const before = (): void => room.pass(READ_BACK_DELAY_MS + 1);
    room.registry.faults.push({ ...HEAD, times: 1, before }, { ...HEAD, before: () => room.setTag(OTHER) });
    expect((await look()).found).toBe(OTHER.root.digest);
  });
});

describe('a digest that was found', () => {
  it('is ours only when it names our bytes', async () => {
    await room.open();
    const content = contentOf(IMAGE);
    const other = parseDigest(OTHER.root.digest);
    expect(recognizeDigest(undefined, content)).toBeUndefined();
    expect(recognizeDigest(other, content)).toBe(other);
    const named = { ...content, digest: parseDigest(`sha512:${'a'.repeat(128)}`) };
    expect(recognizeDigest(content.digest, named)).toBe(named.digest);
    expect(recognizeDigest(other, named)).toBe(other);
  });
});
