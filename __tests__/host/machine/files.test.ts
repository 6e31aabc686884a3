import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFromBaseCommit } from '../../../src/host/actions/base-commit.ts';
import { createFileReader } from '../../../src/host/machine/files.ts';
import { type Checkout, createCheckout } from '../actions/checkout.ts';

const POLICY = '.github/promote-image.yml';
let directory: string;
let checkout: Checkout;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-files-'));
  checkout = await createCheckout(
    directory,
    { [POLICY]: 'strict', 'keys/dev.pub': 'key' },
    { [POLICY]: 'lax', 'new.yml': 'n' },
  );
});
afterAll(() => rm(directory, { recursive: true }));

const reader = (event: string) => {
  const { workspace, env } = checkout;
  const readBaseCommit = (path: string) => readFromBaseCommit(path, { workspace, env, token: '' });
  return createFileReader({ workspace, event, home: directory, readBaseCommit });
};

describe('the files of a push', () => {
  it('are those of the workspace, policies too', async () => {
    const files = reader('push');
    expect(await files.readText('new.yml')).toBe('n');
    expect(await files.readPolicy(POLICY)).toBe('lax');
    expect(await files.readText(join(checkout.workspace, 'keys/dev.pub'))).toBe('key');
  });

  it('are undefined where there is none', async () => {
    expect(await reader('push').readText('absent.yml')).toBeUndefined();
    expect(await reader('push').readText('new.yml/absent.yml')).toBeUndefined();
  });

  it('are never taken for absent when they are there and cannot be read', async () => {
    const file = join(directory, 'locked.yml');
    await writeFile(file, 'strict');
    await chmod(file, 0);
    await mkdir(join(checkout.workspace, 'folder.yml'));
    await expect(reader('push').readText('folder.yml')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    if (process.getuid?.() !== 0) {
      await expect(reader('push').readPolicy(file)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    }
  });
});

describe('a policy that is a link', () => {
  it('to another file of the workspace is read', async () => {
    await symlink('promote-image.yml', join(checkout.workspace, '.github/link.yml'));
    expect(await reader('push').readPolicy('.github/link.yml')).toBe('lax');
  });

  it('that leads out of the workspace is not, whichever part of its path is the link', async () => {
    await mkdir(join(directory, 'workspace-2'));
    await writeFile(join(directory, 'workspace-2', 'lax.yml'), 'lax');
    await symlink('../workspace-2/lax.yml', join(checkout.workspace, 'out.yml'));
    await symlink('../workspace-2', join(checkout.workspace, 'out'));
    for (const path of ['out.yml', 'out/lax.yml', join(checkout.workspace, 'out.yml')]) {
      await expect(reader('push').readPolicy(path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    }
  });

  it('is no matter where the workflow itself names another place', async () => {
    await symlink('workspace-2/lax.yml', join(directory, 'named.yml'));
    expect(await reader('push').readPolicy('../named.yml')).toBe('lax');
    expect(await reader('push').readPolicy(join(directory, 'named.yml'))).toBe('lax');
  });
});

describe.each(['pull_request', 'pull_request_target'])('the files of a %s', (event) => {
  it('are those of the workspace', async () => {
    expect(await reader(event).readText(POLICY)).toBe('lax');
  });

  it('but policies come from the base commit, which it cannot have edited', async () => {
    expect(await reader(event).readPolicy(POLICY)).toBe('strict');
    expect(await reader(event).readPolicy(join(checkout.workspace, POLICY))).toBe('strict');
  });

  it('and a policy that only the pull request has does not exist', async () => {
    expect(await reader(event).readPolicy('new.yml')).toBeUndefined();
  });

  it('nor does one outside the repository', async () => {
    await writeFile(join(directory, 'outside.yml'), 'lax');
    expect(await reader(event).readPolicy('../outside.yml')).toBeUndefined();
    expect(await reader(event).readPolicy(join(directory, 'outside.yml'))).toBeUndefined();
  });
});
