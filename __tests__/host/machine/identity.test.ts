import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  dockerConfigPaths,
  gitEnv,
  networkEnv,
  readCertificates,
  readRunIdentity,
} from '../../../src/host/machine/identity.ts';

const RUN = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'org/app',
  GITHUB_RUN_ID: '77',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_ACTOR: 'bob',
  GITHUB_WORKFLOW: 'Release',
  GITHUB_WORKFLOW_REF: 'org/app/.github/workflows/release.yml@refs/tags/v1',
};

describe('readRunIdentity', () => {
  it('says who runs, from which workflow, and where to look', () => {
    expect(readRunIdentity(RUN)).toEqual({
      actor: 'bob',
      workflow: 'org/app/.github/workflows/release.yml@refs/tags/v1',
      repository: 'org/app',
      runId: '77',
      runAttempt: 2,
      runUrl: 'https://github.com/org/app/actions/runs/77/attempts/2',
    });
  });

  it('takes the name of the workflow where its file is not told', () => {
    const { GITHUB_WORKFLOW_REF: _, ...older } = RUN;
    expect(readRunIdentity(older).workflow).toBe('Release');
  });

  it('makes nothing up', () => {
    expect(readRunIdentity({})).toEqual({});
    expect(readRunIdentity({ ...RUN, GITHUB_RUN_ATTEMPT: 'x' })).not.toHaveProperty('runAttempt');
    expect(readRunIdentity({ ...RUN, GITHUB_REPOSITORY: '' })).not.toHaveProperty('runUrl');
  });
});

describe('dockerConfigPaths', () => {
  it('prefers the most specific', () => {
    const env = { REGISTRY_AUTH_FILE: '/a/auth.json', DOCKER_CONFIG: '/d', HOME: '/home/bob' };
    expect(dockerConfigPaths(env)).toEqual(['/a/auth.json', join('/d', 'config.json')]);
  });

  it('is the home directory’s by default', () => {
    expect(dockerConfigPaths({ HOME: '/home/bob' })).toEqual([join('/home/bob', '.docker', 'config.json')]);
    expect(dockerConfigPaths({ REGISTRY_AUTH_FILE: '', DOCKER_CONFIG: '' })).toEqual([
      join(homedir(), '.docker', 'config.json'),
    ]);
  });
});

describe('networkEnv', () => {
  it('has proxies and certificates, and nothing else', () => {
    const wanted = { HTTPS_PROXY: 'http://p:1', no_proxy: 'x', SSL_CERT_FILE: '/ca.pem' };
    const env = { ...wanted, HTTP_PROXY: '', COSIGN_PASSWORD: 's', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't', PATH: '/bin' };
    expect(networkEnv(env)).toEqual(wanted);
  });
});

describe('readCertificates', () => {
  const CA = '-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----';

  it('is the system’s and Node’s authorities and ours, each once', () => {
    const pem = readCertificates({}, CA)?.() ?? '';
    const all = pem.split(/(?<=-----END CERTIFICATE-----)\n/).filter((text) => text !== '');
    expect(all.length).toBeGreaterThan(50);
    expect(new Set(all).size).toBe(all.length);
    expect(all.at(-1)).toBe(CA);
  });

  it('is nothing where no authority is added, so that the system’s own file holds', () => {
    expect(readCertificates({}, undefined)).toBeUndefined();
    expect(readCertificates({ NODE_EXTRA_CA_CERTS: '' }, undefined)).toBeUndefined();
    expect(readCertificates({ NODE_EXTRA_CA_CERTS: '/ca.pem' }, undefined)?.()).toContain('BEGIN CERTIFICATE');
  });
});

describe('what git is given', () => {
  it('is where its own configuration and keys are, and no token', () => {
    const own = { HOME: '/home/ada', SSH_AUTH_SOCK: '/run/agent', GIT_AUTHOR_NAME: 'Ada' };
    const others = {
      GITHUB_TOKEN: 't',
      GH_TOKEN: 't',
      INPUT_COSIGN_KEY: 'k',
      GIT_DIR: '/elsewhere',
      GIT_CONFIG_COUNT: '1',
    };
    expect(gitEnv({ ...own, ...others, PATH: '/bin', XDG_CONFIG_HOME: '' })).toEqual(own);
  });
});
