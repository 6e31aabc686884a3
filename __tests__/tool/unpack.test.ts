import { access, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { unpackExecutable } from '../../src/tool/unpack.ts';
import { makeDirectory, writeScript, writeTar } from './fixture.ts';
import { writeZip } from './zip-fixture.ts';

const RELEASE = { file: 'tool.tar.gz', url: 'https://example.com/tool.tar.gz', executable: 'tool' };
let directory: Awaited<ReturnType<typeof makeDirectory>>;
let source: string;
let target: string;

beforeEach(async () => {
  directory = await makeDirectory();
  source = join(directory.path, 'source');
  target = join(directory.path, 'target');
  await mkdir(join(source, 'contrib'), { recursive: true });
  await writeScript(join(source, 'tool'), 'hello');
  await writeFile(join(source, 'contrib', 'tool'), 'not this one');
  await writeFile(join(source, 'LICENSE'), 'free');
});
afterEach(() => directory.remove());

describe('unpackExecutable', () => {
  it('takes only the executable out of a tar, for its owner alone', async () => {
    const archive = await writeTar(join(directory.path, 'a.tgz'), source, ['LICENSE', 'contrib/tool', 'tool']);
    const path = await unpackExecutable(archive, { ...RELEASE, kind: 'tar.gz' }, target);
    expect(path).toBe(join(target, 'tool'));
    expect(await readdir(target)).toEqual(['tool']);
    expect(await readFile(path, 'utf8')).toContain('hello');
    expect((await stat(path)).mode & 0o777).toBe(0o700);
  });

  it('takes an executable whose entry starts with ./', async () => {
    const archive = await writeTar(join(directory.path, 'a.tgz'), source, ['./tool']);
    await unpackExecutable(archive, { ...RELEASE, kind: 'tar.gz' }, target);
    expect(await readdir(target)).toEqual(['tool']);
  });

  it('does not follow a symbolic link in place of the executable', async () => {
    const hostile = join(directory.path, 'hostile');
    await mkdir(hostile);
    await symlink(join(source, 'tool'), join(hostile, 'tool'));
    const archive = await writeTar(join(directory.path, 'a.tgz'), hostile, ['tool']);
    const unpacking = unpackExecutable(archive, { ...RELEASE, kind: 'tar.gz' }, target);
    await expect(unpacking).rejects.toMatchObject({ code: 'BAD_ARCHIVE' });
    await expect(access(join(target, 'tool'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses an archive without the executable', async () => {
    const archive = await writeTar(join(directory.path, 'a.tgz'), source, ['LICENSE', 'contrib/tool']);
    const unpacking = unpackExecutable(archive, { ...RELEASE, kind: 'tar.gz' }, target);
    await expect(unpacking).rejects.toMatchObject({ code: 'BAD_ARCHIVE' });
    expect(await readdir(target)).toEqual([]);
  });

  it('refuses what is no archive', async () => {
    const archive = join(directory.path, 'a.tgz');
    await writeFile(archive, 'not an archive');
    const release = { ...RELEASE, kind: 'tar.gz' } as const;
    await expect(unpackExecutable(archive, release, target)).rejects.toMatchObject({ code: 'BAD_ARCHIVE' });
  });

  it('takes the executable out of a ZIP', async () => {
    const archive = join(directory.path, 'a.zip');
    await writeFile(archive, writeZip([{ name: 'tool', content: Buffer.from('MZ'), method: 8 }]));
    const path = await unpackExecutable(archive, { ...RELEASE, kind: 'zip' }, target);
    expect(await readFile(path, 'utf8')).toBe('MZ');
  });

  it('takes a bare executable as it is', async () => {
    const path = await unpackExecutable(join(source, 'tool'), { ...RELEASE, kind: 'binary' }, target);
    expect(await readFile(path)).toEqual(await readFile(join(source, 'tool')));
    expect((await stat(path)).mode & 0o100).toBe(0o100);
  });
});
