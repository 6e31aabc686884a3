import { describe, expect, it } from '@jest/globals';
import { promotionsSchema } from '../../src/promote/promotions-schema.ts';

const one = { source: 'dev.test/a:1', target: 'prod.test/a:1' };

describe('a promotions file', () => {
  it.each([
    { version: 1, promotions: [one] },
    {
      $schema: 'x',
      version: 1,
      promotions: [one, { ...one, target: ['prod.test/a:1', 'prod.test/b:1'], scan: 'off' }],
    },
  ])('may be %j', (file) => {
    expect(promotionsSchema.parse(file)).toEqual(file);
  });

  it.each<[string, unknown]>([
    ['without a version', { promotions: [one] }],
    ['of another version', { version: 2, promotions: [one] }],
    ['without promotions', { version: 1, promotions: [] }],
    ['without a target', { version: 1, promotions: [{ source: one.source }] }],
    ['with an empty list of targets', { version: 1, promotions: [{ ...one, target: [] }] }],
    ['with an unknown key', { version: 1, promotions: [{ ...one, severity: 'HIGH' }] }],
    ['with an unknown mode', { version: 1, promotions: [{ ...one, scan: 'maybe' }] }],
  ])('is refused %s', (_, file) => {
    expect(promotionsSchema.safeParse(file).success).toBe(false);
  });
});
