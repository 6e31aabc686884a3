import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { readZipEntry } from '../../src/tool/zip.ts';
import { writeZip } from './zip-fixture.ts';

const CONTENT = Buffer.from('MZ an executable '.repeat(100));
const LIMIT = 1 << 20;

describe('readZipEntry', () => {
  it.each([0, 8] as const)('reads an entry of method %d among others', (method) => {
    const zip = writeZip([
      { name: 'LICENSE', content: Buffer.from('free'), method: 8 },
      { name: 'trivy.exe', content: CONTENT, method },
      { name: 'contrib/trivy.exe', content: Buffer.from('other'), method: 0 },
    ]);
    expect(readZipEntry(zip, 'trivy.exe', LIMIT)).toEqual(CONTENT);
  });

  it('finds the directory behind a comment', () => {
    const zip = writeZip([{ name: 'a', content: CONTENT, method: 8 }], 'a comment');
    expect(readZipEntry(zip, 'a', LIMIT)).toEqual(CONTENT);
  });

  it('matches the whole name only', () => {
    const zip = writeZip([{ name: '../trivy.exe', content: CONTENT, method: 8 }]);
    expect(() => readZipEntry(zip, 'trivy.exe', LIMIT)).toThrow('has no trivy.exe');
  });

  it('refuses an entry whose bytes do not match its CRC-32', () => {
    const zip = writeZip([{ name: 'a', content: CONTENT, method: 0 }]);
    zip.writeUInt8(0xff, 40);
    expect(() => readZipEntry(zip, 'a', LIMIT)).toThrow('damaged');
  });

  it('refuses an entry that unpacks to more than it declares', () => {
    const packed = deflateRawSync(Buffer.alloc(100_000));
    const zip = writeZip([
      { name: 'a', content: Buffer.alloc(10), method: 8, packed, checksum: crc32(Buffer.alloc(10)) },
    ]);
    expect(() => readZipEntry(zip, 'a', LIMIT)).toThrow(/larger than/);
  });

  it('refuses an entry larger than the limit before it is unpacked', () => {
    const zip = writeZip([{ name: 'a', content: CONTENT, method: 8 }]);
    expect(() => readZipEntry(zip, 'a', 10)).toThrow('more than 10');
  });

  it.each([12, 14, 99])('refuses compression method %d', (method) => {
    const zip = writeZip([{ name: 'a', content: CONTENT, method }]);
    expect(() => readZipEntry(zip, 'a', LIMIT)).toThrow(`method ${method}`);
  });

  it('refuses an encrypted entry', () => {
    const zip = writeZip([{ name: 'a', content: CONTENT, method: 0, flags: 1 }]);
    expect(() => readZipEntry(zip, 'a', LIMIT)).toThrow('encrypted');
  });

  it.each([0, 10, 5000])('refuses %d bytes that are no archive', (size) => {
    expect(() => readZipEntry(Buffer.alloc(size), 'a', LIMIT)).toThrow('not a ZIP archive');
  });

  it('refuses an archive that was cut off', () => {
    const zip = writeZip([{ name: 'a', content: CONTENT, method: 0 }]);
    expect(() => readZipEntry(zip.subarray(200), 'a', LIMIT)).toThrow();
  });
});
