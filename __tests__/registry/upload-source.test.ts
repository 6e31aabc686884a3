import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { UploadSource } from '../../src/registry/upload-source.ts';

const content = Buffer.alloc(300_000, 'x');
const repository = parseRepository('registry.test/app');
const descriptor = { digest: digestOf(content), size: content.length };

function createSource(bytes: Buffer) {
  const opened: Readable[] = [];
  const source = new UploadSource(repository, descriptor, () => {
    const stream = Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)], { objectMode: false });
    opened.push(stream);
    return stream;
  });
  return { source, opened };
}

describe('UploadSource', () => {
  it('gives the content from its beginning each time', async () => {
    const { source } = createSource(content);
    for (let i = 0; i < 2; i++) expect(content.equals(Buffer.concat(await source.open().toArray()))).toBe(true);
    expect(source.fault).toBeUndefined();
  });

  it('takes the blame for content that is not what it should be', async () => {
    const { source } = createSource(Buffer.alloc(300_000, 'y'));
    await expect(source.open().toArray()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(source.fault).toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  it('takes no blame for a connection that broke, and closes what it opened', async () => {
    const { source, opened } = createSource(content);
    const stream = source.open();
    await once(stream, 'readable');
    stream.destroy(new Error('connection lost'));
    await expect(once(stream, 'close')).rejects.toThrow('connection lost');
    await new Promise(setImmediate);
    expect(source.fault).toBeUndefined();
    expect(opened.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it('reads on where the last part ended, and opens nothing twice for it', async () => {
    const { source, opened } = createSource(content);
    const parts: Buffer[] = [];
    for (const [start, end] of [
      [0, 70_000],
      [70_000, 100_000],
      [100_000, 300_000],
    ]) {
      parts.push(Buffer.concat(await source.open(start, end).toArray()));
    }
    expect(parts.map(({ length }) => length)).toEqual([70_000, 30_000, 200_000]);
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    expect(opened).toHaveLength(1);
  });

  it('can go back, and forth, by reading from the beginning', async () => {
    const { source, opened } = createSource(content);
    await source.open(0, 200_000).toArray();
    expect(Buffer.concat(await source.open(150_000, 200_000).toArray())).toHaveLength(50_000);
    expect(Buffer.concat(await source.open(250_000, 300_000).toArray())).toHaveLength(50_000);
    expect(opened).toHaveLength(3);
    expect(opened[0]?.destroyed).toBe(true);
  });

  it('holds the whole content to its digest, whichever part is sent last', async () => {
    const { source } = createSource(Buffer.concat([Buffer.from('y'), content.subarray(1)]));
    await source.open(0, 100_000).toArray();
    await expect(source.open(250_000, 300_000).toArray()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  it('leaves nothing open once it is closed', async () => {
    const { source, opened } = createSource(content);
    await source.open(0, 100).toArray();
    source.close();
    await source.open(0, 100).toArray();
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  });
});
