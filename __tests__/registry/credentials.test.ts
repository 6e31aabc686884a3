import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Exec } from '../../src/base/ports.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { dockerConfigCredentials, explicitCredentials } from '../../src/registry/credentials.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'credentials-'));
});
afterAll(() => rm(directory, { recursive: true }));

const repository = (name: string) => parseRepository(name);
const auth = (user: string, password: string) => ({ auth: Buffer.from(`${user}:${password}`).toString('base64') });
const basic = (username: string, password: string) => ({ kind: 'basic', username, password });
const anonymous = { kind: 'anonymous' };

let files = 0;
async function writeConfig(json: object | string): Promise<string> {
  const path = join(directory, `config-${++files}.json`);
  await writeFile(path, typeof json === 'string' ? json : JSON.stringify(json));
  return path;
}

/** A helper program that logs what it is asked and does what the shell text says. */
async function writeHelper(name: string, body: string): Promise<void> {
  const path = join(directory, `docker-credential-${name}`);
  await writeFile(path, `#!/bin/sh\nserver=$(cat)\necho "$1 $server" >> "${directory}/${name}.log"\n${body}\n`);
  await chmod(path, 0o755);
}

const exec: Exec = ({ file, args, cwd, env, input }) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    child.stdin.end(input);
  });

function sourceOf(...paths: string[]) {
  const env = { PATH: `${directory}:/usr/bin:/bin` };
  return dockerConfigCredentials({ paths, exec, env, cwd: directory, signal: new AbortController().signal });
}

async function resolve(config: object | string, name: string) {
  return sourceOf(await writeConfig(config)).resolve(repository(name));
}

describe('explicitCredentials', () => {
  const source = explicitCredentials(
    new Map([
      ['registry.test', { kind: 'basic', username: 'host', password: 'x' }],
      ['registry.test/team', { kind: 'basic', username: 'team', password: 'x' }],
      ['https://index.docker.io/v1/', { kind: 'basic', username: 'hub', password: 'x' }],
    ]),
  );

  it.each([
    ['registry.test/app', 'host'],
    ['registry.test/team/app', 'team'],
    ['registry.test/teams/app', 'host'],
    ['docker.io/library/alpine', 'hub'],
  ])('gives %s those of %s', async (name, username) => {
    expect(await source.resolve(repository(name))).toMatchObject({ username });
  });

  it.each([
    ...['registry.test.evil.test/app', 'myregistry.test/app', 'registry.test:5000/app', 'sub.registry.test/app'],
    ...['docker.io.evil.com/a/b', 'evil-docker.io/a/b', 'index.docker.io.evil.com/a/b', 'docker.io:5000/a/b'],
  ])('gives %s none', async (name) => {
    expect(await source.resolve(repository(name))).toEqual(anonymous);
  });

  it.each(['registry.test@evil.test/app', 'user@registry.test/app', 'registry.test:pass@evil.test/app'])(
    'are never asked for %s: that names no registry',
    (name) => {
      expect(() => repository(name)).toThrow('names no registry');
    },
  );

  it('asks another source for the rest', async () => {
    const both = explicitCredentials(new Map(), source);
    expect(await both.resolve(repository('registry.test/app'))).toMatchObject({ username: 'host' });
  });
});

describe('a Docker config', () => {
  it.each([
    'registry.test:5000',
    'https://registry.test:5000',
    'http://registry.test:5000/',
    'https://registry.test:5000/v1/',
    'registry.test:5000/v2/',
    'REGISTRY.test:5000',
  ])('may call a registry %s', async (key) => {
    expect(await resolve({ auths: { [key]: auth('u', 'p:q') } }, 'registry.test:5000/app')).toEqual(basic('u', 'p:q'));
  });

  it.each(['https://index.docker.io/v1/', 'index.docker.io', 'docker.io', 'registry-1.docker.io'])(
    'may call Docker Hub %s',
    async (key) => {
      expect(await resolve({ auths: { [key]: auth('u', 'p') } }, 'docker.io/library/alpine')).toEqual(basic('u', 'p'));
    },
  );

  it('does not give one host the credentials of another whose name it contains', async () => {
    const auths = { 'registry.test': auth('u', 'p'), 'x-docker.io': auth('u', 'p') };
    for (const name of ['my.registry.test/a', 'registry.test.evil.test/a', 'registry.test:443/a', 'docker.io/a/b']) {
      expect(await resolve({ auths }, name)).toEqual(anonymous);
    }
  });

  it('prefers the key that names most of the repository, at whole segments', async () => {
    const auths = {
      'r.test': auth('host', 'p'),
      'r.test/team': auth('team', 'p'),
      'r.test/team/app': auth('app', 'p'),
    };
    expect(await resolve({ auths }, 'r.test/team/app')).toMatchObject({ username: 'app' });
    expect(await resolve({ auths }, 'r.test/team/application')).toMatchObject({ username: 'team' });
    expect(await resolve({ auths }, 'r.test/teams/app')).toMatchObject({ username: 'host' });
  });

  it('may hold an identity token', async () => {
    const entry = { ...auth('00000000', 'unused'), identitytoken: 'REFRESH' };
    expect(await resolve({ auths: { 'r.test': entry } }, 'r.test/a')).toEqual({
      kind: 'identity-token',
      token: 'REFRESH',
      username: '00000000',
    });
    expect(await resolve({ auths: { 'r.test': { identitytoken: 'REFRESH' } } }, 'r.test/a')).toEqual({
      kind: 'identity-token',
      token: 'REFRESH',
    });
  });

  it('may write user and password out', async () => {
    expect(await resolve({ auths: { 'r.test': { username: 'u', password: 'p' } } }, 'r.test/a')).toEqual(
      basic('u', 'p'),
    );
  });

  it('is passed over where it does not exist, and the next one is asked for what it does not know', async () => {
    const first = await writeConfig({ auths: { 'a.test': auth('a', 'p'), 'both.test': auth('first', 'p') } });
    const second = await writeConfig({ auths: { 'b.test': auth('b', 'p'), 'both.test': auth('second', 'p') } });
    const source = sourceOf(join(directory, 'missing.json'), first, second);
    expect(await source.resolve(repository('b.test/x'))).toMatchObject({ username: 'b' });
    expect(await source.resolve(repository('both.test/x'))).toMatchObject({ username: 'first' });
    expect(await source.resolve(repository('c.test/x'))).toEqual(anonymous);
  });

  it.each([
    ['no JSON', '{', /not JSON/],
    ['a list', '[]', /not an object/],
    ['auths that are a list', '{"auths":[]}', /auths is not an object/],
    ['auth that is a number', '{"auths":{"r.test":{"auth":5}}}', /auth is not a string/],
    ['auth without a colon', '{"auths":{"r.test":{"auth":"c2VjcmV0"}}}', /user:password/],
  ])('that holds %s is an error that quotes no secret', async (_, text, message) => {
    const failing = resolve(text, 'r.test/a');
    await expect(failing).rejects.toMatchObject({ code: 'CREDENTIALS', message: expect.stringMatching(message) });
    await expect(failing).rejects.toMatchObject({ message: expect.not.stringContaining('c2VjcmV0') });
  });

  it('that cannot be read is an error, not "anonymous"', async () => {
    await expect(sourceOf(directory).resolve(repository('r.test/a'))).rejects.toMatchObject({ code: 'CREDENTIALS' });
  });
});

