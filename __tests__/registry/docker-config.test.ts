import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadDockerConfig, parseDockerConfig } from '../../src/registry/docker-config.ts';

const encode = (text: string) => Buffer.from(text).toString('base64');
const parse = (json: unknown) => parseDockerConfig(JSON.stringify(json), 'config.json');
const parseAuth = (entry: object) => parse({ auths: { 'ghcr.io': entry } }).auths.get('ghcr.io');

describe('parseDockerConfig', () => {
  it.each(['', ' \n', '{}', '{"auths":null,"credHelpers":null,"credsStore":""}'])('finds nothing in %j', (text) => {
    expect(parseDockerConfig(text, 'config.json')).toEqual({
      auths: new Map(),
      credHelpers: new Map(),
      credsStore: undefined,
    });
  });

  it('splits auth at its first colon: the password may hold more', () => {
    expect(parseAuth({ auth: encode('me:a:b:') })).toEqual({ username: 'me', password: 'a:b:', identityToken: '' });
  });

  it('drops the NUL bytes that old clients pad auth with', () => {
    expect(parseAuth({ auth: encode('me:secret\0\0') })).toMatchObject({ password: 'secret' });
  });

  it('takes auth before a separate user name and password', () => {
    const entry = { auth: encode('me:right'), username: 'you', password: 'wrong' };
    expect(parseAuth(entry)).toMatchObject({ username: 'me', password: 'right' });
  });

  it('takes a separate user name and password, or an identity token alone', () => {
    expect(parseAuth({ username: 'me', password: 'p' })).toEqual({ username: 'me', password: 'p', identityToken: '' });
    expect(parseAuth({ identitytoken: 't' })).toEqual({ username: '', password: '', identityToken: 't' });
  });

  it('overlooks the empty entry that stands beside a credential store', () => {
    expect(parse({ auths: { 'ghcr.io': {} }, credsStore: 'desktop' })).toEqual({
      auths: new Map(),
      credHelpers: new Map(),
      credsStore: 'desktop',
    });
  });

  it('normalises the keys of auths and credHelpers', () => {
    const config = parse({
      auths: { 'https://index.docker.io/v1/': { auth: encode('me:p') } },
      credHelpers: { 'https://GHCR.io/': 'gh' },
    });
    expect([...config.auths.keys()]).toEqual(['docker.io']);
    expect(config.credHelpers).toEqual(new Map([['ghcr.io', 'gh']]));
  });

  it.each([
    ['[]', 'the file is not an object'],
    ['{"auths":[]}', 'auths is not an object'],
    ['{"auths":{"a":"s3cret"}}', 'auths["a"] is not an object'],
    ['{"auths":{"a":{"auth":17}}}', 'auths["a"].auth is not a string'],
    [`{"auths":{"a":{"auth":"${encode('s3cret')}"}}}`, 'auths["a"].auth is not base64 of user:password'],
    [`{"auths":{"a":{"auth":"${encode(':s3cret')}"}}}`, 'auths["a"].auth is not base64 of user:password'],
    ['{"credHelpers":{"a":{}}}', 'credHelpers["a"] is not a string'],
    ['{"credsStore":true}', 'credsStore is not a string'],
    ['{"auths": s3cret', 'it is not JSON'],
  ])('refuses %s without quoting a secret', (text, what) => {
    expect(() => parseDockerConfig(text, 'config.json')).toThrow(
      expect.objectContaining({ code: 'CREDENTIALS', message: `the Docker config config.json is broken: ${what}` }),
    );
  });
});

describe('loadDockerConfig', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'docker-config-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('reads a file, and has none where there is none', async () => {
    const path = join(directory, 'config.json');
    await writeFile(path, '{"credsStore":"pass"}');
    expect(await loadDockerConfig(path)).toMatchObject({ credsStore: 'pass' });
    expect(await loadDockerConfig(join(directory, 'none.json'))).toBeUndefined();
    expect(await loadDockerConfig(join(path, 'config.json'))).toBeUndefined();
  });

  it('does not take a file it cannot read for no file', async () => {
    const path = join(directory, 'a-directory');
    await mkdir(path);
    await expect(loadDockerConfig(path)).rejects.toMatchObject({ code: 'CREDENTIALS' });
  });
});
