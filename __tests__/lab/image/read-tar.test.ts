import { describe, expect, it } from '@jest/globals';
import { readTar } from '../../../lab/image/read-tar.ts';
import { writeTar } from '../../../lab/image/tar.ts';

const LONG = `${'deep/'.repeat(30)}file`;

describe('readTar', () => {
  it('reads what writeTar wrote, without the directories', () => {
    const archive = writeTar([{ path: 'etc' }, { path: 'etc/a', bytes: 'one' }, { path: LONG, bytes: '' }]);
    const files = readTar(archive).map(({ path, bytes }) => [path, bytes.toString()]);
    expect(files).toEqual([
      ['etc/a', 'one'],
      [LONG, ''],
    ]);
  });

  it('does not take half a file for a file', () => {
    const archive = writeTar([{ path: 'a', bytes: 'x'.repeat(2_000) }]);
    expect(() => readTar(archive.subarray(0, 1_000))).toThrow(RangeError);
  });
});
