import { describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { credentialKeys, normalizeKey, serverAddress } from '../../src/registry/credential-key.ts';

describe('credentialKeys', () => {
  it('names a repository first, then each namespace above it, then the host', () => {
    expect(credentialKeys(parseRepository('ghcr.io/octo/team/app'))).toEqual([
      'ghcr.io/octo/team/app',
      'ghcr.io/octo/team',
      'ghcr.io/octo',
      'ghcr.io',
    ]);
  });

  it('keeps the port, which makes another registry', () => {
    expect(credentialKeys(parseRepository('registry.test:5000/app'))).toEqual([
      'registry.test:5000/app',
      'registry.test:5000',
    ]);
  });

  it('ends with docker.io for an image of Docker Hub', () => {
    expect(credentialKeys(parseRepository('index.docker.io/library/alpine'))).toEqual([
      'docker.io/library/alpine',
      'docker.io/library',
      'docker.io',
    ]);
  });
});

describe('normalizeKey', () => {
  it.each([
    ['https://index.docker.io/v1/', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['https://index.docker.io/v1/access-token', 'docker.io/v1/access-token'],
    ['http://registry.test:5000/v2/', 'registry.test:5000'],
    ['HTTPS://GHCR.IO', 'ghcr.io'],
    [' ghcr.io/ ', 'ghcr.io'],
    ['ghcr.io/Octo/App', 'ghcr.io/Octo/App'],
    ['registry.test/team/v2', 'registry.test/team/v2'],
    ['my-docker.io', 'my-docker.io'],
    ['docker.io.evil.example', 'docker.io.evil.example'],
    ['https://docker.io.evil.example/v1/', 'docker.io.evil.example'],
    ['evil-docker.io', 'evil-docker.io'],
    ['index.docker.io.evil.example', 'index.docker.io.evil.example'],
    ['docker.io:5000', 'docker.io:5000'],
    ['ghcr.io.', 'ghcr.io.'],
  ])('takes %j for %j', (key, expected) => {
    expect(normalizeKey(key)).toBe(expected);
  });

  it('takes no name of one host for that of another', () => {
    const hosts = [
      ...[
        'docker.io',
        'docker.io.evil.com',
        'evil-docker.io',
        'docker.io:5000',
        'user@docker.io',
        'docker.io@evil.com',
      ],
      ...['ghcr.io', 'ghcr.io:443', 'registry.test', 'registry.test:5000', 'a.registry.test', 'registry.test.'],
    ];
    expect(new Set(hosts.map(normalizeKey)).size).toBe(hosts.length);
  });
});

describe('serverAddress', () => {
  it.each([
    ['docker.io/library/alpine', 'https://index.docker.io/v1/'],
    ['ghcr.io/octo/app', 'ghcr.io'],
    ['registry.test:5000/team/app', 'registry.test:5000'],
  ])('asks a helper about %s as %s', (repository, expected) => {
    expect(serverAddress(parseRepository(repository))).toBe(expected);
  });
});
