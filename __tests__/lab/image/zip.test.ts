import { crc32 } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { writeZip } from '../../../lab/image/zip.ts';

/** Reads a zip the way readers do: from the directory at its end. */
function readZip(zip: Buffer): Record<string, string> {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const files: Record<string, string> = {};
  let at = zip.readUInt32LE(end + 16);
  for (let i = zip.readUInt16LE(end + 10); i > 0; i--) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26);
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 24));
    expect(zip.readUInt32LE(at + 16)).toBe(crc32(bytes));
    expect(zip.toString('utf8', local + 30, start)).toBe(name);
    files[name] = bytes.toString();
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  return files;
}

describe('writeZip', () => {
  it('writes files that are found through the directory at its end', () => {
    const files = { 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\r\n', 'ä.txt': '', 'b.txt': 'b' };
    expect(readZip(writeZip(files))).toEqual(files);
  });
});
