import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../lab/process.ts';
import { makeKeyPair } from '../../../lab/stand-in/key-pair.ts';
import { type StandInServer, startStandIns } from '../../../lab/stand-in/server.ts';

const key = makeKeyPair('a "pass" of\nit\'s $OWN');

let server: StandInServer;
let directory: string;
beforeEach(async () => {
  [server, directory] = await Promise.all([startStandIns(), mkdtemp(join(tmpdir(), 'lab-stand-ins-'))]);
});
afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

/** Runs the script of a tool as a promotion does, with nothing in its environment but this. */
async function call(
  tool: 'cosign' | 'trivy',
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  before?: string,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const path = join(directory, tool);
  await server.writeTool(path, tool, before);
  return run(path, args, { env });
}

describe('a stand-in behind a script', () => {
  it('gets the variables as they are, and answers on standard output', async () => {
    const env = { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: key.password };
    const result = await call('cosign', ['public-key', '--key', 'env://COSIGN_PRIVATE_KEY'], env);
    expect(result).toEqual({ code: 0, stdout: key.publicKey, stderr: '' });
  });

  it('ends as the stand-in does, with what it says on standard error', async () => {
    const env = { COSIGN_PRIVATE_KEY: key.privateKey, COSIGN_PASSWORD: 'wrong' };
    const result = await call('cosign', ['public-key', '--key', 'env://COSIGN_PRIVATE_KEY'], env);
    expect(result).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Error: reading key: decrypt: encrypted: decryption failed\n',
    });
  });

  it.each(["it's", '$HOME `id`', 'two\nlines', ''])('gets the argument %j as it is', async (argument) => {
    const { code, stderr } = await call('cosign', [argument, '']);
    expect([code, stderr]).toEqual([1, `Error: unknown command "${argument}" for "cosign"\n`]);
  });

  it('is Trivy, too', async () => {
    expect(await call('trivy', ['--version'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Version') });
  });

  it('is not asked when the shell before it ends the script', async () => {
    expect(await call('trivy', ['--version'], {}, 'case "$1" in --version) exit 9;; esac\n')).toMatchObject({
      code: 9,
    });
  });

  it('says so when it cannot do what it should', async () => {
    const missing = ['public-key', '--key', join(directory, 'nothing')];
    expect(await call('cosign', missing)).toMatchObject({ code: 70, stderr: expect.stringContaining('ENOENT') });
  });
});
