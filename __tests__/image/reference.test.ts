import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/image/digest.ts';
import {
  formatReference,
  isRegistryHost,
  parseReference,
  parseRepository,
  pathOf,
  pinReference,
  registryOf,
} from '../../src/image/reference.ts';

const DIGEST = digestOf('x');

describe('parseReference', () => {
  it.each([
    ['registry.test/app:1', 'registry.test/app', '1'],
    ['registry.test:5000/team/app:v1.2.3-rc.1_x', 'registry.test:5000/team/app', 'v1.2.3-rc.1_x'],
    ['localhost/app:1', 'localhost/app', '1'],
    ['[::1]:5000/app:1', '[::1]:5000/app', '1'],
    ['REGISTRY.test/app:Tag', 'registry.test/app', 'Tag'],
    ['docker.io/alpine:3', 'docker.io/library/alpine', '3'],
    ['docker.io/org/app:3', 'docker.io/org/app', '3'],
  ])('reads %s by tag', (text, repository, tag) => {
    expect(parseReference(text)).toEqual({ kind: 'tag', repository, tag });
  });

  it('reads a digest, and keeps a tag beside it as a name only', () => {
    expect(parseReference(`r.test/app@${DIGEST}`)).toEqual({
      kind: 'digest',
      repository: 'r.test/app',
      digest: DIGEST,
    });
    expect(parseReference(`r.test:1/app:7@${DIGEST}`)).toEqual({
      kind: 'digest',
      repository: 'r.test:1/app',
      digest: DIGEST,
      tag: '7',
    });
  });

  it.each([
    ['', 'names no registry'],
    ['alpine:3', 'names no registry'],
    ['library/alpine:3', 'names no registry'],
    ['localhost:5000', 'names no registry'],
    ['r.test/app', 'neither a tag nor a digest'],
    ['r.test/app:', 'is not a tag'],
    ['r.test/app:-x', 'is not a tag'],
    [`r.test/app:${'x'.repeat(129)}`, 'is not a tag'],
    ['r.test/app:a:b', 'is not a tag'],
    ['r.test/app:1\n', 'is not a tag'],
    ['r.test/App:1', 'cannot be part'],
    ['r.test//app:1', 'cannot be part'],
    ['r.test/../app:1', 'cannot be part'],
    ['r.test/a..b:1', 'cannot be part'],
    ['r.test/app/:1', 'cannot be part'],
    ['r.test/a?b:1', 'cannot be part'],
    [`r.test/${'a'.repeat(256)}:1`, 'longer than 255'],
    ['r.test/app@sha256:abc', 'is not a digest'],
    [`r.test/app@${DIGEST.toUpperCase()}`, 'is not a digest'],
    [`r.test/app@${DIGEST}@${DIGEST}`, 'is not a digest'],
    ['https://r.test/app:1', 'names no registry'],
    ['user@r.test/app:1', 'names no registry'],
    ['r.test:65536/app:1', '65536 is no port'],
    ['127.0.0.1:07461/app:1', '07461 is no port'],
    ['r.test:0/app:1', '0 is no port'],
    ['256.1.1.1/app:1', 'names no registry'],
    ['r..test/app:1', 'names no registry'],
    ['r.-test/app:1', 'names no registry'],
    ['[:::]/app:1', 'names no registry'],
  ])('refuses %j: %s', (text, what) => {
    expect(() => parseReference(text)).toThrow(what);
    expect(() => parseReference(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_REFERENCE', hint: expect.any(String) }),
    );
  });

  it('formats what it reads', () => {
    for (const text of ['r.test/app:1', `r.test/app@${DIGEST}`, `r.test/app:1@${DIGEST}`]) {
      expect(formatReference(parseReference(text))).toBe(text);
    }
  });
});

describe('a repository', () => {
  it('has a registry and a path', () => {
    const repository = parseRepository('r.test:5000/team/app');
    expect([registryOf(repository), pathOf(repository)]).toEqual(['r.test:5000', 'team/app']);
  });

  it('is in a registry when the first part has a dot or a port, or is localhost', () => {
    expect(['r.test', 'r:5000', 'localhost', 'LOCALHOST', '[::1]'].filter(isRegistryHost)).toHaveLength(5);
    expect(
      ['library', '', '-r.test', 'r.test-', 'r_x.test', 'r.test:port', 'r.test:123456', 'r.test:0443'].filter(
        isRegistryHost,
      ),
    ).toEqual([]);
  });
});

describe('pinReference', () => {
  it('turns a tag into the digest it meant, and keeps the tag as a name', () => {
    expect(pinReference(parseReference('r.test/app:1'), DIGEST)).toEqual(parseReference(`r.test/app:1@${DIGEST}`));
    expect(pinReference(parseReference(`r.test/app@${DIGEST}`), DIGEST)).toEqual(
      parseReference(`r.test/app@${DIGEST}`),
    );
  });
});