describe('helper programs', () => {
  beforeAll(async () => {
    await writeHelper(
      'good',
      'echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"helped\\",\\"Secret\\":\\"s3cret\\"}"',
    );
    await writeHelper('store', 'echo "{\\"Username\\":\\"stored\\",\\"Secret\\":\\"s3cret\\"}"');
    await writeHelper('token', 'echo "{\\"Username\\":\\"<token>\\",\\"Secret\\":\\"REFRESH\\"}"');
    await writeHelper('empty', 'echo "credentials not found in native keychain"; exit 1');
    await writeHelper('broken', 'echo "cannot reach the vault" >&2; exit 3');
    await writeHelper('garbled', 'echo "s3cret is not JSON"');
  });

  it('of a host go before the store, the store before the file', async () => {
    const config = {
      auths: { 'r.test': auth('file', 'p'), 's.test': auth('file', 'p') },
      credsStore: 'store',
      credHelpers: { 'r.test': 'good' },
    };
    expect(await resolve(config, 'r.test/a')).toEqual(basic('helped', 's3cret'));
    expect(await resolve(config, 's.test/a')).toEqual(basic('stored', 's3cret'));
  });

  it('are asked for Docker Hub by the address it is kept under', async () => {
    await resolve({ credHelpers: { 'docker.io': 'good' } }, 'docker.io/library/alpine');
    const { readFile } = await import('node:fs/promises');
    expect(await readFile(join(directory, 'good.log'), 'utf8')).toContain('get https://index.docker.io/v1/');
  });

  it('mark an identity token with the user name <token>', async () => {
    expect(await resolve({ credHelpers: { 'r.test': 'token' } }, 'r.test/a')).toEqual({
      kind: 'identity-token',
      token: 'REFRESH',
    });
  });

  it('that have nothing mean nobody, or the file behind the store', async () => {
    expect(await resolve({ credHelpers: { 'r.test': 'empty' } }, 'r.test/a')).toEqual(anonymous);
    const config = { credsStore: 'empty', auths: { 'r.test': auth('file', 'p'), 's.test': {} } };
    expect(await resolve(config, 'r.test/a')).toEqual(basic('file', 'p'));
    expect(await resolve(config, 's.test/a')).toEqual(anonymous);
  });

  it('that fail are an error and never "anonymous"', async () => {
    await expect(resolve({ credHelpers: { 'r.test': 'broken' } }, 'r.test/a')).rejects.toMatchObject({
      code: 'CREDENTIALS',
      message: expect.stringMatching(/docker-credential-broken ended with 3 .*cannot reach the vault/),
      hint: expect.stringContaining('docker-credential-broken get'),
    });
  });

  it('that are not installed are an error', async () => {
    await expect(resolve({ credsStore: 'nowhere' }, 'r.test/a')).rejects.toMatchObject({
      code: 'CREDENTIALS',
      hint: expect.stringContaining('Install'),
    });
  });

  it('that answer nonsense are an error which does not quote it', async () => {
    const failing = resolve({ credHelpers: { 'r.test': 'garbled' } }, 'r.test/a');
    await expect(failing).rejects.toMatchObject({
      code: 'CREDENTIALS',
      message: expect.not.stringContaining('s3cret'),
    });
  });

  it.each(['../evil', 'a/b', 'a b', ';id', '$(id)', 'a\nb'])('may not be called %j', async (name) => {
    await expect(resolve({ credHelpers: { 'r.test': name } }, 'r.test/a')).rejects.toMatchObject({
      code: 'CREDENTIALS',
      message: expect.stringContaining('cannot be the name'),
    });
  });
});
