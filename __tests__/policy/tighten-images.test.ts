import { describe, expect, it } from '@jest/globals';
import { type ImageInputs, tightenImages } from '../../src/policy/tighten-images.ts';
import { effectiveOf } from './sample-policy.ts';

const tell = (lines: string, inputs: ImageInputs): string[] =>
  tightenImages(effectiveOf([lines]), inputs).problems.map(({ where, message }) => `${where} ${message}`);

describe('inputs beside a policy', () => {
  it.each<[string, ImageInputs]>([
    ['images: { requireDigest: true }', { requireDigest: false }],
    ['images: { allow: [a.io/*] }', { requireDigest: false }],
    ['images: { verify: promoted }', { verify: 'signed' }],
    ['images: { verify: exists }', { verify: 'off' }],
    ['images: { scan: enforce }', { scan: 'report' }],
  ])('may not loosen it: %s, %j', (lines, inputs) => {
    expect(tell(lines, inputs)).toEqual([expect.stringMatching(/^input (?:require-digest|verify|scan) .* a\.yml /)]);
  });

  it.each<[string, ImageInputs]>([
    ['images: { requireDigest: false }', { requireDigest: true }],
    ['images: { requireDigest: false }', { requireDigest: false }],
    ['images: { verify: exists }', { verify: 'promoted' }],
    ['images: { scan: report }', { scan: 'enforce' }],
    ['images: { allow: [a.io/*] }', { verify: 'off' }],
    ['sources: { allow: [a.io/*] }', { requireDigest: false }],
  ])('may tighten it, and say what it leaves open: %s, %j', (lines, inputs) => {
    expect(tell(lines, inputs)).toEqual([]);
    const { images } = tightenImages(effectiveOf([lines]), inputs).policy;
    expect(images).toMatchObject(inputs);
  });

  it('add their patterns as a list of its own', () => {
    const { policy } = tightenImages(effectiveOf(['images: { allow: [a.io/*] }']), { allow: ['a.io/team/*'] });
    expect(policy.images.allow.map(({ patterns }) => patterns)).toEqual([['a.io/*'], ['a.io/team/*']]);
  });

  it('add to the tags of a policy that speaks of images, and replace the default of no policy', () => {
    const inputs = { forbidTags: ['dev'] };
    expect(tightenImages(effectiveOf(['images: { forbidTags: [x] }']), inputs).policy.images.forbidTags).toEqual([
      'x',
      'dev',
    ]);
    expect(tightenImages(effectiveOf(['images: { allow: [a.io/*] }']), inputs).policy.images.forbidTags).toEqual(
      expect.arrayContaining(['latest', 'dev']),
    );
    expect(tightenImages(effectiveOf(['']), inputs).policy.images.forbidTags).toEqual(['dev']);
  });
});
