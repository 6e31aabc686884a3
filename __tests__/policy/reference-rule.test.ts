import { describe, expect, it } from '@jest/globals';
import { parseReference } from '../../src/image/reference.ts';
import { judgeSource, judgeTargets } from '../../src/policy/reference-rule.ts';
import { effectiveOf, tagReference } from './sample-policy.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('judgeSource', () => {
  it.each([
    ['without a list', [''], 'any.io/app:1'],
    ['by tag', ['sources: { allow: [dev.io/*] }'], 'dev.io/team/app:1'],
    ['by digest', ['sources: { allow: [dev.io/*] }'], `dev.io/app@${DIGEST}`],
    [
      'on every list',
      ['sources: { allow: [dev.io/*] }', 'sources: { allow: [qa.io/*, dev.io/team/*] }'],
      'dev.io/team/app:1',
    ],
  ])('lets pass what is allowed: %s', (_what, samples, source) => {
    expect(judgeSource(effectiveOf(samples), parseReference(source))).toEqual([]);
  });

  it('refuses what any list leaves out, naming the policy and the fix', () => {
    const policy = effectiveOf(['sources: { allow: [dev.io/*] }', 'sources: { allow: [dev.io/team/*, qa.io/*] }']);
    expect(judgeSource(policy, parseReference('dev.io/app:1'))).toEqual([
      {
        code: 'REGISTRY_NOT_ALLOWED',
        message: 'The source dev.io/app:1 is not among what b.yml allows: dev.io/team/*, qa.io/*.',
        hint: 'Promote from there, or add the source to sources.allow in b.yml.',
        policies: ['b.yml'],
      },
    ]);
  });

  it('an empty list allows nothing', () => {
    const [refusal] = judgeSource(effectiveOf(['sources: { allow: [] }']), parseReference('dev.io/app:1'));
    expect(refusal?.message).toContain('what a.yml allows: nothing.');
  });
});

describe('judgeTargets', () => {
  const codes = (samples: readonly string[], environment: string | undefined, ...targets: string[]): unknown =>
    judgeTargets(effectiveOf(samples, environment), targets.map(tagReference)).map(
      ({ code, target }) => `${code} ${target}`,
    );

  it('refuses each target that is not allowed', () => {
    expect(
      codes(['targets: { allow: [prod.io/*] }'], undefined, 'prod.io/app:1', 'prod.io.evil.com/app:1', 'qa.io/app:1'),
    ).toEqual(['REGISTRY_NOT_ALLOWED prod.io.evil.com/app:1', 'REGISTRY_NOT_ALLOWED qa.io/app:1']);
  });

  const environments =
    'environments: { production: { targets: [prod.io/*] }, qa: { targets: [qa.io/*, prod.io/qa/*] }, lab: {} }';

  it.each([
    ['production', 'prod.io/app:1'],
    ['qa', 'qa.io/app:1'],
    ['qa', 'prod.io/qa/app:1'],
    ['production', 'prod.io/qa/app:1'],
    ['lab', 'other.io/app:1'],
    [undefined, 'other.io/app:1'],
  ])('environment %s may promote to %s', (environment, target) => {
    expect(codes([environments], environment, target)).toEqual([]);
  });

  it.each([
    [
      'production',
      'qa.io/app:1',
      'The target qa.io/app:1 is not one of the environment production, which a.yml gives prod.io/*.',
    ],
    ['production', 'other.io/app:1', 'is not one of the environment production'],
    ['qa', 'prod.io/app:1', 'is not one of the environment qa, which a.yml gives qa.io/*, prod.io/qa/*.'],
    [
      'lab',
      'prod.io/app:1',
      'The target prod.io/app:1 belongs to the environment production (a.yml), and the environment is lab.',
    ],
    ['lab', 'prod.io/qa/app:1', 'belongs to the environment production or qa (a.yml), and the environment is lab.'],
    [undefined, 'prod.io/app:1', 'belongs to the environment production (a.yml), and no environment is chosen.'],
  ])('environment %s may not promote to %s', (environment, target, message) => {
    const refusals = judgeTargets(effectiveOf([environments], environment), [tagReference(target)]);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatchObject({
      code: 'ENVIRONMENT_MISMATCH',
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/environments\.|Set environment: /),
      target,
      policies: ['a.yml'],
    });
  });

  it("holds in every policy: one policy's environment does not open what another claims", () => {
    const org = 'environments: { production: { targets: [prod.io/*] } }';
    expect(codes([org, 'environments: { qa: { targets: [prod.io/*] } }'], 'qa', 'prod.io/app:1')).toEqual([
      'ENVIRONMENT_MISMATCH prod.io/app:1',
    ]);
  });

  it("an environment's list stands in for that policy's general one, not for another policy's", () => {
    const own = 'targets: { allow: [any.io/*] }\nenvironments: { production: { targets: [prod.io/*] } }';
    expect(codes([own], 'production', 'prod.io/app:1')).toEqual([]);
    expect(codes([own, 'targets: { allow: [any.io/*] }'], 'production', 'prod.io/app:1')).toEqual([
      'REGISTRY_NOT_ALLOWED prod.io/app:1',
    ]);
  });
});
