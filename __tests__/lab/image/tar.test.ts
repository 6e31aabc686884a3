import { describe, expect, it } from '@jest/globals';
import { list } from 'tar';
import { writeTar } from '../../../lab/image/tar.ts';

function readTar(archive: Buffer): [string, string, string][] {
  const found: [string, string, string][] = [];
  const parser = list({
    sync: true,
    onReadEntry: (entry) => {
      const chunks: Buffer[] = [];
      entry.on('data', (chunk) => chunks.push(chunk));
      entry.on('end', () => found.push([entry.path, entry.type, Buffer.concat(chunks).toString()]));
    },
  });
  parser.end(archive);
  return found;
}

describe('writeTar', () => {
  it('writes files and directories that another program reads', () => {
    const long = `${'d'.repeat(90)}/${'f'.repeat(90)}`;
    const archive = writeTar([
      { path: 'etc' },
      { path: 'etc/os-release', bytes: 'ID=debian\n' },
      { path: long, bytes: '' },
    ]);
    expect(readTar(archive)).toEqual([
      ['etc/', 'Directory', ''],
      ['etc/os-release', 'File', 'ID=debian\n'],
      [long, 'File', ''],
    ]);
  });

  it('refuses a path that ustar cannot hold', () => {
    expect(() => writeTar([{ path: 'x'.repeat(101), bytes: '' }])).toThrow(RangeError);
  });
});
