import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../src/host/machine/exec.ts';
import { askHelper } from '../../src/registry/credential-helper.ts';
import { makeRecordingTool } from '../host/actions/recording-tool.ts';
import { makeDirectory } from '../tool/fixture.ts';

const SERVER = 'https://index.docker.io/v1/';
let directory: Awaited<ReturnType<typeof makeDirectory>>;
beforeEach(async () => {
  directory = await makeDirectory();
});
afterEach(() => directory.remove());

const { signal } = new AbortController();
const ask = (name: string, more: Readonly<Record<string, string>> = {}) => {
  const env = { PATH: directory.path, ...more };
  return askHelper({ exec: runCommand, env, cwd: directory.path, signal }, name, SERVER);
};
const makeHelper = (script: string) => makeRecordingTool(directory.path, 'docker-credential-test', script);
const print = (json: object) => `process.stdout.write(${JSON.stringify(JSON.stringify(json))});`;

describe('askHelper', () => {
  it('is what the helper answers to `get` with the server on its input', async () => {
    const helper = await makeHelper(print({ ServerURL: SERVER, Username: '<token>', Secret: 's3cret' }));
    expect(await ask('test', { AWS_PROFILE: 'x' })).toEqual({ username: '<token>', secret: 's3cret' });
    const [call] = await helper.calls();
    expect(call).toMatchObject({ args: ['get'], input: SERVER, env: { AWS_PROFILE: 'x' } });
  });

  it('has nothing when the helper says so, in whatever stream and case', async () => {
    await makeHelper(`console.log('Credentials not found in native keychain'); process.exitCode = 1;`);
    expect(await ask('test')).toBeUndefined();
    await makeHelper(`console.error('error: credentials NOT found'); process.exitCode = 1;`);
    expect(await ask('test')).toBeUndefined();
  });

  it('has nothing when the secret is empty', async () => {
    await makeHelper(print({ Username: 'me', Secret: '' }));
    expect(await ask('test')).toBeUndefined();
  });

  it('fails with what the helper said, on one line, when it ends otherwise', async () => {
    await makeHelper(`console.error('keychain\\n\\x1b[31mlocked'); process.exitCode = 3;`);
    await expect(ask('test')).rejects.toMatchObject({
      code: 'CREDENTIALS',
      message: expect.stringMatching(/^docker-credential-test ended with 3 for \S+: keychain \S*locked$/),
    });
  });

  it('fails when the helper was killed', async () => {
    await makeHelper(`process.kill(process.pid, 'SIGKILL');`);
    await expect(ask('test')).rejects.toMatchObject({ message: expect.stringContaining('was ended by SIGKILL') });
  });

  it.each([
    `process.stdout.write('s3cret')`,
    print({ Username: 'me', Secret: ['s3cret'] }),
    print({ Secret: 's3cret' }),
    `process.stdout.write('null')`,
  ])('takes no credential from %s, and quotes nothing of it', async (script) => {
    await makeHelper(script);
    const error: unknown = await ask('test').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CREDENTIALS', message: expect.stringContaining('no credential') });
    expect(String(error)).not.toContain('s3cret');
  });

  it('says how to go on when there is no such helper', async () => {
    await expect(ask('absent')).rejects.toMatchObject({
      code: 'CREDENTIALS',
      hint: 'Install docker-credential-absent, or take it out of the Docker config.',
    });
  });

  it.each(['', '../test', 'a/b', 'a b', 'test;true', 'test\n'])('runs nothing for the name %j', async (name) => {
    const helper = await makeHelper(print({ Username: 'me', Secret: 's3cret' }));
    await expect(ask(name)).rejects.toMatchObject({ message: expect.stringContaining('cannot be the name') });
    expect(await helper.calls()).toEqual([]);
    expect(helper.path).toBe(join(directory.path, 'docker-credential-test'));
  });
});
