import { describe, expect, it } from '@jest/globals';
import { ToolError } from '../../src/tool/error.ts';
import { parseToolInput } from '../../src/tool/request.ts';

const HEX = 'ab'.repeat(32);

describe('parseToolInput', () => {
  it.each(['', '  '])('takes the pinned version for %j', (text) => {
    expect(parseToolInput('trivy', text)).toEqual({ kind: 'release', name: 'trivy', version: '0.74.0' });
  });

  it.each(['3.1.3', 'v3.1.3', ' 3.1.3 '])('takes the known version %j', (text) => {
    expect(parseToolInput('cosign', text)).toEqual({ kind: 'release', name: 'cosign', version: '3.1.3' });
  });

  it('takes any version whose checksum the user gives', () => {
    expect(parseToolInput('trivy', `0.99.1-rc.1@sha256:${HEX.toUpperCase()}`)).toEqual({
      kind: 'release',
      name: 'trivy',
      version: '0.99.1-rc.1',
      sha256: HEX,
    });
  });

  it.each(['/opt/trivy', './trivy', '../trivy', '.trivy', '~/bin/trivy', 'bin/trivy', 'C:\\trivy.exe', 'c:trivy'])(
    'takes %s as a path',
    (path) => {
      expect(parseToolInput('trivy', path)).toEqual({ kind: 'path', name: 'trivy', path });
    },
  );

  it.each([
    'latest',
    '0.73.0',
    'trivy',
    '0.74',
    `0.74.0@sha512:${HEX}`,
    '0.74.0@sha256:abc',
    '0.74.0@',
    `0.74.0@sha256:${HEX}@sha256:${HEX}`,
    `@sha256:${HEX}`,
    '0.74.0 --config=x',
  ])('refuses %j and lists the known versions', (text) => {
    expect(() => parseToolInput('trivy', text)).toThrow(ToolError);
    expect(() => parseToolInput('trivy', text)).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_VERSION',
        message: expect.stringContaining('Known versions: 0.74.0'),
        hint: expect.stringContaining('version@sha256:'),
      }),
    );
  });
});
