import { describe, expect, it } from '@jest/globals';
import { DEFAULT_FORBIDDEN_TAGS } from '../../src/policy/defaults.ts';
import { describeFloatingTag } from '../../src/policy/floating-tag.ts';

const isFloating = (tag: string): boolean => describeFloatingTag(tag, DEFAULT_FORBIDDEN_TAGS) !== undefined;

describe('a tag that moves', () => {
  it.each([
    ...['latest', 'LATEST', 'stable', 'main', 'master', 'edge', 'nightly'],
    ...['1', 'v1', '22', '1.4', 'v1.4', '24.04', '2024.1', '22-slim', '1.4-alpine', '3.20-r1', '1.4_arm64'],
    ...['1.x', '1.X', '1.4.x', 'v1.x', '1.x-alpine', 'x'],
  ])('is %s', (tag) => {
    expect(isFloating(tag)).toBe(true);
  });
});

describe('a tag that may stay', () => {
  it.each([
    ...['1.4.2', 'v1.4.2', '1.4.2-alpine', '1.4.2-rc.1', '1.2.3.4', '2024.01.15'],
    ...['9f2c1ab', '1234567', 'prod-9f2c1ab', 'sha-9f2c1ab', 'main-9f2c1ab', '20240115', '20240115-1030'],
    ...['1.4-9f2c1ab', '42-g9f2c1ab0', '1.4-20240115', 'prod', 'latest-1.4.2', 'alpine', 'xenial', '1.4.2-x'],
  ])('is %s', (tag) => {
    expect(isFloating(tag)).toBe(false);
  });
});

it('takes names as they are given, and versions by themselves', () => {
  expect(describeFloatingTag('dev', ['Dev'])).toBe('moves from one image to the next');
  expect(describeFloatingTag('latest', ['dev'])).toBeUndefined();
  expect(describeFloatingTag('1.4', [])).toContain('not a full version');
});
