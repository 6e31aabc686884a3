import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSystemPackage, splitDistribution } from '../../src/scanner/system-package.ts';

const DEB = 'pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12';

describe('a package URL of an operating system', () => {
  it('tells the system and the source package, when that has another name', () => {
    expect(readSystemPackage(`${DEB}&upstream=openssl`)).toEqual({
      ...{ id: 'deb/debian/libssl3@3.0.11-1', version: '3.0.11-1', distribution: 'debian-12' },
      source: { name: 'openssl' },
    });
  });

  it.each<[string, object]>([
    ['openssl%403.0.11-1', { name: 'openssl', version: { version: '3.0.11', release: '1' } }],
    ['perl%401%3A5.36.0-7', { name: 'perl', version: { epoch: '1', version: '5.36.0', release: '7' } }],
    ['a%402.0-rc1-3', { name: 'a', version: { version: '2.0-rc1', release: '3' } }],
    ['a%401+2', { name: 'a', version: { version: '1+2' } }],
    ['openssl-3.0.7-6.el9.src.rpm', { name: 'openssl', version: { version: '3.0.7', release: '6.el9' } }],
    ['gcc-c%2B%2B', { name: 'gcc-c++' }],
    ['gcc-c++', { name: 'gcc-c++' }],
    ['x.src.rpm', { name: 'x.src.rpm' }],
  ])('tells the version of the source package: %s', (upstream, source) => {
    expect(readSystemPackage(`${DEB}&upstream=${upstream}`)?.source).toEqual(source);
  });

  it.each([
    'pkg:npm/left@1',
    'pkg:generic/openssl@3',
    'pkg:oci/app@sha256%3Aab',
    'deb/debian/a@1',
    '',
    'pkg:deb',
    'pkg:deb/',
  ])('is not %j', (purl) => {
    expect(readSystemPackage(purl)).toBeUndefined();
  });

  it.each(['pkg:deb/debian/a', 'pkg:deb/debian/a@', 'pkg:deb/debian/a?distro=debian-12'])(
    'counts without a version as well: %s',
    (purl) => {
      expect(readSystemPackage(purl)?.version).toBe('');
    },
  );

  it('is read whatever its case, with slashes before its type, and never throws', () => {
    expect(readSystemPackage('pkg://DEB/debian/a@1')?.id).toBe('deb/debian/a@1');
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, rest) => {
        readSystemPackage(`pkg:deb/debian/${name}@1?${rest}`);
      }),
    );
  });
});

describe('a distribution', () => {
  it.each<[string, object | undefined]>([
    ['debian-12', { name: 'debian', version: '12' }],
    ['alpine-3.23.0', { name: 'alpine', version: '3.23.0' }],
    ['opensuse-leap-15.4', { name: 'opensuse-leap', version: '15.4' }],
    ['3.23.0', undefined],
    ['debian', undefined],
    ['arch-rolling', undefined],
    ['', undefined],
  ])('%j is a name and a version, or nothing', (text, expected) => {
    expect(splitDistribution(text)).toEqual(expected);
  });
});
