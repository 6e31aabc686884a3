import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { isDiskFull, toDiskFull } from '../../src/transfer/disk-full.ts';
import { TransferError } from '../../src/transfer/error.ts';

const fault = (code: string) => Object.assign(new Error(code), { code });

describe('isDiskFull', () => {
  it('knows what the system says', async () => {
    const error = await writeFile('/dev/full', 'x').catch((cause: unknown) => cause);
    expect(isDiskFull(error)).toBe(true);
  });

  it.each(['ENOSPC', 'EDQUOT', 'EFBIG', 'DISK_FULL'])('takes %s for it, however deep in the causes', (code) => {
    expect(isDiskFull(new Error('b', { cause: new Error('a', { cause: fault(code) }) }))).toBe(true);
  });

  it.each([fault('EACCES'), fault('EROFS'), new Error('ENOSPC'), 'ENOSPC', undefined])(
    'takes %p for another',
    (error) => {
      expect(isDiskFull(error)).toBe(false);
    },
  );
});

describe('toDiskFull', () => {
  it('says what was tried and what to change', () => {
    const cause = fault('EDQUOT');
    expect(toDiskFull('no space for x', cause)).toMatchObject({
      ...{ code: 'DISK_FULL', message: 'no space for x', cause },
      hint: 'Point work-dir at a larger disk, or free some space.',
    });
  });

  it('leaves an error that says it already', () => {
    const known = new TransferError('DISK_FULL', 'known');
    expect(toDiskFull('again', known)).toBe(known);
  });
});
