import { describe, expect, it } from '@jest/globals';
import { PROMOTE } from '../../../src/batch/action.ts';
import { maskInputs, maskLogins, readKeyEnv, readKmsEnv } from '../../../src/host/machine/secrets.ts';
import { recordLog } from '../../promote/fake-ports.ts';
import { readStep } from '../../promote/fake-step.ts';

function masked(raw: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}): string[] {
  const log = recordLog();
  maskInputs(raw, env, log);
  return log.lines;
}

describe('maskInputs', () => {
  it('masks every input and variable that holds a secret', () => {
    const raw = {
      'source-password': 'one',
      'target-password': 'two',
      'github-token': 'three',
      'cosign-key': ' env://MY_KEY ',
      'source-username': 'not this',
    };
    const lines = masked(raw, { COSIGN_PASSWORD: 'four', MY_KEY: 'five', OTHER: 'not this' });
    expect(lines).toEqual(
      expect.arrayContaining(['one', 'two', 'three', 'four', 'five'].map((secret) => `mask ${secret}`)),
    );
    // What contains another secret comes before it.
    expect(lines[0]).toBe(`mask ${Buffer.from('not this:one').toString('base64')}`);
    expect(lines.join('\n')).not.toContain('not this');
  });

  it('masks a login in the form of Basic authentication too, before anything of it is checked', () => {
    const raw = { 'source-username': ' ci ', 'source-password': 'one\n', 'target-password': 'two' };
    expect(masked(raw)).toContain(`mask ${Buffer.from('ci:one').toString('base64')}`);
  });

  it('masks passwords of a list of logins, also of one that is no YAML', () => {
    const whole = '[{ registry: a, username: b, password: "p1 p2" }, { "password": \'p3\', username: c }]';
    expect(masked({ 'registry-auth': whole })).toEqual(expect.arrayContaining(['mask p1 p2', 'mask p3']));
    expect(masked({ 'registry-auth': '- username: [\n  password: "open quote\n' })).toContain('mask "open quote');
  });

  it('masks variables that are called like secrets, unless they are as short as a word', () => {
    const env = {
      ...{
        ACTIONS_RUNTIME_TOKEN: 'runtime-token',
        AWS_SECRET_ACCESS_KEY: 'cloud/secret+key',
        my_password: 'long enough',
      },
      ...{ USE_TOKEN: 'true', TOKEN_FILE: '/run/secrets/token', MONKEY: 'not a secret' },
    };
    expect(masked({}, env)).toEqual(['mask runtime-token', 'mask cloud/secret+key', 'mask long enough']);
  });

  it('masks the password inside of an address, as it stands there and decoded', () => {
    const basic = Buffer.from('corp:p@ss/w').toString('base64');
    const proxy = ['mask p%40ss%2Fw', 'mask p@ss/w', `mask ${basic}`];
    expect(masked({}, { HTTPS_PROXY: 'http://corp:p%40ss%2Fw@proxy.test:3128' })).toEqual(proxy);
    expect(masked({ source: 'https://corp:p%40ss%2Fw@a.test/app:1' })).toEqual(expect.arrayContaining(proxy));
    expect(masked({ target: 'a.test/app:1\nci:p4ssw0rd@b.test/app:1' })).toEqual(['mask p4ssw0rd']);
  });

  it('takes no port, tag or workflow for a password', () => {
    const policy = 'signers: [{ identity: https://github.com/org/app/.github/workflows/x.yml@refs/tags/v1 }]';
    const source = `a.test:5000/app:1.2.3@sha256:${'0'.repeat(64)}`;
    const env = { URL: 'https://a.test:5000/x@y', MAIL: 'mailto:security@a.test' };
    expect(masked({ source, target: 'a.test:5000/app:1', policy }, env)).toEqual([]);
    for (const digest of [`SHA256:${'A'.repeat(64)}`, 'Sha512:cut', `blake3:${'0'.repeat(64)}`]) {
      expect(masked({ source: `127.0.0.1:7002/shop/web@${digest}` })).toEqual([]);
    }
    expect(masked({ source: 'ci:p4ssw0rd@sha.test:5000/app' })).toEqual(['mask p4ssw0rd']);
  });

  it('takes nothing of a cluster for a password, and hides the one in a reference', () => {
    const annotation = '{"url":"http://10.0.0.1:8080","mail":"a@b.test"}';
    expect(masked({ images: JSON.stringify({ items: [{ metadata: { annotations: { annotation } } }] }) })).toEqual([]);
    expect(masked({ images: 'a.test/b:1\nuser:hunter22@a.test/b:1' })).toEqual(['mask hunter22']);
  });

  it('masks nothing that is empty', () => {
    expect(masked({ 'source-password': '', 'cosign-key': 'env://MY_KEY' }, { COSIGN_PASSWORD: '' })).toEqual([]);
  });

  it('masks a key that stands where its name should, and no path', () => {
    expect(masked({ 'cosign-key': '-----BEGIN X-----\nabc' })).toEqual(['mask -----BEGIN X-----\nabc']);
    expect(masked({ 'cosign-key': 'keys/cosign.key' })).toEqual([]);
    const pem = '-----BEGIN PRIVATE KEY-----\nabc';
    expect(masked({ 'source-key': pem })).toEqual([`mask ${pem}`]);
  });
});

