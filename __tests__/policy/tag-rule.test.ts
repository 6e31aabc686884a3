import { describe, expect, it } from '@jest/globals';
import { judgeTags } from '../../src/policy/tag-rule.ts';
import { effectiveOf, tagReference } from './sample-policy.ts';

describe('judgeTags', () => {
  it.each(['1.4.2', 'latest-1', 'v1', 'mainline'])('%s may be written', (tag) => {
    expect(judgeTags(effectiveOf([]), [tagReference(`prod.io/app:${tag}`)])).toEqual([]);
  });

  it.each(['latest', 'stable', 'main', 'master', 'edge', 'nightly', 'Latest', 'LATEST'])(
    '%s is forbidden by default',
    (tag) => {
      const refusals = judgeTags(effectiveOf(['sources: {}']), [tagReference(`prod.io/app:${tag}`)]);
      expect(refusals).toMatchObject([{ code: 'TAG_NOT_ALLOWED', target: `prod.io/app:${tag}` }]);
      expect(refusals[0]?.message).toContain('is forbidden by default: latest,');
      expect(refusals[0]).not.toHaveProperty('policies');
    },
  );

  it('a policy says which, and is named', () => {
    const policy = effectiveOf(['targets: { forbidTags: [Dev] }']);
    const targets = ['prod.io/app:latest', 'prod.io/app:dev', 'prod.io/app:1'].map(tagReference);
    expect(judgeTags(policy, targets)).toEqual([
      {
        code: 'TAG_NOT_ALLOWED',
        message: 'The target tag dev of prod.io/app:dev is forbidden by a.yml: Dev.',
        hint: 'Promote to a tag that says what it is, such as 1.4.2, or change targets.forbidTags in the policy.',
        target: 'prod.io/app:dev',
        policies: ['a.yml'],
      },
    ]);
  });
});
