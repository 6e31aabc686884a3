import { chmod, lstat, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { replaceFiles } from '../../src/workload/replace-files.ts';
import { makeWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await makeWorkspace({ 'a.yml': 'a\n', 'deploy/b.yml': 'b\n', 'deploy/c.yml': 'c\n' });
});
afterEach(() => workspace.remove());

const at = (file: string): string => join(workspace.directory, file);
const replace = (...files: readonly (readonly [string, string, string])[]) =>
  replaceFiles(
    workspace.directory,
    files.map(([file, before, after]) => ({ file, before: Buffer.from(before), after: Buffer.from(after) })),
  );
const readAll = () => Promise.all(['a.yml', 'deploy/b.yml', 'deploy/c.yml'].map((file) => readFile(at(file), 'utf8')));
const listAll = async () => (await readdir(workspace.directory, { recursive: true })).sort();

describe('replacing files', () => {
  it('writes all of them, and leaves nothing beside them', async () => {
    const before = await listAll();
    await replace(['a.yml', 'a\n', 'A\n'], ['deploy/b.yml', 'b\n', 'B\n']);
    expect(await readAll()).toEqual(['A\n', 'B\n', 'c\n']);
    expect(await listAll()).toEqual(before);
  });

  it('keeps permissions, whatever the umask', async () => {
    await chmod(at('a.yml'), 0o666);
    await chmod(at('deploy/b.yml'), 0o755);
    await replace(['a.yml', 'a\n', 'A\n'], ['deploy/b.yml', 'b\n', 'B\n']);
    expect([(await stat(at('a.yml'))).mode & 0o777, (await stat(at('deploy/b.yml'))).mode & 0o777]).toEqual([
      0o666, 0o755,
    ]);
  });

  it('writes through a link, which stays', async () => {
    await symlink('deploy/b.yml', at('link.yml'));
    await replace(['link.yml', 'b\n', 'B\n']);
    expect((await lstat(at('link.yml'))).isSymbolicLink()).toBe(true);
    expect(await readFile(at('deploy/b.yml'), 'utf8')).toBe('B\n');
  });

  it('writes none where one was changed meanwhile', async () => {
    const before = await listAll();
    const failing = replace(['a.yml', 'a\n', 'A\n'], ['deploy/b.yml', 'another\n', 'B\n']);
    await expect(failing).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    expect([await readAll(), await listAll()]).toEqual([['a\n', 'b\n', 'c\n'], before]);
  });

  it('puts back what it replaced where the next cannot be', async () => {
    const before = await listAll();
    // Between two equal names, the second finds the first one's text.
    const failing = replace(['a.yml', 'a\n', 'A\n'], ['deploy/b.yml', 'b\n', 'B\n'], ['a.yml', 'a\n', 'again\n']);
    await expect(failing).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    expect([await readAll(), await listAll()]).toEqual([['a\n', 'b\n', 'c\n'], before]);
  });

  it('names the file that is gone, and one that leads out of the workspace', async () => {
    await expect(replace(['gone.yml', '', 'x'])).rejects.toMatchObject({
      code: 'NOT_WRITTEN',
      message: expect.stringMatching(/^gone\.yml could/),
    });
    await symlink('..', at('up'));
    await expect(replace(['up/x.yml', '', 'x'])).rejects.toMatchObject({ code: 'NOT_WRITTEN' });
  });
});
