import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFileReader } from '../../../src/host/actions/files.ts';
import { type Checkout, createCheckout } from './checkout.ts';

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

const reader = (event: string) =>
  createFileReader({ workspace: checkout.workspace, event, env: checkout.env, token: '' });

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
