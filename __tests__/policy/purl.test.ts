import { describe, expect, it } from '@jest/globals';
import { isPurl, matchesPurl } from '../../src/policy/purl.ts';

const OPENSSL = 'pkg:deb/debian/openssl@3.0.11-1~deb12u2?arch=amd64&distro=debian-12';

describe('matchesPurl', () => {
  it.each([
    ['pkg:deb/debian/openssl', OPENSSL],
    ['pkg:DEB/debian/openssl', OPENSSL],
    ['pkg:deb/debian/openssl@3.0.11-1~deb12u2', OPENSSL],
    ['pkg:deb/debian/openssl@3.0.11-1%7Edeb12u2', OPENSSL],
    ['pkg:deb/debian/openssl?distro=debian-12', OPENSSL],
    ['pkg:npm/%40scope/name', 'pkg:npm/%40scope/name@1.0.0'],
    ['pkg:golang/example.com/mod@v1.2.3', 'pkg:golang/example.com/mod@v1.2.3#sub/path'],
  ])('%s matches %s', (pattern, purl) => {
    expect(matchesPurl(pattern, purl)).toBe(true);
  });

  it.each([
    ['pkg:deb/debian/openssl@3.0.12', OPENSSL],
    ['pkg:deb/debian/openssl?arch=arm64', OPENSSL],
    ['pkg:deb/ubuntu/openssl', OPENSSL],
    ['pkg:apk/debian/openssl', OPENSSL],
    ['pkg:deb/debian/open', OPENSSL],
    ['pkg:deb/debian', OPENSSL],
    ['pkg:deb/debian/openssl@3.0.11-1~deb12u2', 'pkg:deb/debian/openssl'],
    ['openssl', OPENSSL],
    [OPENSSL, 'openssl'],
    ['pkg:npm/%zz', 'pkg:npm/%zz'],
  ])('%s does not match %s', (pattern, purl) => {
    expect(matchesPurl(pattern, purl)).toBe(false);
  });

  it.each(['openssl', 'pkg:', 'pkg:npm', 'pkg:npm/', 'npm/name@1', 'pkg:npm/%zz'])('%j is no package URL', (text) => {
    expect(isPurl(text)).toBe(false);
  });
});
