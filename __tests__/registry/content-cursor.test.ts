import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { ContentCursor } from '../../src/registry/content-cursor.ts';

const content = Buffer.from('0123456789');
const descriptor = { digest: digestOf(content), size: content.length };

function open(...blocks: string[]) {
  const source = Readable.from(blocks.map(Buffer.from), { objectMode: false });
  return { source, cursor: new ContentCursor(descriptor, 'the content', source) };
}

const read = async (cursor: ContentCursor, limit: number) => (await cursor.read(limit)).toString();

describe('ContentCursor', () => {
  it('hands out what was asked for at most, and knows where it is', async () => {
    const { cursor } = open('0123', '', '456789');
    expect([await read(cursor, 3), cursor.position]).toEqual(['012', 3]);
    expect([await read(cursor, 3), cursor.position]).toEqual(['3', 4]);
    await cursor.skipTo(7);
    expect([await read(cursor, 100), cursor.position]).toEqual(['789', 10]);
  });

  it.each<[string, string[], string]>([
    ['another content', ['01234', '5678x'], 'DIGEST_MISMATCH'],
    ['another beginning, which was skipped', ['x1234', '56789'], 'DIGEST_MISMATCH'],
    ['too much, in the same block', ['01234', '567890'], 'SIZE_MISMATCH'],
    ['too much, in a block of its own', ['01234', '56789', '', '0'], 'SIZE_MISMATCH'],
    ['too little', ['01234', '567'], 'SIZE_MISMATCH'],
  ])('fails before the last bytes for %s', async (_, blocks, code) => {
    const { cursor } = open(...blocks);
    await cursor.skipTo(4);
    let handed = 0;
    const rest = async () => {
      while (cursor.position < 10) handed += (await cursor.read(1)).length;
    };
    await expect(rest()).rejects.toMatchObject({ code, message: expect.stringContaining('the content') });
    expect(handed).toBeLessThan(6);
  });

  it('closes what it reads from', async () => {
    const { cursor, source } = open('0123', '456789');
    await cursor.read(2);
    cursor.close();
    expect(source.destroyed).toBe(true);
  });
});
