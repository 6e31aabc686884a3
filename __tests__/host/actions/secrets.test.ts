import { describe, expect, it } from '@jest/globals';
import { maskInputs, maskLogins, readKeyEnv } from '../../../src/host/actions/secrets.ts';
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
    expect(masked(raw, { COSIGN_PASSWORD: 'four', MY_KEY: 'five', OTHER: 'not this' })).toEqual(
      ['one', 'two', 'three', 'four', 'five'].map((secret) => `mask ${secret}`),
    );
  });

  it('masks nothing that is empty', () => {
    expect(masked({ 'source-password': '', 'cosign-key': 'env://MY_KEY' }, { COSIGN_PASSWORD: '' })).toEqual([]);
  });

  it('masks a key that stands where its name should, and no path', () => {
    expect(masked({ 'cosign-key': '-----BEGIN X-----\nabc' })).toEqual(['mask -----BEGIN X-----\nabc']);
    expect(masked({ 'cosign-key': 'keys/cosign.key' })).toEqual([]);
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
    maskLogins(request, log);
    const basic = (text: string): string => Buffer.from(text).toString('base64');
    expect(new Set(log.lines)).toEqual(
      new Set(['shared', basic('a:shared'), 'own', basic('b:own')].map((secret) => `mask ${secret}`)),
    );
  });
});

describe('readKeyEnv', () => {
  const env = { COSIGN_PRIVATE_KEY: 'k', COSIGN_PASSWORD: 'p', COSIGN_REPOSITORY: 'r', PATH: '/bin', AWS_SECRET: 's' };

  it('gives cosign its key and password, and nothing else', async () => {
    expect(readKeyEnv(await readStep(), env)).toEqual({ COSIGN_PRIVATE_KEY: 'k', COSIGN_PASSWORD: 'p' });
  });

  it('gives it only the password of a file, and no empty variables', async () => {
    const request = await readStep({ 'cosign-key': 'a.key' }, { files: { '/workspace/a.key': 'k' } });
    expect(readKeyEnv(request, env)).toEqual({ COSIGN_PASSWORD: 'p' });
    expect(readKeyEnv(request, {})).toEqual({});
  });
});