describe('maskLogins', () => {
  it('masks every password, alone and in the form of Basic authentication', async () => {
    const request = await readStep({
      'registry-auth': '[{registry: dev.test, username: a, password: shared}]',
      'target-username': 'b',
      'target-password': 'own',
    });
    const log = recordLog();
    maskLogins(PROMOTE.describeNeeds(request), log);
    const basic = (text: string): string => Buffer.from(text).toString('base64');
    expect(new Set(log.lines)).toEqual(
      new Set(['shared', basic('a:shared'), 'own', basic('b:own')].map((secret) => `mask ${secret}`)),
    );
  });
});

describe('readKeyEnv', () => {
  const env = { COSIGN_PRIVATE_KEY: 'k', COSIGN_PASSWORD: 'p', COSIGN_REPOSITORY: 'r', PATH: '/bin', AWS_SECRET: 's' };

  it('gives cosign its key and password, and nothing else', async () => {
    expect(readKeyEnv(PROMOTE.describeNeeds(await readStep()), env)).toEqual({
      COSIGN_PRIVATE_KEY: 'k',
      COSIGN_PASSWORD: 'p',
    });
  });

  it('gives it only the password of a file, and no empty variables', async () => {
    const request = await readStep({ 'cosign-key': 'a.key' }, { files: { '/workspace/a.key': 'k' } });
    const needs = PROMOTE.describeNeeds(request);
    expect(readKeyEnv(needs, env)).toEqual({ COSIGN_PASSWORD: 'p' });
    expect(readKeyEnv(needs, {})).toEqual({});
  });
});

describe('readKmsEnv', () => {
  const env = { AWS_REGION: 'eu', AWS_SECRET_ACCESS_KEY: 's', VAULT_TOKEN: 'v', GITHUB_TOKEN: 't', PATH: '/bin' };

  it('gives cosign what the KMS of the key reads, and nothing of another cloud', () => {
    const aws = readKmsEnv({ keyUris: ['awskms:///alias/release'] }, env);
    expect(aws).toEqual({ AWS_REGION: 'eu', AWS_SECRET_ACCESS_KEY: 's' });
    expect(readKmsEnv({ keyUris: ['hashivault://release'] }, env)).toEqual({ VAULT_TOKEN: 'v' });
  });

  it('gives it nothing at all where no key is in a KMS', () => {
    expect(readKmsEnv({ keyUris: [] }, env)).toEqual({});
    expect(readKmsEnv({ keyUris: ['keys/release.pub', '-----BEGIN PUBLIC KEY-----'] }, env)).toEqual({});
  });
});
