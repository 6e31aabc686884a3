import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildLayer, type Compression } from '../../lab/image/layer.ts';
import { writeTar } from '../../lab/image/tar.ts';
import { findSystemFile } from '../../src/scanner/system-file.ts';

let directory: string;
let serial = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-system-'));
});
afterAll(() => rm(directory, { recursive: true }));

const write = async (bytes: Uint8Array): Promise<string> => {
  const file = join(directory, `${serial++}`);
  await writeFile(file, bytes);
  return file;
};
const layer = (files: Record<string, string>, compression: Compression = 'gzip') =>
  write(buildLayer({ files }, 'oci', compression).bytes);

describe('findSystemFile', () => {
  it.each([
    'etc/os-release',
    'usr/lib/os-release',
    'var/lib/pacman/local/glibc-2.40-1/desc',
    'var/lib/dpkg/status',
    'var/lib/dpkg/status.d/base',
    'lib/apk/db/installed',
    'var/lib/rpm/Packages',
    'usr/lib/sysimage/rpm/rpmdb.sqlite',
    'var/db/pkg/sys-libs/glibc/PF',
  ])('knows an operating system by %s', async (path) => {
    expect(await findSystemFile([await layer({ app: 'x', [path]: 'y' })])).toBe(path);
  });

  it('finds it in any layer, however it is compressed', async () => {
    for (const compression of ['gzip', 'none', 'zstd'] as const) {
      const layers = [
        await layer({ app: 'x' }, compression),
        await layer({ 'etc/os-release': 'ID=arch' }, compression),
      ];
      expect(await findSystemFile(layers)).toBe('etc/os-release');
    }
  });

  it('finds it however its path is written', async () => {
    for (const path of ['./etc/os-release', '/etc/os-release', './/etc/os-release']) {
      expect(await findSystemFile([await write(writeTar([{ path, bytes: 'ID=arch' }]))])).toBe('etc/os-release');
    }
  });

  it('is not led by an empty folder', async () => {
    expect(await findSystemFile([await write(writeTar([{ path: 'var/lib/rpm/x' }]))])).toBeUndefined();
  });

  it('finds nothing in an image with an application only', async () => {
    expect(
      await findSystemFile([await layer({ 'app/server': 'x', 'etc/ssl/cert.pem': 'y', 'my/etc/os-release': 'z' })]),
    ).toBeUndefined();
    expect(await findSystemFile([])).toBeUndefined();
  });
});
