import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hashFile } from '../../src/tool/checksum.ts';
import { makeDirectory, sha256 } from './fixture.ts';

let directory: Awaited<ReturnType<typeof makeDirectory>>;
beforeEach(async () => {
  directory = await makeDirectory();
});
afterEach(() => directory.remove());

async function write(content: string | Uint8Array): Promise<string> {
  const file = join(directory.path, 'file');
  await writeFile(file, content);
  return file;
}

describe('hashFile', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('is the published SHA-256 of %j, in lower-case hex', async (content, expected) => {
    expect(await hashFile(await write(content))).toBe(expected);
  });

  it('covers a file that is read in several pieces, to its last byte', async () => {
    const content = Buffer.alloc((2 << 20) + 7, 'x');
    expect(await hashFile(await write(content))).toBe(sha256(content));
    content[content.length - 1] = 0;
    expect(await hashFile(await write(content))).toBe(sha256(content));
  });

  it('hashes bytes, not text', async () => {
    const content = Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a]);
    expect(await hashFile(await write(content))).toBe(sha256(content));
  });

  it('fails for a file that is not there, and for a directory', async () => {
    await expect(hashFile(join(directory.path, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(hashFile(directory.path)).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('has the same answer with a signal that stays quiet', async () => {
    expect(await hashFile(await write('abc'), new AbortController().signal)).toBe(sha256('abc'));
  });

  it('gives no checksum once it was cancelled', async () => {
    await expect(hashFile(await write('abc'), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});
