import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../lab/process.ts';
import { MAX_FILE_BYTES, WorkspaceReader } from '../../src/workload/read-file.ts';
import { makeWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
let outside: Workspace;
let reader: WorkspaceReader;

beforeAll(async () => {
  [workspace, outside] = await Promise.all([makeWorkspace(), makeWorkspace({ 'secret.yml': 'image: x' })]);
  await workspace.write({
    'a.yml': 'a: b\n',
    'empty.yml': '',
    'folder.yml/a': '',
    'long.yml': 'x'.repeat(200_000),
    'limit.yml': Buffer.alloc(MAX_FILE_BYTES, 0x20),
    'too-long.yml': Buffer.alloc(MAX_FILE_BYTES + 1, 0x20),
  });
  const link = (target: string, name: string) => symlink(target, join(workspace.directory, name));
  await link('a.yml', 'inside.yml');
  await link(join(outside.directory, 'secret.yml'), 'outside.yml');
  await link(outside.directory, 'folder');
  await link('gone', 'broken.yml');
  await run('mkfifo', [join(workspace.directory, 'pipe.yml')], { cwd: workspace.directory, env: process.env });
  reader = new WorkspaceReader(workspace.directory);
});
afterAll(() => Promise.all([workspace.remove(), outside.remove()]));

const read = (file: string): string | undefined => {
  const found = reader.read(file);
  return 'bytes' in found ? Buffer.from(found.bytes).toString() : undefined;
};
const flawOf = (file: string): string => {
  const found = reader.read(file);
  return 'flaw' in found ? found.flaw : 'none';
};

describe('a file of the workspace', () => {
  it('is read whole, whatever its size below 10 MiB', () => {
    expect([read('a.yml'), read('empty.yml')]).toEqual(['a: b\n', '']);
    expect(read('long.yml')).toBe('x'.repeat(200_000));
    expect(read('limit.yml')).toHaveLength(MAX_FILE_BYTES);
  });

  it('keeps its bytes when the next one is read', () => {
    const first = reader.read('a.yml');
    reader.read('long.yml');
    expect('bytes' in first && Buffer.from(first.bytes).toString()).toBe('a: b\n');
  });

  it('may be a link inside of it', () => {
    expect(read('inside.yml')).toBe('a: b\n');
  });
});

describe('what is no such file', () => {
  it.each([
    ['outside.yml', 'a link that leads out of the workspace'],
    ['folder/secret.yml', 'outside of the workspace'],
    ['broken.yml', 'cannot be read'],
    ['gone.yml', 'cannot be read: ENOENT: no such file or directory'],
    ['too-long.yml', 'more than 10485760'],
    ['folder.yml', 'cannot be read: EISDIR: illegal operation on a directory'],
    ['pipe.yml', 'cannot be read'],
  ])('is told, and never waited for: %s', (file, flaw) => {
    expect(flawOf(file)).toContain(flaw);
  });
});
