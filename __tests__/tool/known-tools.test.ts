import { describe, expect, it } from '@jest/globals';
import { findReleaseFile, knownPlatforms, knownVersions, pinnedVersion } from '../../src/tool/known-tools.ts';

describe('findReleaseFile', () => {
  it('names file, address, checksum and executable of the pinned Trivy', () => {
    expect(findReleaseFile('trivy', pinnedVersion('trivy'), 'linux', 'x64')).toEqual({
      file: 'trivy_0.74.0_Linux-64bit.tar.gz',
      url: 'https://github.com/aquasecurity/trivy/releases/download/v0.74.0/trivy_0.74.0_Linux-64bit.tar.gz',
      kind: 'tar.gz',
      executable: 'trivy',
      sha256: '2ae6fe3ee734b7fdf11335663e18c75ea12dccc76062f09f164a3b0f8be4371a',
    });
  });

  it('knows that Windows gets a ZIP for Trivy and an .exe for cosign', () => {
    expect(findReleaseFile('trivy', '0.74.0', 'win32', 'x64')).toMatchObject({ kind: 'zip', executable: 'trivy.exe' });
    expect(findReleaseFile('cosign', '3.1.3', 'win32', 'x64')).toMatchObject({
      file: 'cosign-windows-amd64.exe',
      kind: 'binary',
      executable: 'cosign.exe',
    });
  });

  it('has an address but no checksum for a version this release does not know', () => {
    const release = findReleaseFile('cosign', '3.9.9', 'linux', 'arm64');
    expect(release?.url).toBe('https://github.com/sigstore/cosign/releases/download/v3.9.9/cosign-linux-arm64');
    expect(release).not.toHaveProperty('sha256');
  });

  it.each(['freebsd/x64', 'linux/s390x', 'constructor/prototype'])('has nothing for %s', (key) => {
    const [platform = '', arch = ''] = key.split('/');
    expect(findReleaseFile('trivy', '0.74.0', platform, arch)).toBeUndefined();
  });

  it('takes no version from the prototype of an object', () => {
    expect(findReleaseFile('trivy', 'constructor', 'linux', 'x64')).not.toHaveProperty('sha256');
  });
});

describe('the table', () => {
  it.each(['trivy', 'cosign'] as const)('has a distinct SHA-256 of %s for every platform', (name) => {
    const checksums = knownPlatforms(name).map((key) => {
      const [platform = '', arch = ''] = key.split('/');
      return findReleaseFile(name, pinnedVersion(name), platform, arch)?.sha256;
    });
    expect(checksums).toHaveLength(5);
    expect(new Set(checksums).size).toBe(5);
    for (const checksum of checksums) expect(checksum).toMatch(/^[0-9a-f]{64}$/);
  });

  it('pins a version it knows', () => {
    expect(knownVersions('trivy')).toContain(pinnedVersion('trivy'));
    expect(knownVersions('cosign')).toContain(pinnedVersion('cosign'));
  });
});
