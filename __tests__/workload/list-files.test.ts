import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isListed, listFiles, resolveFrom } from '../../src/workload/list-files.ts';
import { makeWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;

beforeAll(async () => {
  const paths = [
    ...['compose.yml', 'Dockerfile', 'README.md', 'deploy/a.yaml', 'deploy/b.yml', 'deploy/old/c.yml'],
    ...['deploy/notes.txt', '.hidden/d.yml', 'node_modules/x/e.yml', '.git/f.yml', 'web/Containerfile'],
    ...[
      '.github/workflows/w.yml',
      'web/prod.Dockerfile',
      'web/Dockerfile.dev',
      'web/[odd].yml',
      'deploy/sub/node_modules/g.yml',
    ],
  ];
  workspace = await makeWorkspace(Object.fromEntries(paths.map((path) => [path, 'a: b\n'])));
  await mkdir(join(workspace.directory, '..', 'outside'));
  await symlink('../outside', join(workspace.directory, 'way-out'));
});
afterAll(() => workspace.remove());

const list = async (...patterns: string[]): Promise<readonly string[]> => {
  const { files, problems } = await listFiles(patterns, workspace.directory);
  expect(problems).toEqual([]);
  return files;
};
const tell = async (...patterns: string[]): Promise<readonly string[]> =>
  (await listFiles(patterns, workspace.directory)).problems.map(({ message }) => message);

const ALL = [
  ...['.hidden/d.yml', 'Dockerfile', 'compose.yml', 'deploy/a.yaml', 'deploy/b.yml', 'deploy/old/c.yml'],
  ...['web/Containerfile', 'web/Dockerfile.dev', 'web/[odd].yml', 'web/prod.Dockerfile'],
];

describe('the files of a workspace', () => {
  it('are all workload files where none are named, but for what git and npm keep', async () => {
    expect(await list()).toEqual(ALL);
  });

  it('are in .github only where that is named', async () => {
    expect(await list('.github')).toEqual(['.github/workflows/w.yml']);
    expect(await list('**/w.yml')).toEqual(['.github/workflows/w.yml']);
  });

  it('are those that patterns name, each once, without those that ! leaves out', async () => {
    expect(await list('deploy/**/*.yml', 'deploy/b.yml', './deploy/*.yaml')).toEqual([
      'deploy/a.yaml',
      'deploy/b.yml',
      'deploy/old/c.yml',
    ]);
    expect(await list('deploy/**/*.yml', '!deploy/old/**')).toEqual(['deploy/b.yml']);
    expect(await list('deploy/**/*.yml', '! deploy/old')).toEqual(['deploy/b.yml']);
    expect(await list('deploy/{a,b}.*', '!**/b.yml')).toEqual(['deploy/a.yaml']);
  });

  it('are all but those left out where only that is said', async () => {
    expect(await list('!deploy', '!web/**', '!.hidden')).toEqual(['Dockerfile', 'compose.yml']);
  });

  it('are the workload files of a folder that is named', async () => {
    expect(await list('deploy')).toEqual(['deploy/a.yaml', 'deploy/b.yml', 'deploy/old/c.yml']);
    expect(await list('deploy/')).toEqual(['deploy/a.yaml', 'deploy/b.yml', 'deploy/old/c.yml']);
    expect(await list('.')).toEqual(['.github/workflows/w.yml', ...ALL]);
    expect(await list(join(workspace.directory, 'deploy'))).toHaveLength(3);
  });

  it('may have a name that would be a pattern elsewhere, or any other name', async () => {
    expect(await list('web/[odd].yml')).toEqual(['web/[odd].yml']);
    expect(await list('deploy/notes.txt')).toEqual(['deploy/notes.txt']);
  });
});

describe('a pattern', () => {
  it('that names nothing is wrong use, each by itself', async () => {
    expect(await tell('deploy/*.json', 'compose.yml', 'gone.yml')).toEqual([
      'names "deploy/*.json", which matches no file.',
      'names "gone.yml", which matches no file.',
    ]);
    expect(await tell('compose.yml', '!compose.yml')).toHaveLength(1);
    expect(await tell('node_modules/**')).toHaveLength(1);
  });

  it.each(['../outside/*.yml', '/etc/*.yml', 'deploy/../../outside/x.yml', '!../x'])(
    'that leads out is wrong use: %s',
    async (pattern) => {
      expect(await tell(pattern)).toEqual([expect.stringContaining('outside of the workspace')]);
    },
  );

  it('does not go through a link to a folder', async () => {
    expect(await tell('way-out/**')).toHaveLength(1);
  });

  it('is needed where there is nothing by default', async () => {
    const empty = await makeWorkspace({ 'README.md': '' });
    const { problems } = await listFiles([], empty.directory);
    expect(problems).toEqual([expect.objectContaining({ fix: expect.stringContaining('actions/checkout') })]);
    await empty.remove();
  });
});

describe('a file that another names', () => {
  it.each([
    ['deploy/compose.yml', '../common.yml', 'common.yml'],
    ['compose.yml', './base/compose.yml', 'base/compose.yml'],
    ['compose.yml', '../common.yml', undefined],
    ['compose.yml', '/etc/passwd', undefined],
    ['compose.yml', 'https://git.test/x.git', undefined],
    ['compose.yml', 'oci://registry.test/x', undefined],
  ])('from %s as %s is %s', (file, path, target) => {
    expect(resolveFrom(file, path)).toBe(target);
  });

  it('may be left out on purpose', async () => {
    expect(await isListed('deploy/a.yaml', ['deploy/old'], workspace.directory)).toBe(true);
    expect(await isListed('deploy/old/c.yml', ['deploy/old'], workspace.directory)).toBe(false);
    expect(await isListed('gone.yml', ['deploy/old'], workspace.directory)).toBe(true);
  });
});
