import { describe, expect, it } from '@jest/globals';
import { formatPlatform } from '../../src/image/platform.ts';

describe('formatPlatform', () => {
  it.each([
    [{ os: 'linux', architecture: 'amd64' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'arm', variant: 'v7' }, 'linux/arm/v7'],
    [{ os: 'windows', architecture: 'amd64', osVersion: '10.0.17763.1' }, 'windows/amd64:10.0.17763.1'],
  ])('writes %j as others do', (platform, expected) => {
    expect(formatPlatform(platform)).toBe(expected);
  });
});
