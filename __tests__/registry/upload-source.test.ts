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
});
