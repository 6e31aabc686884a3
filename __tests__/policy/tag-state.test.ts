import { describe, expect, it } from '@jest/globals';
import { parseDigest } from '../../src/image/digest.ts';
import { type ExistingTag, judgeTargetTag } from '../../src/policy/tag-state.ts';
import { tagReference } from './sample-policy.ts';

const target = tagReference('prod.io/app:1.0');
const wanted = parseDigest(`sha256:${'a'.repeat(64)}`);
const other = parseDigest(`sha256:${'b'.repeat(64)}`);
const modes: readonly ExistingTag[] = ['refuse', 'accept-same-digest', 'move'];

describe('judgeTargetTag', () => {
  it.each(modes)('writes a free tag (%s)', (existingTag) => {
    expect(judgeTargetTag({ target, found: undefined, wanted, existingTag })).toEqual({ kind: 'write' });
  });

  it.each(['accept-same-digest', 'move'] as const)(
    'leaves the same digest alone where that is accepted (%s)',
    (existingTag) => {
      expect(judgeTargetTag({ target, found: wanted, wanted, existingTag })).toEqual({ kind: 'unchanged' });
    },
  );

  it('refuses the same digest by default, and says which input accepts it', () => {
    expect(judgeTargetTag({ target, found: wanted, wanted, existingTag: 'refuse' })).toEqual({
      kind: 'refused',
      refusal: {
        code: 'TAG_EXISTS',
        message: `prod.io/app:1.0 exists as ${wanted}, which is the image to promote, ${wanted}.`,
        hint: 'Set existing-tag: accept-same-digest to accept it, or promote to a new tag.',
        target: 'prod.io/app:1.0',
      },
    });
  });

  it.each(modes)('refuses another digest, and names both (%s)', (existingTag) => {
    const verdict = judgeTargetTag({ target, found: other, wanted, existingTag });
    expect(verdict).toMatchObject({ kind: 'refused', refusal: { code: 'TAG_EXISTS', target: 'prod.io/app:1.0' } });
    const { message, hint } = verdict.kind === 'refused' ? verdict.refusal : { message: '', hint: '' };
    expect(message).toContain(wanted);
    expect(message).toContain(other);
    expect(hint).toContain('Promote to a new tag');
    if (existingTag !== 'move') expect(hint).not.toContain('existing-tag');
  });
});

describe('a channel', () => {
  const prod = tagReference('prod.io/app:prod');
  const channels = ['prod', 'qa'];

  it('moves, and tells what it leaves', () => {
    expect(judgeTargetTag({ target: prod, found: other, wanted, existingTag: 'move', channels })).toEqual({
      kind: 'move',
      previous: other,
    });
  });

  it.each(['refuse', 'accept-same-digest'] as const)('does not move unless it is asked to (%s)', (existingTag) => {
    expect(judgeTargetTag({ target: prod, found: other, wanted, existingTag, channels })).toMatchObject({
      kind: 'refused',
      refusal: {
        code: 'TAG_EXISTS',
        hint: 'prod is a channel of the policy: set existing-tag: move to move it, or promote to a new tag.',
      },
    });
  });

  it.each(['Prod', 'PROD', 'prod-1', '1.0'])('is one tag exactly: %s does not move', (tag) => {
    const verdict = judgeTargetTag({
      target: tagReference(`prod.io/app:${tag}`),
      found: other,
      wanted,
      existingTag: 'move',
      channels,
    });
    expect(verdict).toMatchObject({ kind: 'refused', refusal: { hint: expect.stringContaining('prod, qa') } });
  });

  it('does not move without a policy that names it', () => {
    const verdict = judgeTargetTag({ target: prod, found: other, wanted, existingTag: 'move', channels: [] });
    expect(verdict).toMatchObject({ kind: 'refused', refusal: { hint: expect.stringContaining('it names none') } });
  });
});
